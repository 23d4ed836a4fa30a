// When polls rest, and when they go on.
import { expect, it } from 'vitest';
import { onThisMachine, openRest, type Rest, restsFor, waitAfterRest } from '../../../electron/station/rest.js';

it.each([
  ['localhost', true],
  ['127.0.0.1', true],
  ['127.1.2.3', true],
  ['::1', true],
  ['mail.localhost', true],
  ['127.example.com', false],
  ['localhost.example.com', false],
  ['pop.example.com', false],
])('%s is on this machine: %s', (host, here) => expect(onThisMachine(host)).toBe(here));

it('asleep nothing is polled; offline only what is on this machine', () => {
  const told = (rest: Rest) => [restsFor(rest, 'pop.example.com'), restsFor(rest, 'localhost')];
  expect([told('asleep'), told('offline'), told(null)]).toEqual([
    [true, true],
    [true, false],
    [false, false],
  ]);
});

it('each change is told once; who wakes without a network is offline', () => {
  const told: Rest[] = [];
  const rest = openRest((next) => told.push(next));
  rest.network(true);
  rest.sleep(true);
  rest.network(false);
  rest.sleep(true);
  rest.sleep(false);
  rest.network(true);
  expect(told).toEqual(['asleep', 'offline', null]);
});

it('accounts come back spread over a quarter of a minute', () => {
  expect([waitAfterRest(0), waitAfterRest(0.5), waitAfterRest(1)]).toEqual([2000, 8500, 15_000]);
});
