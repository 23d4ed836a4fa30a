// The route table against a real Postfix on the same maps: each row's `postfix` column is what it does today.
import { expect, it } from 'vitest';
import { loopRefusal } from '../../../electron/routing/loop.js';
import { isRoot, SmtpTalk, startPostfix } from '../../support/postfix.js';
import { askPostfix } from '../../support/route-oracle.js';
import { rows } from '../../support/route-table.js';

it.skipIf(!isRoot)(`${rows.length} routes of a real Postfix (needs root)`, async () => {
  const found = await askPostfix(rows.map(({ address }) => address));
  expect(rows.map(({ address }, index) => ({ address, ...found[index] }))).toEqual(
    rows.map(({ address, postfix }) => ({ address, ...postfix })),
  );
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
