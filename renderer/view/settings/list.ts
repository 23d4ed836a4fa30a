// Every setting on the page: where it is kept, its words, and by what it is changed.
import type { TextKey } from '../../text/text.js';
import type { SettingPath } from './value.js';

interface Choice {
  readonly value: string;
  readonly label: TextKey;
  /** What choosing it means. */
  readonly text?: TextKey;
}
export type Control =
  | { readonly kind: 'choice'; readonly options: readonly Choice[] }
  | { readonly kind: 'names'; readonly options: readonly (readonly [value: string, name: string])[] }
  | { readonly kind: 'switch' }
  | { readonly kind: 'number'; readonly unit: TextKey | null }
  /** Empty is null. */
  | { readonly kind: 'text'; readonly nullable: boolean; readonly placeholder?: TextKey }
  | { readonly kind: 'lines' }
  | { readonly kind: 'hour' };

export interface Setting {
  readonly path: SettingPath;
  readonly title: TextKey;
  readonly text: TextKey;
  readonly control: Control;
}
export interface Section {
  /** Named by the address: #/settings/scanner. */
  readonly id: string;
  readonly title: TextKey;
  readonly settings: readonly Setting[];
}

const onOff: Control = { kind: 'switch' };
const count: Control = { kind: 'number', unit: null };
const system: Choice = { value: 'system', label: 'settings.asSystem' };
const line = (path: SettingPath, title: TextKey, text: TextKey, control: Control): Setting => ({ path, title, text, control });
const action = (name: string, title: TextKey, text: TextKey): Setting =>
  line(`scanner.actions.${name}`, title, text, {
    kind: 'choice',
    options: [
      { value: 'deliver', label: 'settings.actionDeliver' },
      { value: 'mark', label: 'settings.actionMark' },
      { value: 'quarantine', label: 'settings.actionQuarantine' },
    ],
  });

const look: Section = {
  id: 'look',
  title: 'settings.sectionLook',
  settings: [
    line('language', 'settings.language', 'settings.languageText', {
      kind: 'names',
      options: [
        ['system', ''],
        ['en', 'English'],
        ['ja', '日本語'],
      ],
    }),
    line('theme', 'settings.theme', 'settings.themeText', {
      kind: 'choice',
      options: [system, { value: 'light', label: 'settings.themeLight' }, { value: 'dark', label: 'settings.themeDark' }],
    }),
    line('fontSize', 'settings.fontSize', 'settings.fontSizeText', { kind: 'number', unit: 'settings.pixels' }),
    line('keys', 'settings.keys', 'settings.keysText', {
      kind: 'names',
      options: [
        ['thunderbird', 'Thunderbird'],
        ['gmail', 'Gmail'],
        ['mutt', 'mutt'],
      ],
    }),
  ],
};

const start: Section = {
  id: 'start',
  title: 'settings.sectionStart',
  settings: [
    line('startAtLogin', 'settings.startAtLogin', 'settings.startAtLoginText', onOff),
    line('startHidden', 'settings.startHidden', 'settings.startHiddenText', onOff),
    line('notify.style', 'settings.notify', 'settings.notifyText', {
      kind: 'choice',
      options: [
        { value: 'full', label: 'settings.notifyFull' },
        { value: 'count', label: 'settings.notifyCount' },
        { value: 'silent', label: 'settings.notifySilent' },
      ],
    }),
    line('notify.quietFrom', 'settings.quietFrom', 'settings.quietFromText', {
      kind: 'text',
      nullable: true,
      placeholder: 'settings.time',
    }),
    line('notify.quietTo', 'settings.quietTo', 'settings.quietToText', { kind: 'text', nullable: true, placeholder: 'settings.time' }),
  ],
};

const reading: Section = {
  id: 'reading',
  title: 'settings.sectionReading',
  settings: [
    line('reading.prefer', 'settings.prefer', 'settings.preferText', {
      kind: 'choice',
      options: [
        { value: 'text', label: 'settings.preferText1' },
        { value: 'html', label: 'settings.preferHtml' },
      ],
    }),
    line('reading.list', 'settings.list', 'settings.listText', {
      kind: 'choice',
      options: [
        { value: 'compact', label: 'mail.compact' },
        { value: 'columns', label: 'mail.columns' },
      ],
    }),
    line('reading.threads', 'settings.threads', 'settings.threadsText', {
      kind: 'choice',
      options: [
        { value: 'references', label: 'settings.threadsReferences' },
        { value: 'subject', label: 'settings.threadsSubject' },
        { value: 'flat', label: 'settings.threadsFlat' },
      ],
    }),
    line('reading.remoteAllowed', 'settings.remoteAllowed', 'settings.remoteAllowedText', { kind: 'lines' }),
    line('reading.remoteRefused', 'settings.remoteRefused', 'settings.remoteRefusedText', { kind: 'lines' }),
    line('reading.trustedHosts', 'settings.trustedHosts', 'settings.trustedHostsText', { kind: 'lines' }),
  ],
};

const polling: Section = {
  id: 'polling',
  title: 'settings.sectionPolling',
  settings: [
    line('poll.sessions', 'settings.sessions', 'settings.sessionsText', count),
    line('poll.sessionsPerHost', 'settings.sessionsPerHost', 'settings.sessionsPerHostText', count),
  ],
};

const scanner: Section = {
  id: 'scanner',
  title: 'settings.sectionScanner',
  settings: [
    line('scanner.mode', 'settings.mode', 'settings.modeText', {
      kind: 'choice',
      options: [
        { value: 'required', label: 'settings.modeRequired', text: 'settings.modeRequiredText' },
        { value: 'optional', label: 'settings.modeOptional', text: 'settings.modeOptionalText' },
        { value: 'off', label: 'settings.modeOff', text: 'settings.modeOffText' },
      ],
    }),
    line('scanner.clamd', 'settings.clamd', 'settings.clamdText', { kind: 'text', nullable: false }),
    line('scanner.timeout', 'settings.timeout', 'settings.timeoutText', { kind: 'number', unit: 'settings.seconds' }),
    line('scanner.parallel', 'settings.parallel', 'settings.parallelText', count),
    line('scanner.canaryInterval', 'settings.canaryInterval', 'settings.canaryIntervalText', { kind: 'number', unit: 'settings.seconds' }),
    line('scanner.streamLimit', 'settings.streamLimit', 'settings.streamLimitText', { kind: 'number', unit: 'settings.octets' }),
    line('scanner.concurrentReload', 'settings.concurrentReload', 'settings.concurrentReloadText', onOff),
    line('scanner.database', 'settings.database', 'settings.databaseText', { kind: 'text', nullable: true }),
    line('scanner.quarantineDays', 'settings.quarantineDays', 'settings.quarantineDaysText', { kind: 'number', unit: 'settings.days' }),
  ],
};

const actions: Section = {
  id: 'actions',
  title: 'settings.sectionActions',
  settings: [
    action('infected', 'settings.actionInfected', 'settings.actionInfectedText'),
    action('encrypted', 'settings.actionEncrypted', 'settings.actionEncryptedText'),
    action('macro', 'settings.actionMacro', 'settings.actionMacroText'),
    action('phishing', 'settings.actionPhishing', 'settings.actionPhishingText'),
    action('limits', 'settings.actionLimits', 'settings.actionLimitsText'),
    action('unwanted', 'settings.actionUnwanted', 'settings.actionUnwantedText'),
    action('unscannable', 'settings.actionUnscannable', 'settings.actionUnscannableText'),
  ],
};

const signatures: Section = {
  id: 'signatures',
  title: 'settings.sectionSignatures',
  settings: [
    line('signatures.hour', 'settings.hour', 'settings.hourText', { kind: 'hour' }),
    line('signatures.mirror', 'settings.mirror', 'settings.mirrorText', { kind: 'text', nullable: true }),
  ],
};

export const sections: readonly Section[] = [look, start, reading, polling, scanner, actions, signatures];
