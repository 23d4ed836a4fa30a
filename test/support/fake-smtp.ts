// An SMTP or LMTP server that answers as it is told: a table of replies, and a connection that may be cut at any place.
import { createServer, type Socket } from 'node:net';

export type Answer = string | 'cut' | 'silence';
export interface FakeSmtpScript {
  readonly lmtp?: boolean;
  readonly extensions?: readonly string[];
  /** By command line (prefix, the longest wins), 'greeting', or 'end' (after the message; LMTP: 'end ADDRESS' for each). */
  readonly answers?: Readonly<Record<string, Answer | readonly Answer[]>>;
  /** Cut after so many octets of message data. */
  readonly cutAt?: number;
  /** Default: a free one. */
  readonly port?: number;
}
export interface FakeSmtp {
  readonly port: number;
  /** Commands of all connections. */
  readonly lines: readonly string[];
  /** Messages that came to their end, as sent, without the end. */
  readonly messages: readonly { readonly from: string; readonly to: readonly string[]; readonly text: string }[];
  connections(): number;
  close(): Promise<void>;
}

export async function fakeSmtp(script: FakeSmtpScript = {}): Promise<FakeSmtp> {
  const lines: string[] = [];
  const messages: { from: string; to: string[]; text: string }[] = [];
  const used = new Map<string, number>();
  const sockets = new Set<Socket>();
  let connections = 0;

  const scripted = (key: string, usual: string): Answer => {
    const found = Object.keys(script.answers ?? {})
      .filter((prefix) => key.startsWith(prefix))
      .sort((one, other) => other.length - one.length)[0];
    if (found === undefined) return usual;
    const answer = script.answers?.[found] ?? usual;
    if (typeof answer === 'string') return answer;
    const count = used.get(found) ?? 0;
    used.set(found, count + 1);
    return answer[Math.min(count, answer.length - 1)] ?? usual;
  };

  const server = createServer((socket) => {
    connections += 1;
    sockets.add(socket);
    socket.setEncoding('latin1');
    socket.on('error', () => undefined);
    const say = (answer: Answer): void => {
      if (answer === 'cut') socket.destroy();
      else if (answer !== 'silence') socket.write(`${answer}\r\n`);
    };
    let [text, from, to, inData] = ['', '', [] as string[], false];
    const hello = (): string =>
      ['x', ...(script.extensions ?? [])].map((word, index, all) => `250${index < all.length - 1 ? '-' : ' '}${word}`).join('\r\n');
    const take = (line: string): void => {
      lines.push(line);
      const usual = /^(EHLO|LHLO)/.test(line) ? hello() : line === 'DATA' ? '354 go' : line === 'QUIT' ? '221 bye' : '250 2.0.0 ok';
      const answer = scripted(line, usual);
      if (line.startsWith('MAIL')) [from, to] = [line, []];
      if (line.startsWith('RCPT') && answer.startsWith('2')) to.push(/<(.*)>/.exec(line)?.[1] ?? '');
      inData = line === 'DATA' && answer.startsWith('354');
      say(answer);
      if (line === 'QUIT') socket.end();
    };
    socket.on('data', (chunk: string) => {
      text += chunk;
      for (;;) {
        if (inData) {
          if (script.cutAt !== undefined && text.length >= script.cutAt) return void socket.destroy();
          const end = text.startsWith('.\r\n') ? 0 : text.indexOf('\r\n.\r\n') + 2;
          if (end === 1) return;
          messages.push({ from, to, text: text.slice(0, end) });
          text = text.slice(end + 3);
          inData = false;
          if (script.lmtp === true) for (const address of to) say(scripted(`end ${address}`, '250 2.0.0 saved'));
          else say(scripted('end', '250 2.0.0 queued'));
          continue;
        }
        const end = text.indexOf('\r\n');
        if (end < 0) return;
        const line = text.slice(0, end);
        text = text.slice(end + 2);
        take(line);
      }
    });
    say(scripted('greeting', '220 fake ESMTP'));
  });
  await new Promise<void>((resolve) => server.listen(script.port ?? 0, '127.0.0.1', resolve));
  const address = server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : 0,
    lines,
    messages,
    connections: () => connections,
    close: () => {
      for (const socket of sockets) socket.destroy();
      return new Promise((resolve) => server.close(() => resolve()));
    },
  };
}
