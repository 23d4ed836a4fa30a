// From a key press to a command. Letters stay letters where a person types.
import type { Settings } from '../../shared/settings.js';
import { createStore } from '../state/store.js';
import { type Keymap, keymaps } from './keymap.js';
import { type CommandId, canRun, runCommand } from './table.js';

export const manner = createStore<Settings['keys']>('thunderbird');

/** Milliseconds that the first key of a pair waits for the second. */
const pairTime = 1000;

interface Press {
  readonly key: string;
  readonly ctrlKey: boolean;
  readonly metaKey: boolean;
  readonly altKey: boolean;
  readonly shiftKey: boolean;
}

/** 'Ctrl+Shift+K', 'F', '?', 'Delete'. Shift is only named with letters and named keys. */
export function keyName(press: Press): string {
  const letter = press.key.length === 1;
  const key = letter ? (press.key === ' ' ? 'Space' : press.key.toUpperCase()) : press.key;
  const shifted = press.shiftKey && (!letter || /^[A-Z]$/.test(key) || press.key === ' ');
  return [press.ctrlKey || press.metaKey ? 'Ctrl+' : '', press.altKey ? 'Alt+' : '', shifted ? 'Shift+' : '', key].join('');
}

export function commandsFor(keymap: Keymap, keys: string): readonly CommandId[] {
  return (Object.keys(keymap) as CommandId[]).filter((id) => keymap[id]?.includes(keys));
}

export function keysFor(id: CommandId, keymap: Keymap = keymaps[manner.get()]): readonly string[] {
  return keymap[id] ?? [];
}

const beginsPair = (keymap: Keymap, keys: string) => Object.values(keymap).some((all) => all?.some((each) => each.startsWith(`${keys} `)));

function typing(target: EventTarget | null): boolean {
  return (
    target instanceof HTMLElement &&
    (target.isContentEditable || target.matches('input:not([type=checkbox]):not([type=radio]), textarea, select'))
  );
}
const covered = () => document.querySelector('[role=dialog], [role=alertdialog], [role=menu]') !== null;

/** Listens on the window. Returns the way to stop. */
export function followKeys(): () => void {
  let first = '';
  let timer = 0;
  const listener = (event: KeyboardEvent) => {
    const name = keyName(event);
    const chord = event.ctrlKey || event.metaKey || /^F\d/.test(event.key);
    if (event.defaultPrevented || event.isComposing || covered() || (typing(event.target) && !chord)) return;
    const keymap = keymaps[manner.get()];
    const keys = first === '' ? name : `${first} ${name}`;
    clearTimeout(timer);
    first = '';
    const id = commandsFor(keymap, keys).find(canRun);
    if (id !== undefined) {
      event.preventDefault();
      runCommand(id);
    } else if (beginsPair(keymap, keys)) {
      first = keys;
      timer = setTimeout(() => {
        first = '';
      }, pairTime) as unknown as number;
    }
  };
  addEventListener('keydown', listener);
  return () => removeEventListener('keydown', listener);
}
