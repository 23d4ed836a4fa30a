// The station as one window sees it: parts can be read of messages that this window opened, and of no other (S4).
import type { Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { RunningStation } from '../station/context.js';
import type { PartSource } from './protocol.js';

/** Opened messages whose parts stay readable; the oldest is forgotten. */
const grantLimit = 200;

export interface GrantedStation {
  readonly station: Station;
  readonly parts: PartSource;
}

/** Asks the person in the system's own dialog; absolute paths, none where it was called off. */
export type ChoosePaths = (what: 'folder' | 'files') => Promise<readonly string[]>;

export function grantParts(running: RunningStation, choose: ChoosePaths = async () => []): GrantedStation {
  const { grantScan } = running;
  const granted = new Set<string>();
  const grant = (id: string): void => {
    granted.delete(id);
    granted.add(id);
    for (const oldest of granted) {
      if (granted.size <= grantLimit) break;
      granted.delete(oldest);
    }
  };
  const station: Station = {
    ...running.station,
    'message.open': async (input) => {
      const view = await running.station['message.open'](input);
      grant(input.id);
      return view;
    },
    'quarantine.open': async (input) => {
      const view = await running.station['quarantine.open'](input);
      grant(`held-${input.id}`);
      return view;
    },
    'scan.places': async (input) => ({ ...(await running.station['scan.places'](input)), dialog: grantScan !== undefined }),
    ...(grantScan === undefined
      ? {}
      : { 'scan.choose': async ({ what }) => Promise.all((await choose(what)).map((path) => grantScan(path))) }),
  };
  const opened = (message: string) => {
    if (!granted.has(message)) throw new MailError('forbidden', 'this message has not been opened', false);
  };
  const parts: PartSource = {
    part: async ({ message, part }) => {
      opened(message);
      return running.part(message, part);
    },
    remote: async ({ message, url }) => {
      opened(message);
      return running.remote(message, url);
    },
  };
  return { station, parts };
}
