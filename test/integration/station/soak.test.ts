// The soak that `npm run soak` runs for minutes, for a moment: so that the script itself is known to work.
import { expect, test } from 'vitest';
import { soak } from '../../soak/soak.js';

test('kills, cuts, stalls, a full disk, a wrong clock and another client: every message is in one place', {
  timeout: 240_000,
}, async () => {
  const { arrived, kills, faults, lost, duplicated, left } = await soak('todoku', 15, 20_261_124);
  expect(arrived).toBeGreaterThan(20);
  expect(kills + faults).toBeGreaterThan(5);
  expect({ lost, duplicated, left }).toEqual({ lost: 0, duplicated: 0, left: 0 });
});
