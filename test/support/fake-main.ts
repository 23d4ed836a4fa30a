// The window on the fake station. For tests and for looking; never part of the product.

import type { CallName, Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { type Port, portPair, serve } from '../../shared/port.js';
import type { Settings } from '../../shared/settings.js';
import { type FakeOptions, fakeStation } from './fake-station.js';

const asked = new URLSearchParams(location.search);
const options: FakeOptions = {
  empty: asked.has('empty'),
  many: Number(asked.get('many') ?? 0),
  html: Number(asked.get('html') ?? 0),
  settings: {
    language: (asked.get('lang') ?? 'system') as Settings['language'],
    theme: (asked.get('theme') ?? 'system') as Settings['theme'],
    ...(asked.has('html')
      ? { reading: { prefer: 'html', remoteAllowed: [], remoteRefused: [], list: 'compact', threads: 'flat', trustedHosts: [] } }
      : {}),
  },
};
const [here, there] = portPair();
const fake = fakeStation(options);
const announce = serve(withFaults(fake.station), there);
fake.emit = (name, event) => announce(name, event);
Object.defineProperty(window, 'station', { value: here satisfies Port });
Object.defineProperty(window, 'fake', { value: fake });

await import('../../renderer/main.js');

if (!asked.has('quiet') && !asked.has('empty')) {
  fake.emit('fetch.step', {
    account: 'kaze-net',
    run: 7,
    step: 'scan',
    uidl: 'UID12-4F1c',
    message: 12,
    of: 40,
    octets: 402_113,
    ofOctets: 1_204_331,
    milliseconds: 3210,
  });
}

/** ?fail=call,call: they fail. ?never=call,call: they are never answered. ?with={"call":answer}: that is the answer. */
function withFaults(station: Station): Station {
  const named = (key: string) => (asked.get(key) ?? '').split(',').filter(Boolean) as CallName[];
  const failing = named('fail').map((name) => [
    name,
    () =>
      Promise.reject(new MailError('io', 'disk trouble', true, { path: '~/.local/share/todoku/ledger.db', said: 'Input/output error' })),
  ]);
  const never = named('never').map((name) => [name, () => new Promise(() => {})]);
  const answers = Object.entries(JSON.parse(asked.get('with') ?? '{}') as Record<string, object>).map(([name, answer]) => [
    name,
    async (input: never) => merge(await (station[name as CallName] as (input: never) => Promise<unknown>)(input), answer),
  ]);
  return { ...station, ...Object.fromEntries([...failing, ...never, ...answers]) } as Station;
}

function merge(before: unknown, change: object): unknown {
  return Array.isArray(before) || Array.isArray(change) ? change : { ...(before as object), ...change };
}
