// Below the name of an IMAP account: how it is doing when that is worth a word, and how full it is.
import type { RemoteState } from '../../../shared/message.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';

/** From here on a full mailbox is near. */
const nearlyFull = 0.9;

export function RemoteLine({ remote }: { remote: RemoteState | undefined }) {
  const said = useRemoteWords(remote);
  const bad = remote?.state === 'failed' || remote?.state === 'needs-secret';
  return said === '' ? null : <li className={`small remote-line ${bad ? 'bad' : 't2'}`}>{said}</li>;
}

function useRemoteWords(remote: RemoteState | undefined): string {
  const t = useText();
  const language = useLanguage();
  if (remote === undefined) return '';
  const { state, reading, quota } = remote;
  if (state === 'offline') return t('frame.remoteOffline');
  if (state === 'failed') return t('frame.remoteFailed');
  if (state === 'needs-secret') return t('frame.remoteNeedsSecret');
  if (state === 'connecting') return t('frame.remoteConnecting');
  if (reading !== null) return t('frame.remoteReading', { done: reading.done, of: reading.of });
  if (quota === null || quota.limit === 0) return '';
  const sizes = { used: formatOctets(quota.used, language), limit: formatOctets(quota.limit, language) };
  return t(quota.used / quota.limit >= nearlyFull ? 'frame.quotaNearlyFull' : 'frame.quota', sizes);
}
