// What is fuzzed: every place where octets from outside are taken apart. A MailError is an answer; anything else is a crash.
import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { readBounce } from '../../electron/bounce/bounce.js';
import { readStatus } from '../../electron/bounce/report.js';
import { importFetchmailrc } from '../../electron/import/fetchmailrc.js';
import { importGetmailrc } from '../../electron/import/getmailrc.js';
import { importMpoprc } from '../../electron/import/mpoprc.js';
import { importPostfix } from '../../electron/import/postfix.js';
import { readEnvelope } from '../../electron/message/envelope.js';
import { readView } from '../../electron/message/view.js';
import { parseCapabilities } from '../../electron/pop3/capabilities.js';
import { joinListing } from '../../electron/pop3/listing.js';
import { Reader } from '../../electron/pop3/reader.js';
import { parseReply } from '../../electron/pop3/reply.js';
import { homePaths } from '../../electron/station/home.js';
import { openSettings } from '../../electron/station/settings.js';
import { readReceived } from '../../electron/trace/received.js';
import { readTrace } from '../../electron/trace/trace.js';
import { contract, type Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { type Port, serve } from '../../shared/port.js';

export interface Target {
  readonly name: string;
  /** What its grammar is made of; put in where a mutation wants something that means something. */
  readonly words: readonly string[];
  run(bytes: Buffer): unknown;
}

const text = (bytes: Buffer) => bytes.toString('utf8');

/** Status lines and bodies in packets of every length, then each body as a listing and as capabilities. */
function pop3(bytes: Buffer): void {
  const bodies: Buffer[] = [];
  let parts: Uint8Array[] = [];
  const reader = new Reader({
    line: (line) => (parseReply(line.toString('utf8'))?.kind === 'ok' ? 'body' : 'line'),
    chunk: (chunk) => parts.push(Buffer.from(chunk)),
    end: () => {
      bodies.push(Buffer.concat(parts));
      parts = [];
    },
  });
  for (let at = 0, step = 1; at < bytes.length; at += step, step = (step * 7) % 61) reader.feed(Buffer.from(bytes.subarray(at, at + step)));
  for (const [index, body] of bodies.entries()) {
    parseCapabilities(body.toString('latin1'));
    allowed(() => joinListing(body, bodies[index + 1] ?? null));
  }
}

/** One answer of many may be a MailError, and the rest is still looked at. */
function allowed(work: () => unknown): void {
  try {
    work();
  } catch (error) {
    if (!(error instanceof MailError)) throw error;
  }
}

async function inFile<T>(name: string, bytes: Buffer, work: (path: string, folder: string) => T | Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-fuzz-'));
  try {
    writeFileSync(join(folder, name), bytes, { mode: 0o600 });
    return await work(join(folder, name), folder);
  } finally {
    chmodSync(folder, 0o700);
    rmSync(folder, { recursive: true, force: true });
  }
}

async function mime(bytes: Buffer): Promise<void> {
  readEnvelope(bytes);
  await inFile('message', bytes, (path) => readView(path, null));
}

/** The first line names the map; the rest is main.cf and every map at once. */
function postfix(bytes: Buffer): void {
  importPostfix(text(bytes), { read: () => text(bytes), list: () => ['one', 'two'], isFolder: () => bytes.length % 2 === 0 });
}

/** Requests and replies as they come over a port: each line is one JSON text, else the text itself. */
async function contractMessages(bytes: Buffer): Promise<void> {
  const station = Object.fromEntries(Object.keys(contract).map((name) => [name, async () => null])) as unknown as Station;
  let deliver: (message: unknown) => void = () => undefined;
  let failed: unknown = null;
  const port: Port = {
    send: (message) => {
      const code = (message as { failure?: { code: string; message: string } }).failure;
      if (code?.code === 'internal') failed = new Error(code.message);
      JSON.stringify(message);
    },
    listen: (listener) => {
      deliver = listener;
    },
    close: () => undefined,
  };
  serve(station, port);
  for (const line of text(bytes).split('\n')) deliver(parsed(line));
  await new Promise((resolve) => setImmediate(resolve));
  if (failed !== null) throw failed;
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line);
  } catch {
    return line;
  }
}

export const targets: readonly Target[] = [
  {
    name: 'pop3',
    run: pop3,
    words: ['+OK ', '-ERR [SYS/TEMP] ', '\r\n', '.\r\n', '..', '1 100', 'UIDL', 'CAPA', 'SASL PLAIN', '\n', '\r'],
  },
  {
    name: 'mime',
    run: mime,
    words: [
      'Content-Type: multipart/mixed; boundary="b"\n',
      '--b\n',
      '--b--\n',
      '\n\n',
      '=?utf-8?B?',
      '?=',
      '=?iso-2022-jp?Q?=1B$B',
      'message/rfc822',
      'text/html; charset=',
      'Content-Transfer-Encoding: base64\n',
      "filename*0*=utf-8''%e5",
      '<table>',
    ],
  },
  {
    name: 'received',
    run: (bytes) => {
      readReceived(bytes.toString('latin1'));
      readTrace(bytes);
    },
    words: [
      'Received: ',
      'from ',
      'by ',
      'with ESMTPS ',
      'id ',
      'for <a@b>',
      '; ',
      '(',
      ')',
      '[192.0.2.1]',
      '[IPv6:::1]',
      '\n\t',
      ' +0000',
      '\\',
    ],
  },
  {
    name: 'dsn',
    run: (bytes) => {
      readStatus(text(bytes));
      readBounce(bytes);
    },
    words: [
      'multipart/report; report-type=delivery-status; boundary=b',
      '--b\n',
      'message/delivery-status',
      'Final-Recipient: rfc822;',
      'Action: failed',
      'Status: 5.1.1',
      'Diagnostic-Code: smtp; 550 ',
      '\n\n',
    ],
  },
  {
    name: 'fetchmailrc',
    run: (bytes) => {
      for (const read of [importFetchmailrc, importGetmailrc, importMpoprc]) allowed(() => read(text(bytes)));
    },
    words: [
      'poll ',
      'protocol pop3 ',
      'user "',
      '" password "',
      '" is joe here',
      'keep',
      'mda "',
      'defaults ',
      'skip ',
      '\\',
      '#',
      '[retriever]\n',
      'account ',
    ],
  },
  {
    name: 'postfix',
    run: postfix,
    words: [
      'virtual_alias_maps = ',
      'hash:',
      'regexp:',
      'pcre:',
      'inline:{',
      '$myhostname',
      '${a?b}',
      '/^(.*)@/ ',
      '@example.com ',
      '\n ',
      ', ',
      'virtual_mailbox_base = /',
    ],
  },
  {
    name: 'settings',
    run: (bytes) => inFile('settings.json', bytes, (_, folder) => openSettings(homePaths(folder), () => undefined).read()),
    words: ['{"version":1', '"accounts":[', '{', '}', '"poll":', 'null', '1e999', '"__proto__":', ',', '\\u0000', '[[[['],
  },
  {
    name: 'contract',
    run: contractMessages,
    words: [
      '{"id":1,"call":"',
      ...Object.keys(contract).slice(0, 12),
      '","input":',
      '{}}',
      '"__proto__"',
      'null',
      '[',
      '-1',
      '\n',
      '"constructor"',
    ],
  },
];
