// The window on the fake station. For tests and for looking; never part of the product.
import { type Port, portPair, serve } from '../../shared/port.js';
import type { Settings } from '../../shared/settings.js';
import { type FakeOptions, fakeStation } from './fake-station.js';

const asked = new URLSearchParams(location.search);
const options: FakeOptions = {
  empty: asked.has('empty'),
  many: Number(asked.get('many') ?? 0),
  settings: {
    language: (asked.get('lang') ?? 'system') as Settings['language'],
    theme: (asked.get('theme') ?? 'system') as Settings['theme'],
  },
};
const [here, there] = portPair();
const fake = fakeStation(options);
const announce = serve(fake.station, there);
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
