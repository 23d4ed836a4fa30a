// What the scanner said, as shape and word. Clean is a quiet grey shield in lists: its word is only spoken.
import type { VerdictKind } from '../../../shared/verdict.js';
import { type TextKey, useText } from '../../text/text.js';
import { Icon, type IconName } from './icon.js';

type Look = readonly [IconName, string, TextKey];
const looks: Readonly<Record<VerdictKind, Look>> = {
  clean: ['clean', 'v-clean', 'common.verdictClean'],
  infected: ['infected', 'v-infected', 'common.verdictInfected'],
  suspicious: ['suspicious', 'v-suspect', 'common.verdictSuspicious'],
  unscannable: ['not-scanned', 'v-unscanned', 'common.verdictUnscannable'],
  unavailable: ['not-scanned', 'v-unscanned', 'common.verdictUnavailable'],
  'not-scanned': ['not-scanned', 'v-unscanned', 'common.verdictNotScanned'],
};

export function verdictWord(kind: VerdictKind): TextKey {
  return looks[kind][2];
}

/** In a row: clean without its word. */
export function VerdictMark({ kind }: { kind: VerdictKind }) {
  const t = useText();
  const [icon, tone, word] = looks[kind];
  if (kind === 'clean') {
    return (
      <>
        <Icon name={icon} />
        <span className="vh">{t(word)}</span>
      </>
    );
  }
  return (
    <span className={`v ${tone}`}>
      <Icon name={icon} />
      {t(word)}
    </span>
  );
}

/** In a detail: always with its word, or with a longer one. */
export function VerdictChip({ kind, children }: { kind: VerdictKind; children?: string }) {
  const t = useText();
  const [icon, tone, word] = looks[kind];
  return (
    <span className={`chip ${tone}`}>
      <Icon name={icon} />
      {children ?? t(word)}
    </span>
  );
}
