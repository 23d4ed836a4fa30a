// What we use of the package clamscan, which ships without types. Its scanStream asks `this._initSocket` for a socket.
declare module 'clamscan' {
  import type { EventEmitter } from 'node:events';
  import type { Readable } from 'node:stream';

  namespace NodeClam {
    /** As much of a net.Socket as scanStream touches. */
    interface ClamSocket extends EventEmitter {
      write(bytes: Buffer): unknown;
      end(): unknown;
      destroy(): unknown;
    }
    interface StreamResult {
      /** null: the answer was empty or unknown. Only `false` is clean. */
      readonly isInfected: boolean | null;
      readonly viruses: readonly string[];
      readonly resultString: string;
    }
  }
  class NodeClam {
    /** Deletes keys from the object it is given. */
    init(options: Record<string, unknown>): Promise<NodeClam>;
    scanStream(stream: Readable): Promise<NodeClam.StreamResult>;
    _initSocket(label: string): Promise<NodeClam.ClamSocket>;
  }
  export = NodeClam;
}
