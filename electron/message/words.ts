// Text as the index sees it: folded (NFKC, lower case, no accents; katakana and hiragana stay apart), then cut into
// words. Scripts written without blanks become overlapping pairs: 東京都 -> 東京 京都 都. A run's last character stands
// alone at its end, so that one character can be searched, and so that a phrase knows where a run ended.

/** Han, kana with their length mark, iteration marks, Hangul, Bopomofo. */
const cjk = '\\p{Script=Han}\\p{Script=Hiragana}\\p{Script=Katakana}\\p{Script=Hangul}\\p{Script=Bopomofo}ー々〆〇ゝゞヽヾ';
const run = new RegExp(`[${cjk}]+|(?:(?![${cjk}])[\\p{L}\\p{N}\\p{M}\\p{Co}])+`, 'gu');
const isCjk = new RegExp(`^[${cjk}]`, 'u');
const brokenLine = new RegExp(`(?<=[${cjk}])\\r?\\n(?=[${cjk}])`, 'gu');
/** Longer runs without a blank are encoded data, not words. */
const wordLimit = 64;

/** Folds case, width and accents. */
export function fold(text: string): string {
  if (!/[^\x00-\x7f]/.test(text)) return text.toLowerCase();
  const wide = text.normalize('NFKC').toLowerCase();
  return wide
    .normalize('NFD')
    .replace(/[\u0300-\u036f]+/g, '')
    .normalize('NFC');
}

/** Japanese text is broken anywhere at the end of a line: such lines are joined. `text` folded. */
function joinLines(text: string): string {
  return text.includes('\n') ? text.replace(brokenLine, '') : text;
}

function pairs(characters: readonly string[]): readonly string[] {
  return characters.map((character, at) => character + (characters[at + 1] ?? ''));
}

/** Words for the index, divided by blanks. */
export function indexWords(text: string): string {
  const words: string[] = [];
  for (const [found] of joinLines(fold(text)).matchAll(run)) {
    if (isCjk.test(found)) words.push(...pairs([...found]));
    else words.push(found.slice(0, wordLimit));
  }
  return words.join(' ');
}

export interface Phrase {
  /** Consecutive words; the last one may go on when `open`. */
  readonly words: readonly string[];
  readonly open: boolean;
}

/**
 * What to look for so that `text` is found: words in a row. `open`: the last word may go on ("meet" finds "meeting").
 * Two or more CJK characters are found anywhere, as no blank shows where a word ends. Null where nothing can be looked for.
 */
export function phraseOf(text: string, open: boolean): Phrase | null {
  const runs = [...joinLines(fold(text)).matchAll(run)].map(([found]) => found);
  const words: string[] = [];
  for (const [at, found] of runs.entries()) {
    if (!isCjk.test(found)) words.push(found.slice(0, wordLimit));
    else words.push(...lookFor([...found], at === runs.length - 1));
  }
  const last = runs.at(-1);
  if (last === undefined) return null;
  return { words, open: isCjk.test(last) ? [...last].length === 1 : open };
}

/** Inside the phrase the run has ended, so its lone last character is there too; at its end it may go on. */
function lookFor(characters: readonly string[], last: boolean): readonly string[] {
  const all = pairs(characters);
  return last && all.length > 1 ? all.slice(0, -1) : all;
}
