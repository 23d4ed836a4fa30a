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

export function grantParts(running: RunningStation): GrantedStation {
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
