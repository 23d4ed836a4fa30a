// Opens a link only after the person has seen where it leads.
import { confirm } from '../state/overlay.js';
import { startWriting } from '../state/writing.js';
import { say } from '../text/text.js';
import type { TextKey } from '../text/words.js';
import type { LinkDoubt, LinkTarget } from './judge.js';

const doubtWords: Readonly<Record<LinkDoubt, TextKey>> = {
  mismatch: 'reader.linkMismatch',
  international: 'reader.linkInternational',
  credentials: 'reader.linkCredentials',
  number: 'reader.linkNumber',
  plain: 'reader.linkPlain',
};

export function doubtSentences({ doubts, claimed, host, readable }: LinkTarget): readonly string[] {
  return doubts.map((doubt) => say(doubtWords[doubt], { claimed: claimed ?? '', host, readable }));
}

/** An address is written to here; nothing leaves the window by that. */
export async function openLink(target: LinkTarget): Promise<void> {
  if (target.kind === 'mail') {
    await startWriting('new', null, target.url);
    return;
  }
  const doubts = doubtSentences(target);
  const yes = await confirm({
    title: say('reader.linkTitle', { host: target.readable }),
    text: doubts.length === 0 ? say('reader.linkText') : doubts.join(' '),
    verb: say('reader.linkOpen'),
    destructive: false,
    doubtful: doubts.length > 0,
    named: target.url,
  });
  if (yes) window.open(target.url, '_blank', 'noopener,noreferrer');
}
