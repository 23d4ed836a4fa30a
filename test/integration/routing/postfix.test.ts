// The route table against a real Postfix on the same maps: each row's `postfix` column is what it does today.
import { expect, it } from 'vitest';
import { isRoot } from '../../support/postfix.js';
import { askPostfix } from '../../support/route-oracle.js';
import { rows } from '../../support/route-table.js';

it.skipIf(!isRoot)(`${rows.length} routes of a real Postfix (needs root)`, async () => {
  const found = await askPostfix(rows.map(({ address }) => address));
  expect(rows.map(({ address }, index) => ({ address, ...found[index] }))).toEqual(
    rows.map(({ address, postfix }) => ({ address, ...postfix })),
  );
});
