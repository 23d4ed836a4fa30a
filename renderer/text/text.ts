// Sentences in the person's language: `t('mail.unread', { count: 3 })`, dates, numbers and sizes.
import { createIntl, createIntlCache, type IntlShape } from '@formatjs/intl';
import { type Language, language } from '../state/settings.js';
import { useStore } from '../state/store.js';
import { en } from './en.js';
import { ja } from './ja.js';
import type { TextKey } from './words.js';

export type { TextKey };
export type Values = Readonly<Record<string, string | number | Date>>;
export type Translate = (key: TextKey, values?: Values) => string;

type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>;

function flatten(tables: Tables): Record<string, string> {
  const flat: Record<string, string> = {};
  for (const [area, words] of Object.entries(tables)) for (const [key, word] of Object.entries(words)) flat[`${area}.${key}`] = word;
  return flat;
}

const cache = createIntlCache();
const shape = (locale: Language, tables: Tables) =>
  createIntl<string>({ locale, messages: flatten(tables), defaultLocale: 'en', onError: reportError }, cache);
function reportError(error: unknown): void {
  console.error(String(error));
}

const shapes: Readonly<Record<Language, IntlShape<string>>> = { en: shape('en', en), ja: shape('ja', ja) };

export function translator(to: Language): Translate {
  return (key, values) => shapes[to].formatMessage({ id: key }, values) as string;
}
const translators: Readonly<Record<Language, Translate>> = { en: translator('en'), ja: translator('ja') };

/** For code that is not a component. */
export function say(key: TextKey, values?: Values): string {
  return translators[language.get()](key, values);
}

export function useText(): Translate {
  return translators[useStore(language)];
}

export function useLanguage(): Language {
  return useStore(language);
}
