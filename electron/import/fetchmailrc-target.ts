// fetchmail's SMTP or LMTP listener as a relay target: `smtphost NAME[/PORT]`, or a path, which is an LMTP socket.
import type { DeliveryTarget } from '../../shared/account.js';
import type { Option } from './fetchmailrc-grammar.js';
import type { OptionName } from './fetchmailrc-options.js';

/** The first listener of the list; fetchmail tries the others when it is down, which a target here does not. */
export function smtpTarget(chosen: ReadonlyMap<OptionName, Option>): DeliveryTarget {
  const listener = chosen.get('smtphost')?.values[0] ?? 'localhost';
  const lmtp = chosen.has('lmtp') || listener.startsWith('/');
  const options = {
    batchLimit: Math.max(0, Number(chosen.get('batchlimit')?.values[0] ?? 0)),
    antispam: (chosen.get('antispam')?.values ?? []).map(Number).filter((code) => code >= 400 && code <= 599),
  };
  if (listener.startsWith('/')) return { kind: 'lmtp', host: '127.0.0.1', port: 24, socket: listener, ...options };
  const [host = 'localhost', port] = listener.split('/');
  if (lmtp) return { kind: 'lmtp', host, port: Number(port ?? 24), socket: null, ...options };
  return { kind: 'smtp', host, port: Number(port ?? 25), ...options };
}
