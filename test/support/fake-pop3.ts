// A POP3 server that misbehaves on request: the sample's conversation, with a script that may replace any answer and a
// wire that may stall, cut, drip or reset at any octet.
import { createServer, type Server, type Socket } from 'node:net';
import { setTimeout as wait } from 'node:timers/promises';
import { createServer as createTlsServer, TLSSocket } from 'node:tls';
import { Maildrop, type SampleAccount } from '../../electron/sample/maildrop.js';
import { Conversation } from '../../electron/sample/pop3-conversation.js';
import type { KeyPair } from './tls.js';

/** Instead of an answer: say nothing more for ever, break the connection, close it in good order. */
export type Fault = 'stall' | 'reset' | 'close';
export type Usual = (line?: string) => Buffer;

export interface Script {
  readonly accounts?: readonly SampleAccount[];
  /** null: CAPA is not known. */
  readonly capabilities?: readonly string[] | null;
  readonly greeting?: string | Buffer | Fault;
  /** Replaces the answer to one line; undefined: the usual one. `usual(line)` asks the correct server. */
  readonly answer?: (line: string, usual: Usual) => string | Buffer | Fault | undefined | Promise<string | Buffer | Fault | undefined>;
  /** Every octet sent passes here: as it is, one at a time, or at one place something happens. */
  readonly wire?: Wire;
  /** Gives STLS, or TLS from the first octet where `implicit`. */
  readonly tls?: KeyPair & { readonly implicit?: boolean; readonly inject?: string };
}
export type Wire =
  | { readonly kind: 'octets'; readonly milliseconds?: number }
  | { readonly kind: 'split'; readonly at: number }
  | { readonly kind: 'cut'; readonly at: number; readonly fault: Fault };

export interface FakePop3 {
  readonly port: number;
  /** Every command line, of all connections. */
  readonly lines: readonly string[];
  /** Octets the client sent before TLS, or on plain connections: for what must not be there. */
  readonly clear: () => string;
  readonly connections: () => number;
  readonly maildrop: (user: string) => Maildrop;
  close(): Promise<void>;
}

export const fakeUser = 'user@example.com';
export const fakePassword = 'pa55 wörd';

export async function startFakePop3(script: Script = {}): Promise<FakePop3> {
  const accounts = script.accounts ?? [{ user: fakeUser, password: fakePassword, messages: [Buffer.from('Subject: one\n\n1\n')] }];
  const maildrops = new Map(accounts.map(({ user, password, messages }) => [user, new Maildrop(user, password, messages)]));
  const lines: string[] = [];
  const sockets = new Set<Socket>();
  const clear: Buffer[] = [];
  let connections = 0;
  const accept = (socket: Socket) => {
    connections += 1;
    sockets.add(socket);
    socket.once('close', () => sockets.delete(socket));
    void new Connection(socket, script, maildrops, lines, clear).greet();
  };
  const server: Server = script.tls?.implicit ? createTlsServer(script.tls, accept) : createServer(accept);
  server.on('tlsClientError', () => undefined);
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: address !== null && typeof address === 'object' ? address.port : 0,
    lines,
    clear: () => Buffer.concat(clear).toString('latin1'),
    connections: () => connections,
    maildrop: (user) => maildrops.get(user) ?? new Maildrop(user, '', []),
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}

class Connection {
  private conversation: Conversation;
  private pending = '';
  private sent = 0;
  private turn: Promise<void> = Promise.resolve();
  private stalled = false;

  constructor(
    private socket: Socket,
    private readonly script: Script,
    maildrops: ReadonlyMap<string, Maildrop>,
    private readonly lines: string[],
    private readonly clear: Buffer[],
  ) {
    const { capabilities } = script;
    this.conversation = capabilities ? new Conversation(maildrops, capabilities) : new Conversation(maildrops);
    this.listen(socket);
  }

  async greet(): Promise<void> {
    await this.say(this.script.greeting ?? this.conversation.greeting());
  }

  private listen(socket: Socket): void {
    socket.setNoDelay(true);
    socket.on('error', () => socket.destroy());
    socket.once('close', () => this.conversation.end());
    socket.on('data', (chunk: Buffer) => {
      if (!('encrypted' in socket)) this.clear.push(chunk);
      const parts = (this.pending + chunk.toString('utf8')).split('\r\n');
      this.pending = parts.pop() ?? '';
      for (const line of parts) this.turn = this.turn.then(() => this.hear(line));
    });
  }

  private async hear(line: string): Promise<void> {
    if (this.stalled || this.socket.destroyed) return;
    this.lines.push(line);
    let close = false;
    const usual: Usual = (other = line) => {
      const answer = this.conversation.answer(other);
      close ||= answer.close;
      return answer.bytes;
    };
    const scripted = await this.script.answer?.(line, usual);
    if (scripted !== undefined) await this.say(scripted);
    else if (line === 'STLS' && this.script.tls) await this.startTls();
    else if (line === 'CAPA' && this.script.capabilities === null) await this.say('-ERR unknown command\r\n');
    else await this.say(usual());
    if (close) this.socket.end();
  }

  private async startTls(): Promise<void> {
    await this.say(`+OK begin\r\n${this.script.tls?.inject ?? ''}`);
    const plain = this.socket;
    plain.removeAllListeners('data');
    this.pending = '';
    const secure = new TLSSocket(plain, { isServer: true, ...this.script.tls });
    this.socket = secure;
    this.listen(secure);
  }

  private async say(what: string | Buffer | Fault): Promise<void> {
    if (what === 'stall') this.stalled = true;
    else if (what === 'reset' || what === 'close') {
      await wait(3);
      this.fault(what);
    } else await this.write(Buffer.from(what));
  }

  private async write(bytes: Buffer): Promise<void> {
    const { wire } = this.script;
    const from = this.sent;
    this.sent += bytes.length;
    if (wire?.kind === 'octets') await this.drip(bytes, wire.milliseconds ?? 0);
    else if (wire && wire.at >= from && wire.at < this.sent) {
      if (wire.at > from) this.socket.write(bytes.subarray(0, wire.at - from));
      await wait(3);
      if (wire.kind === 'cut') this.fault(wire.fault);
      else this.socket.write(bytes.subarray(wire.at - from));
    } else if (!this.stalled) this.socket.write(bytes);
  }

  private async drip(bytes: Buffer, milliseconds: number): Promise<void> {
    for (const octet of bytes) {
      if (this.socket.destroyed) return;
      this.socket.write(Uint8Array.of(octet));
      await (milliseconds > 0 ? wait(milliseconds) : new Promise<void>((resolve) => setImmediate(resolve)));
    }
  }

  private fault(fault: Fault): void {
    this.stalled = true;
    if (fault === 'reset') this.socket.resetAndDestroy();
    else if (fault === 'close') this.socket.end();
  }
}
