// Language and theme: the settings' choice, or the system's.
import type { Settings } from '../../shared/settings.js';
import { useQuery } from './query.js';
import { createStore } from './store.js';

export type Language = 'en' | 'ja';
export const language = createStore<Language>('en');

export function resolveLanguage(choice: Settings['language'], system: readonly string[]): Language {
  if (choice !== 'system') return choice;
  const first = system.find((tag) => /^(en|ja)\b/i.test(tag));
  return first?.toLowerCase().startsWith('ja') ? 'ja' : 'en';
}

export function resolveTheme(choice: Settings['theme'], dark: boolean): 'light' | 'dark' {
  return choice === 'system' ? (dark ? 'dark' : 'light') : choice;
}

const darkSystem = () => matchMedia('(prefers-color-scheme: dark)');

/** Puts language, theme and text size on the document. */
export function applySettings(settings: Pick<Settings, 'language' | 'theme' | 'fontSize'>): void {
  const root = document.documentElement;
  const chosen = resolveLanguage(settings.language, navigator.languages);
  root.lang = chosen;
  root.dataset.theme = resolveTheme(settings.theme, darkSystem().matches);
  root.style.setProperty('--scale', String(settings.fontSize / 13));
  language.set(chosen);
}

export function onSystemTheme(listener: () => void): () => void {
  const system = darkSystem();
  system.addEventListener('change', listener);
  return () => system.removeEventListener('change', listener);
}

export function useSettings(): Settings | null {
  return useQuery('settings.read', {}).value;
}
