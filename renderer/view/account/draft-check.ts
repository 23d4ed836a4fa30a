// What is missing or wrong in a draft, by field. Only what cannot be saved at all is wrong.
import type { TextKey } from '../../text/text.js';
import { addressOf, type Draft, fromAddressOf, isShown, portOf, sendPortOf } from './draft.js';

export type Wrong = Readonly<Partial<Record<keyof Draft, TextKey>>>;

const oneWord = (text: string) => text.trim() !== '' && !/\s/.test(text.trim());
const isPort = (text: string) => /^\d+$/.test(text.trim()) && Number(text) >= 1 && Number(text) <= 65_535;
const isNumber = (text: string, from: number, to: number) => text.trim() !== '' && Number(text) >= from && Number(text) <= to;
const isWhole = (text: string, from: number, to: number) => isNumber(text, from, to) && Number.isInteger(Number(text));
const isAddress = (text: string) => /^[^\s@]+@[^\s@]+$/.test(text.trim());
const most = 1e12;

type Rule = readonly [field: keyof Draft, good: boolean, word: TextKey];

export function checkDraft(draft: Draft): Wrong {
  const rules: readonly Rule[] = [...receiving(draft), ...(isShown(draft) ? [] : station(draft)), ...sending(draft)];
  return Object.fromEntries(rules.filter(([, good]) => !good).map(([field, , word]) => [field, word]));
}

function receiving(draft: Draft): readonly Rule[] {
  const command = draft.secretKind === 'command' || draft.secretKind === 'token';
  return [
    ['host', oneWord(draft.host), 'account.wrongHost'],
    ['port', isPort(portOf(draft)), 'account.wrongPort'],
    ['user', draft.user.trim() !== '', 'account.wrongUser'],
    ['command', !command || draft.command.trim() !== '', 'account.wrongCommand'],
  ];
}

function station(draft: Draft): readonly Rule[] {
  return [...dropping(draft), ...fetching(draft), ...target(draft)];
}

function dropping(draft: Draft): readonly Rule[] {
  const to = addressOf(draft)
    .split(/[\s,;]+/)
    .filter(Boolean);
  return [
    ['to', draft.multidrop || to.length > 0, 'account.wrongTo'],
    ['skip', !draft.multidrop || isWhole(draft.skip, 0, 100), 'account.wrongNumber'],
  ];
}

function fetching(draft: Draft): readonly Rule[] {
  return [
    ['minutes', isNumber(draft.minutes, 1 / 60, 43_200), 'account.wrongNumber'],
    ['days', draft.retention !== 'days' || isWhole(draft.days, 1, 3650), 'account.wrongNumber'],
    ['megabytes', !draft.limited || isNumber(draft.megabytes, 0.001, most), 'account.wrongNumber'],
    ['maxMessages', isWhole(draft.maxMessages || '0', 0, most), 'account.wrongNumber'],
    ['maxMegabytes', isNumber(draft.maxMegabytes || '0', 0, most), 'account.wrongNumber'],
    ['batchLimit', isWhole(draft.batchLimit || '0', 0, most), 'account.wrongNumber'],
    ['timeout', isWhole(draft.timeout, 1, 86_400), 'account.wrongNumber'],
  ];
}

function target(draft: Draft): readonly Rule[] {
  const relay = draft.target === 'smtp' || (draft.target === 'lmtp' && draft.socket.trim() === '');
  return [
    ['targetHost', !relay || oneWord(draft.targetHost), 'account.wrongHost'],
    ['targetPort', !relay || draft.targetPort === '' || isPort(draft.targetPort), 'account.wrongPort'],
    [
      'targetBatch',
      draft.target === 'maildir' || draft.target === 'imap' || isWhole(draft.targetBatch || '0', 0, most),
      'account.wrongNumber',
    ],
    ['antispam', draft.antispam.split(/[\s,;]+/).every((code) => code === '' || isWhole(code, 400, 599)), 'account.wrongNumber'],
    ['targetUser', draft.target !== 'smtp' || !draft.targetLogin || draft.targetUser.trim() !== '', 'account.wrongUser'],
    ['targetAccount', draft.target !== 'imap' || draft.targetAccount !== '', 'account.wrongTarget'],
  ];
}

function sending(draft: Draft): readonly Rule[] {
  if (!draft.sending) return [];
  return [
    ['sendHost', oneWord(draft.sendHost), 'account.wrongHost'],
    ['sendPort', isPort(sendPortOf(draft)), 'account.wrongPort'],
    ['fromAddress', isAddress(fromAddressOf(draft)), 'account.wrongAddress'],
    ['sendUser', draft.sendLogin !== 'own' || draft.sendUser.trim() !== '', 'account.wrongUser'],
  ];
}
