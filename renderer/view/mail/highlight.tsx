// Marks the words that were searched for, however wide or tall they are written.

/** Ranges [from, to) of the text that match a word, in order and apart. */
export function findMarks(text: string, words: readonly string[]): readonly (readonly [number, number])[] {
  const { folded, at } = foldWithPlaces(text);
  const ranges: [number, number][] = [];
  for (const word of words) {
    if (word === '') continue;
    for (let from = folded.indexOf(word); from >= 0; from = folded.indexOf(word, from + word.length)) {
      ranges.push([at[from] ?? 0, at[from + word.length] ?? text.length]);
    }
  }
  return merge(ranges.sort(([a], [b]) => a - b));
}

/** A character with what stands on it: half-width ｷ and ﾞ are one, as in the index. */
const characters = /[^\p{M}\uFF9E\uFF9F][\p{M}\uFF9E\uFF9F]*|./gsu;

/** Folded as the index folds (NFKC, lower case); `at[i]` is where the folded character i came from. */
function foldWithPlaces(text: string): { folded: string; at: readonly number[] } {
  let folded = '';
  const at: number[] = [];
  let place = 0;
  for (const character of text.match(characters) ?? []) {
    const small = character.normalize('NFKC').toLowerCase();
    for (let index = 0; index < small.length; index += 1) at.push(place);
    folded += small;
    place += character.length;
  }
  return { folded, at };
}

function merge(ranges: readonly [number, number][]): readonly (readonly [number, number])[] {
  const apart: [number, number][] = [];
  for (const [from, to] of ranges) {
    const last = apart.at(-1);
    if (last !== undefined && from <= last[1]) last[1] = Math.max(last[1], to);
    else apart.push([from, to]);
  }
  return apart;
}

export function Marked({ text, words }: { text: string; words: readonly string[] }) {
  if (words.length === 0) return text;
  const parts = [];
  let done = 0;
  for (const [from, to] of findMarks(text, words)) {
    parts.push(text.slice(done, from), <mark key={from}>{text.slice(from, to)}</mark>);
    done = to;
  }
  return [...parts, text.slice(done)];
}
