// The route table against a real Postfix on the same maps: each row's `postfix` column is what it does today.
import { execFileSync } from 'node:child_process';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, it } from 'vitest';
import type { ImportFiles } from '../../../electron/import/files.js';
import { type Imported, merge } from '../../../electron/import/imported.js';
import { importPostfix } from '../../../electron/import/postfix.js';
import { loopRefusal } from '../../../electron/routing/loop.js';
import { route } from '../../../electron/routing/route.js';
import type { RouteResult } from '../../../shared/route.js';
import { settings } from '../../../shared/settings.js';
import { isRoot, SmtpTalk, startPostfix } from '../../support/postfix.js';
import { askPostfix } from '../../support/route-oracle.js';
import { rows } from '../../support/route-table.js';

it.skipIf(!isRoot)(`${rows.length} routes of a real Postfix (needs root)`, async () => {
  const imports: Imported[] = [];
  const found = await askPostfix(
    rows.map(({ address }) => address),
    (config) => imports.push(importPostfix(readFileSync(join(config, 'main.cf'), 'utf8'), files), importPostfix(postconf(config), files)),
  );
  expect(rows.map(({ address }, index) => ({ address, ...found[index] }))).toEqual(
    rows.map(({ address, postfix }) => ({ address, ...postfix })),
  );
  // The round trip: its configuration, and what postconf -n prints of it, imported, route as this very Postfix did.
  for (const imported of imports) {
    const { routing } = merge(settings.parse({}), imported).settings;
    const wrong = rows.flatMap(({ address, postfix, ours }) => {
      const now = JSON.stringify(outcome(route(address, routing)));
      return [postfix, ours].some((one) => JSON.stringify(one) === now) ? [] : [{ address, now, postfix }];
    });
    expect(wrong).toEqual([]);
  }
});

/** The Maildirs are not this station's: their paths stay as the map has them. */
const files: ImportFiles = { read: (path) => readFileSync(path, 'utf8'), list: () => [], isFolder: () => false };
const postconf = (config: string) => execFileSync('postconf', ['-c', config, '-n'], { encoding: 'utf8' });
const outcome = ({ targets, refusal }: RouteResult) => ({
  boxes: targets.map((target) => ('path' in target ? target.path : `relay ${target.relay}`)).sort(),
  refused: refusal === null ? [] : [`${refusal.code} ${refusal.status}`],
});

it.skipIf(!isRoot)('the reply to too many hops is Postfix’s own; it counts the hop it adds, we do not', async () => {
  const postfix = await startPostfix({
    main: { virtual_mailbox_domains: 'example.com', virtual_mailbox_maps: 'inline:{a@example.com=a/}' },
  });
  try {
    const talk = await SmtpTalk.open(postfix.port);
    const hops = (count: number) => `${'Received: from a by b; Tue, 24 Nov 2026 00:00:00 +0000\n'.repeat(count)}Subject: x\n\nx`;
    const replies: (string | null)[] = [];
    for (const count of [48, 49, 50, 51]) replies.push((await talk.send('', ['a@example.com'], hops(count))).data);
    talk.close();
    const ours = (count: number) =>
      loopRefusal(Buffer.from(hops(count)), 'a@example.com', { hopLimit: 50, host: 'h', account: 'a' })?.text ?? '250';
    expect(replies.map((reply) => reply?.slice(0, 3))).toEqual(['250', '554', '554', '554']);
    expect([49, 50].map(ours)).toEqual(['250', replies[3]]);
  } finally {
    await postfix.stop();
  }
});
