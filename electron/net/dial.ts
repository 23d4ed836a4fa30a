// A connection to a server, plain or TLS, as a package that speaks the protocol wants it: its steps told, the certificate kept
// even when it is refused, and the first error of a socket as one of ours.
import { X509Certificate } from 'node:crypto';
import { connect, type Socket } from 'node:net';
import { connect as startTls, TLSSocket } from 'node:tls';
import type { FailureFacts, MailError } from '../../shared/error.js';
import type { Certificate } from '../../shared/station.js';
import { describeCertificate } from './certificate.js';
import { networkError } from './network-error.js';
import { type Trust, tlsError, tlsOptions } from './tls.js';

export interface DialOptions extends Trust {
  readonly port: number;
  readonly onConnected: (address: string) => void;
  /** The handshake is over and the certificate accepted. */
  readonly onSecured: (words: string) => void;
}

export class Dial {
  /** The first error of a socket. */
  failure: MailError | null = null;
  remoteAddress: string | null = null;
  step: 'tcp' | 'tls' | 'open' = 'tcp';
  private peer: X509Certificate | null = null;
  private secured: TLSSocket | null = null;

  constructor(private readonly options: DialOptions) {}

  /** Errors are emitted on the socket, too. `onReady`: connected and, where asked for, secured. */
  open(secure: boolean, onReady: () => void): Socket {
    const { host, port } = this.options;
    const socket = secure ? startTls({ ...tlsOptions(this.options), host, port }) : connect({ host, port });
    if (socket instanceof TLSSocket) this.watch(socket, onReady);
    this.listen(socket);
    socket.once('connect', () => {
      this.remoteAddress = socket.remoteAddress ?? null;
      this.step = secure ? 'tls' : 'open';
      this.options.onConnected(`${this.remoteAddress}:${port}`);
      if (!secure) onReady();
    });
    return socket;
  }

  /** TLS over a connection that has agreed to it. */
  upgrade(plain: Socket, onSecure: () => void): TLSSocket {
    const socket = startTls({ ...tlsOptions(this.options), socket: plain });
    this.adopt(socket, onSecure);
    return socket;
  }

  /** The same for one that a package has made of our connection, with tlsOptions(). */
  adopt(socket: TLSSocket, onSecure: () => void): void {
    this.step = 'tls';
    this.watch(socket, onSecure);
    this.listen(socket);
  }

  /**
   * 'secure' comes before the certificate is judged: the last moment at which a refused one can be seen. Not by
   * getPeerX509Certificate, which takes the certificate out of the chain that is judged next.
   */
  private watch(socket: TLSSocket, onSecure: () => void): void {
    socket.prependOnceListener('secure', () => {
      const { raw } = socket.getPeerCertificate();
      this.peer = raw === undefined ? null : new X509Certificate(raw);
    });
    socket.once('secureConnect', () => {
      this.step = 'open';
      this.secured = socket;
      this.options.onSecured(`${socket.getProtocol()} ${socket.getCipher().name}`);
      onSecure();
    });
  }

  /** What the encryption of the open connection is; null without it. */
  tls(): { readonly protocol: string; readonly cipher: string; readonly certificate: Certificate } | null {
    if (this.secured === null || this.peer === null) return null;
    return {
      protocol: this.secured.getProtocol() ?? '',
      cipher: this.secured.getCipher().name,
      certificate: describeCertificate(this.peer),
    };
  }

  facts(): FailureFacts {
    return { host: this.options.host, port: this.options.port };
  }

  /** Any error of a socket; before the handshake is over the certificate may be what was wrong. */
  judge(error: unknown): MailError {
    return this.step === 'tls' ? tlsError(error, this.options, this.peer, this.facts()) : networkError(error, this.facts());
  }

  private listen(socket: Socket): void {
    socket.on('error', (error) => {
      this.failure ??= this.judge(error);
    });
  }
}
