// Both languages say the same things with the same placeholders, and every sentence can be formatted.
import { parse, TYPE } from '@formatjs/icu-messageformat-parser';
import { describe, expect, test } from 'vitest';
import { en } from '../../../renderer/text/en.js';
import { ja } from '../../../renderer/text/ja.js';

type Tables = Readonly<Record<string, Readonly<Record<string, string>>>>;

function placeholders(sentence: string): readonly string[] {
  const names = new Set<string>();
  const walk = (elements: ReturnType<typeof parse>) => {
    for (const element of elements) {
      if (element.type === TYPE.argument || element.type === TYPE.number || element.type === TYPE.date || element.type === TYPE.time)
        names.add(element.value);
      if (element.type === TYPE.plural || element.type === TYPE.select) {
        names.add(element.value);
        for (const option of Object.values(element.options)) walk(option.value);
      }
    }
  };
  walk(parse(sentence));
  return [...names].sort();
}

const areas = Object.keys(en);

describe.each(areas)('%s', (area) => {
  const english = (en as Tables)[area] ?? {};
  const japanese = (ja as Tables)[area] ?? {};

  test('has the same keys in both languages', () => {
    expect(Object.keys(japanese).sort()).toEqual(Object.keys(english).sort());
  });
  test('has the same placeholders in both languages', () => {
    const differing = Object.keys(english).filter(
      (key) => placeholders(english[key] ?? '').join() !== placeholders(japanese[key] ?? '').join(),
    );
    expect(differing).toEqual([]);
  });
  test('leaves nothing empty and shouts nowhere', () => {
    const all = [...Object.values(english), ...Object.values(japanese)];
    expect(all.filter((sentence) => sentence.trim() === '' || /[!！]|please|oops/i.test(sentence))).toEqual([]);
  });
});
