// What a real Postfix does with mail to each address: which Maildirs get it, and what is refused, at RCPT or later.
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative } from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { SmtpTalk, startPostfix } from './postfix.js';
import { aliases, domains, type Expected, localDomain, mailboxes } from './route-table.js';

/** Keys folded, as postmap does for hash: files. */
const texthash = (entries: Readonly<Record<string, string | readonly string[]>>): string =>
  Object.entries(entries)
    .map(([key, value]) => `${key.toLowerCase()} ${typeof value === 'string' ? value : value.join(', ')}\n`)
    .join('');

/** `look` is called while it runs, with its configuration's folder. */
export async function askPostfix(
  addresses: readonly string[],
  look: (config: string) => void = () => undefined,
): Promise<readonly Expected[]> {
  const postfix = await startPostfix({
    main: {
      recipient_delimiter: '+',
      myorigin: localDomain,
      virtual_mailbox_domains: [...domains, localDomain].join(', '),
      virtual_mailbox_maps: 'texthash:$config_directory/vmailbox',
      virtual_alias_maps: 'texthash:$config_directory/virtual',
    },
    files: { vmailbox: texthash(mailboxes), virtual: texthash(aliases) },
  });
  try {
    look(join(postfix.root, 'config'));
    const talk = await SmtpTalk.open(postfix.port);
    const refused: string[][] = [];
    const queued = new Set<number>();
    for (const [index, address] of addresses.entries()) {
      const { rcpt, data } = await talk.send('', [address], `Message-ID: <${index}@test>\nSubject: ${index}\n\nhello`);
      refused.push(rcpt.filter((line) => !line.startsWith('2')).map((line) => line.slice(0, 9)));
      if (data?.startsWith('2')) queued.add(index);
      else if (data !== null) refused[index]?.push(data.slice(0, 9));
    }
    talk.close();
    const outcome = await settled(postfix.log, queued);
    const boxes = delivered(postfix.mail);
    return addresses.map((_, index) => ({
      boxes: (boxes.get(index) ?? []).sort(),
      refused: [...(refused[index] ?? []), ...(outcome.get(index) ?? [])].sort(),
    }));
  } finally {
    await postfix.stop();
  }
}

/** Status codes of what was not delivered, by message, once every message has left the queue or was deferred. */
async function settled(log: () => string, queued: ReadonlySet<number>): Promise<ReadonlyMap<number, readonly string[]>> {
  for (const until = Date.now() + 60_000; ; await wait(200)) {
    const lines = log().split('\n');
    const ids = new Map<string, number>();
    const failed = new Map<number, string[]>();
    const open = new Set(queued);
    for (const line of lines) {
      const begun = /cleanup\[\d+\]: (\w+): message-id=<(\d+)@test>/.exec(line);
      if (begun?.[1] !== undefined) ids.set(begun[1], Number(begun[2]));
      const number = ids.get(/\]: (\w+): /.exec(line)?.[1] ?? '');
      if (number === undefined) continue;
      const status = /dsn=([\d.]+), status=(bounced|deferred)/.exec(line)?.[1];
      if (status !== undefined) failed.set(number, [...(failed.get(number) ?? []), status]);
      if (/: removed$|status=deferred/.test(line)) open.delete(number);
    }
    if (open.size === 0) return failed;
    if (Date.now() > until) throw new Error(`still queued: ${[...open].join(' ')}\n${lines.slice(-30).join('\n')}`);
  }
}

function delivered(mail: string): ReadonlyMap<number, string[]> {
  const found = new Map<number, string[]>();
  for (const entry of readdirSync(mail, { recursive: true, withFileTypes: true })) {
    if (!entry.isFile() || !entry.parentPath.endsWith('/new')) continue;
    const number = Number(/^Subject: (\d+)$/m.exec(readFileSync(join(entry.parentPath, entry.name), 'latin1'))?.[1]);
    found.set(number, [...(found.get(number) ?? []), `${relative(mail, join(entry.parentPath, '..'))}/`]);
  }
  return found;
}
