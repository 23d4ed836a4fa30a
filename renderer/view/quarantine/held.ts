// What a held message is held for: its class, its look and its sentence.
import type { QuarantineRow } from '../../../shared/message.js';
import type { SuspiciousClass, Verdict } from '../../../shared/verdict.js';
import type { TextKey } from '../../text/text.js';
import type { IconName } from '../part/icon.js';

export const heldClasses = ['infected', 'encrypted', 'macro', 'phishing', 'limits', 'unwanted', 'unscannable', 'clean', 'other'] as const;
export type HeldClass = (typeof heldClasses)[number];

export interface HeldLook {
  readonly icon: IconName;
  readonly tone: string;
  readonly word: TextKey;
  readonly say: TextKey;
}
const suspect = 'v-suspect';
export const heldLooks: Readonly<Record<HeldClass, HeldLook>> = {
  infected: { icon: 'infected', tone: 'v-infected', word: 'quarantine.classInfected', say: 'quarantine.sayInfected' },
  encrypted: { icon: 'lock', tone: suspect, word: 'quarantine.classEncrypted', say: 'quarantine.sayEncrypted' },
  macro: { icon: 'macro', tone: suspect, word: 'quarantine.classMacro', say: 'quarantine.sayMacro' },
  phishing: { icon: 'suspicious', tone: suspect, word: 'quarantine.classPhishing', say: 'quarantine.sayPhishing' },
  limits: { icon: 'not-scanned', tone: 'v-unscanned', word: 'quarantine.classLimits', say: 'quarantine.sayLimits' },
  unwanted: { icon: 'suspicious', tone: suspect, word: 'quarantine.classUnwanted', say: 'quarantine.sayUnwanted' },
  unscannable: { icon: 'not-scanned', tone: 'v-unscanned', word: 'quarantine.classUnscannable', say: 'quarantine.sayUnscannable' },
  clean: { icon: 'clean', tone: 'v-clean', word: 'quarantine.classClean', say: 'quarantine.sayClean' },
  other: { icon: 'not-scanned', tone: 'v-unscanned', word: 'quarantine.classOther', say: 'quarantine.sayOther' },
};

export function heldClass(verdict: Verdict): HeldClass {
  switch (verdict.kind) {
    case 'infected':
    case 'unscannable':
    case 'clean':
      return verdict.kind;
    case 'suspicious':
      return verdict.class satisfies SuspiciousClass;
    case 'unavailable':
    case 'not-scanned':
      return 'other';
  }
}

/** ClamAV's name of what it found; the reason where it found nothing by name. */
export function foundName(row: Pick<QuarantineRow, 'signatures' | 'reason'>): string {
  return row.signatures[0] ?? ('reason' in row.reason ? row.reason.reason : '');
}

/** Public look-up of a file by its SHA-256: nothing of the message is sent. */
export function virusTotalAddress(sha256: string): string {
  return `https://www.virustotal.com/gui/search/${encodeURIComponent(sha256)}`;
}
export const falseAlarmAddress = 'https://www.clamav.net/reports/fp';
