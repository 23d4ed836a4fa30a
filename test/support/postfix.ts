// A real Postfix on a loopback high port with its own configuration, queue and mail folder, stopped by pid. Needs root.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { chmod, chown, mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { connect, type Socket } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { freePort } from './ports.js';

export interface PostfixOptions {
  /** Lines of main.cf, after ours; the last setting wins. */
  readonly main?: Readonly<Record<string, string>>;
  /** Files beside main.cf, by name; name them as texthash:$config_directory/NAME. */
  readonly files?: Readonly<Record<string, string>>;
}
export interface Postfix {
  readonly port: number;
  readonly root: string;
  /** virtual_mailbox_base. */
  readonly mail: string;
  log(): string;
  stop(): Promise<void>;
}

/** A user that no service has; virtual(8) wants at least 100. */
const owner = 5999;
const readyWithin = 20_000;

export const isRoot = process.getuid?.() === 0;

const services = `
smtp      inet  n - n - - smtpd
pickup    unix  n - n 60 1 pickup
cleanup   unix  n - n - 0 cleanup
qmgr      unix  n - n 300 1 qmgr
rewrite   unix  - - n - - trivial-rewrite
bounce    unix  - - n - 0 bounce
defer     unix  - - n - 0 bounce
trace     unix  - - n - 0 bounce
verify    unix  - - n - 1 verify
flush     unix  n - n 1000? 0 flush
proxymap  unix  - - n - - proxymap
smtp      unix  - - n - - smtp
relay     unix  - - n - - smtp
showq     unix  n - n - - showq
error     unix  - - n - - error
retry     unix  - - n - - error
discard   unix  - - n - - discard
local     unix  - n n - - local
virtual   unix  - n n - - virtual
lmtp      unix  - - n - - lmtp
tlsmgr    unix  - - n 1000? 1 tlsmgr
anvil     unix  - - n - 1 anvil
scache    unix  - - n - 1 scache
postlog   unix-dgram n - n - 1 postlogd
`;

/** Starts and waits for the greeting. Throws with Postfix's own log when it does not come. */
export async function startPostfix(options: PostfixOptions = {}): Promise<Postfix> {
  const root = await mkdtemp(join(tmpdir(), 'todoku-postfix-'));
  await chmod(root, 0o755);
  const port = await freePort();
  const [config, queue, data, mail] = ['config', 'queue', 'data', 'mail'].map((name) => join(root, name)) as [
    string,
    string,
    string,
    string,
  ];
  for (const folder of [config, queue, data, mail]) await mkdir(folder);
  await chown(data, Number(execFileSync('id', ['-u', 'postfix'])), Number(execFileSync('id', ['-g', 'postfix'])));
  await chown(mail, owner, owner);
  const main: Record<string, string> = {
    compatibility_level: '3.6',
    config_directory: config,
    queue_directory: queue,
    data_directory: data,
    maillog_file: join(root, 'mail.log'),
    maillog_file_prefixes: root,
    inet_interfaces: '127.0.0.1',
    inet_protocols: 'ipv4',
    myhostname: 'mx.test.invalid',
    mydestination: '',
    myorigin: 'localhost',
    mynetworks: '127.0.0.0/8',
    smtputf8_enable: 'no',
    append_dot_mydomain: 'no',
    biff: 'no',
    default_transport: 'error:nowhere to send to',
    relay_transport: 'error:nowhere to send to',
    alias_maps: '',
    local_recipient_maps: '',
    virtual_mailbox_base: mail,
    virtual_uid_maps: `static:${owner}`,
    virtual_gid_maps: `static:${owner}`,
    ...options.main,
  };
  await writeFile(
    join(config, 'main.cf'),
    Object.entries(main)
      .map(([key, value]) => `${key} = ${value}\n`)
      .join(''),
  );
  await writeFile(join(config, 'master.cf'), services.replace('\nsmtp      inet', `\n127.0.0.1:${port} inet`));
  for (const [name, text] of Object.entries(options.files ?? {})) await writeFile(join(config, name), text);
  const log = () => read(join(root, 'mail.log'));
  const control = (word: string) => execFileSync('postfix', ['-c', config, word], { stdio: 'pipe' });
  const stop = async (): Promise<void> => {
    try {
      control('abort');
    } catch {
      // It was not running.
    }
    await rm(root, { recursive: true, force: true, maxRetries: 5, retryDelay: 100 });
  };
  try {
    control('start');
    await ready(port);
  } catch (cause) {
    const said = log();
    await stop();
    throw new Error(`Postfix did not start: ${String(cause)}\n${said}`, { cause });
  }
  return { port, root, mail, log, stop };
}

function read(path: string): string {
  try {
    return readFileSync(path, 'utf8');
  } catch {
    return '';
  }
}

async function ready(port: number): Promise<void> {
  const until = Date.now() + readyWithin;
  for (;;) {
    try {
      const talk = await SmtpTalk.open(port);
      await talk.say('QUIT');
      talk.close();
      return;
    } catch (error) {
      if (Date.now() > until) throw error;
      await wait(100);
    }
  }
}

/** A conversation with an SMTP server, one command and one reply at a time. Independent of the code under test. */
export class SmtpTalk {
  private text = '';
  private wake: (() => void) | null = null;
  private gone: Error | null = null;

  private constructor(private readonly socket: Socket) {
    socket.setEncoding('latin1');
    socket.on('data', (chunk: string) => {
      this.text += chunk;
      this.wake?.();
    });
    const lost = (error?: Error): void => {
      this.gone ??= error ?? new Error('connection closed');
      this.wake?.();
    };
    socket.on('error', lost);
    socket.on('close', () => lost());
  }

  /** Reads the greeting. */
  static async open(port: number): Promise<SmtpTalk> {
    const talk = new SmtpTalk(connect(port, '127.0.0.1'));
    await talk.reply();
    return talk;
  }

  async say(line: string): Promise<string> {
    this.socket.write(`${line}\r\n`);
    return this.reply();
  }

  /** A message to several recipients; the replies to each RCPT, and to the message where one was taken. */
  async send(
    from: string,
    to: readonly string[],
    message: string,
  ): Promise<{ readonly rcpt: readonly string[]; readonly data: string | null }> {
    await this.say('EHLO test.invalid');
    await this.say(`MAIL FROM:<${from}>`);
    const rcpt: string[] = [];
    for (const address of to) rcpt.push(await this.say(`RCPT TO:<${address}>`));
    if (!rcpt.some((line) => line.startsWith('2'))) {
      await this.say('RSET');
      return { rcpt, data: null };
    }
    await this.say('DATA');
    return { rcpt, data: await this.say(`${message.replaceAll(/\r?\n/g, '\r\n').replaceAll(/^\./gm, '..')}\r\n.`) };
  }

  close(): void {
    this.socket.destroy();
  }

  private async reply(): Promise<string> {
    for (;;) {
      const found = /^(?:\d{3}-[^\n]*\r?\n)*\d{3}(?: [^\n]*)?\r?\n/.exec(this.text);
      if (found !== null) {
        this.text = this.text.slice(found[0].length);
        return found[0].trimEnd();
      }
      if (this.gone !== null) throw this.gone;
      await new Promise<void>((resolve) => {
        this.wake = resolve;
      });
    }
  }
}
