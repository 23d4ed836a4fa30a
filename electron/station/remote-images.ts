// Remote images of a message, after the person agreed: once, or always for a sender. The station fetches them, so the
// window has no way to the network; and only what the message itself names can be asked for.
import type { CallOutput, CallParsed } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { Envelope } from '../../shared/message.js';
import type { Settings } from '../../shared/settings.js';
import { fetchImage, type RemotePorts } from '../remote/fetch.js';
import type { Part, SettingsStore } from './context.js';

export interface RemoteImagesDeps {
  readonly settings: SettingsStore;
  readonly network: RemotePorts;
  /** Throws MailError `not-found`. */
  readonly envelope: (id: string) => Promise<Envelope>;
  /** Addresses of the remote images in its HTML. */
  readonly urls: (id: string) => Promise<readonly string[]>;
}
export interface RemoteImages {
  /** The choice for a sender is in the settings when it resolves; `once` lasts as long as the station runs. */
  allow(choice: CallParsed<'message.images'>): Promise<CallOutput<'message.images'>>;
  /** Throws MailError `forbidden` without consent and for an address the message does not name; else what fetchImage throws. */
  open(id: string, url: string): Promise<Part>;
}

/** Messages whose consent or addresses are remembered; the oldest is forgotten. */
const kept = 200;

function remember<Value>(known: Map<string, Value>, id: string, value: Value): Value {
  known.delete(id);
  known.set(id, value);
  const [oldest] = known.keys();
  if (known.size > kept && oldest !== undefined) known.delete(oldest);
  return value;
}

const senderOf = ({ from }: Envelope) => from[0]?.address.toLowerCase() ?? '';

type Reading = Settings['reading'];
function choose(reading: Reading, sender: string, allow: 'sender' | 'never' | 'ask'): Reading {
  const others = (list: readonly string[]) => list.filter((one) => one !== sender);
  const allowed = others(reading.remoteAllowed);
  const refused = others(reading.remoteRefused);
  return {
    ...reading,
    remoteAllowed: allow === 'sender' ? [...allowed, sender] : allowed,
    remoteRefused: allow === 'never' ? [...refused, sender] : refused,
  };
}

export function openRemoteImages({ settings, network, envelope, urls }: RemoteImagesDeps): RemoteImages {
  const once = new Map<string, true>();
  const named = new Map<string, Promise<ReadonlySet<string>>>();

  /** Mail that the scanner doubts is loaded for only when asked for by itself. */
  const agreed = async (id: string): Promise<boolean> => {
    if (once.has(id)) return true;
    const message = await envelope(id);
    const { verdict } = message;
    if (verdict === 'infected' || verdict === 'suspicious') return false;
    const sender = senderOf(message);
    return sender !== '' && settings.read().reading.remoteAllowed.includes(sender);
  };
  const namedIn = (id: string): Promise<ReadonlySet<string>> => {
    const known = named.get(id);
    if (known !== undefined) return known;
    const reading = urls(id).then((list) => new Set(list));
    reading.catch(() => named.delete(id));
    return remember(named, id, reading);
  };
  return {
    async allow({ id, allow }) {
      const sender = senderOf(await envelope(id));
      once.delete(id);
      if (allow === 'once') remember(once, id, true);
      else if (sender === '') throw new MailError('usage', 'this message names no sender', false);
      else await settings.update((current) => ({ ...current, reading: choose(current.reading, sender, allow) }));
      return { allow };
    },
    async open(id, url) {
      if (!(await agreed(id))) throw new MailError('forbidden', 'remote images of this message were not asked for', false);
      if (!(await namedIn(id)).has(url)) throw new MailError('forbidden', 'this message names no such image', false);
      const { type, bytes } = await fetchImage(url, network);
      return { type, name: null, octets: bytes.length, body: whole(bytes) };
    },
  };
}

async function* whole(bytes: Uint8Array): AsyncIterable<Uint8Array> {
  yield bytes;
}
