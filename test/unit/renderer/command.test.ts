// One table of commands feeds menu, palette and keys: all ids are real, and no key means two things.
import { describe, expect, test } from 'vitest';
import { keymaps } from '../../../renderer/command/keymap.js';
import { commandsFor, keyName } from '../../../renderer/command/keys.js';
import { matchScore } from '../../../renderer/command/match.js';
import { commandIds, commands, isCommand } from '../../../renderer/command/table.js';
import { translator } from '../../../renderer/text/text.js';

describe('commands', () => {
  test('have different titles in each language', () => {
    for (const language of ['en', 'ja'] as const) {
      const titles = commandIds.map((id) => translator(language)(commands[id].title));
      expect(titles.filter((title, index) => titles.indexOf(title) !== index)).toEqual([]);
    }
  });
});

describe.each(Object.entries(keymaps))('keys in the manner of %s', (_, keymap) => {
  test('belong to commands that exist', () => {
    expect(Object.keys(keymap).filter((id) => !isCommand(id))).toEqual([]);
  });
  test('mean one thing', () => {
    const all = Object.values(keymap).flat();
    expect(all.filter((keys, index) => all.indexOf(keys) !== index)).toEqual([]);
  });
  test('no key is also the first of a pair', () => {
    const all = Object.values(keymap).flat();
    expect(all.filter((keys) => all.some((other) => other?.startsWith(`${keys} `)))).toEqual([]);
  });
});

describe('keyName', () => {
  const press = (key: string, ...held: string[]) =>
    keyName({
      key,
      ctrlKey: held.includes('Ctrl'),
      metaKey: held.includes('Meta'),
      altKey: held.includes('Alt'),
      shiftKey: held.includes('Shift'),
    });
  test.each([
    [press('f'), 'F'],
    [press('F', 'Shift'), 'Shift+F'],
    [press('?', 'Shift'), '?'],
    [press('k', 'Ctrl'), 'Ctrl+K'],
    [press('k', 'Meta'), 'Ctrl+K'],
    [press('K', 'Ctrl', 'Shift'), 'Ctrl+Shift+K'],
    [press('Delete', 'Shift'), 'Shift+Delete'],
    [press(' '), 'Space'],
    [press('F6', 'Shift'), 'Shift+F6'],
  ])('%s is %s', (name, expected) => {
    expect(name).toBe(expected);
  });
  test('finds its command', () => {
    expect(commandsFor(keymaps.thunderbird, 'N')).toEqual(['mail.nextUnread']);
    expect(commandsFor(keymaps.gmail, 'G I')).toEqual(['go.inbox']);
  });
});

describe('matchScore', () => {
  test('wants every word, and likes beginnings', () => {
    expect(matchScore('Go to the inbox', 'inb go')).toBeGreaterThan(0);
    expect(matchScore('Go to the inbox', 'box sent')).toBe(0);
    expect(matchScore('Mark as read', 'read')).toBeGreaterThan(matchScore('Already there', 'read'));
  });
  test('folds width and case', () => {
    expect(matchScore('ステーションへ', 'ｽﾃｰｼｮﾝ')).toBeGreaterThan(0);
  });
});
