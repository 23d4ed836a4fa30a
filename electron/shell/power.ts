// The desktop's sleep and network, told to the station as rests.
import { net, powerMonitor } from 'electron';
import { openRest, type Rest } from '../station/rest.js';

/** Milliseconds between two looks: the desktop announces sleep, but not the network. */
const lookEvery = 2000;

/** After the app is ready. */
export function watchPower(tell: (rest: Rest) => void): void {
  const rest = openRest(tell);
  powerMonitor.on('suspend', () => rest.sleep(true));
  powerMonitor.on('resume', () => rest.sleep(false));
  const look = (): void => rest.network(net.isOnline());
  setInterval(look, lookEvery).unref();
  look();
}
