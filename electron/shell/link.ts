// The only way out of the app: one function opens what a link names, and only three schemes (S9).
import { domainToUnicode } from 'node:url';
import { type BrowserWindow, dialog, shell } from 'electron';
import type { Words } from './words.js';

export type LinkTarget =
  | { readonly kind: 'open'; readonly address: string }
  | { readonly kind: 'ask'; readonly address: string; readonly host: string }
  | { readonly kind: 'refuse' };

/** https and mailto open; http is asked for, and so is any name that is not what it seems (punycode, credentials). */
export function judgeLink(text: string): LinkTarget {
  const url = parse(text);
  if (url === null) return { kind: 'refuse' };
  if (url.protocol === 'mailto:') return { kind: 'open', address: url.href };
  if (url.protocol !== 'https:' && url.protocol !== 'http:') return { kind: 'refuse' };
  const plain = url.protocol === 'https:' && !url.hostname.includes('xn--') && url.username === '' && url.password === '';
  if (plain) return { kind: 'open', address: url.href };
  const shown = domainToUnicode(url.hostname);
  return { kind: 'ask', address: url.href, host: shown === '' || shown === url.hostname ? url.hostname : `${url.hostname} (${shown})` };
}

function parse(text: string): URL | null {
  try {
    return new URL(text);
  } catch {
    return null;
  }
}

/** Asks where it must, then hands the address to the desktop. */
export async function openLink(text: string, window: BrowserWindow | null, words: Words): Promise<void> {
  const target = judgeLink(text);
  if (target.kind === 'refuse') return;
  if (target.kind === 'ask' && !(await agreed(target.address, target.host, window, words))) return;
  await shell.openExternal(target.address);
}

async function agreed(address: string, host: string, window: BrowserWindow | null, words: Words): Promise<boolean> {
  const question = {
    type: 'warning' as const,
    message: words.openLink(host),
    detail: address.slice(0, 2000),
    buttons: [words.cancel, words.open],
    defaultId: 0,
    cancelId: 0,
  };
  const { response } = await (window === null ? dialog.showMessageBox(question) : dialog.showMessageBox(window, question));
  return response === 1;
}
