// An import's lines in the reader's language. The lines are written in English where the files are read; here each has its
// Japanese. What the file itself says (names, paths, options) stays as it is.
import type { Language } from './failure-text.js';
import { importParts, importReasons } from './import-ja.js';

/** A line of `taken`: where it stands, what it is, what becomes of it. */
export function sayTaken(line: string, language: Language): string {
  if (language === 'en') return line;
  const [, number, rest = line] = /^line (\d+): (.*)$/s.exec(line) ?? [];
  return `${number === undefined ? '' : `${number} 行目: `}${japaneseTaken(rest)}`;
}

/** The reason of a line of `notTaken`. */
export function sayWhy(why: string, language: Language): string {
  return language === 'en' ? why : (japanese(why) ?? why);
}

/** Whether a reason or a fate has its Japanese: what a test asks of every line. */
export function hasJapanese(text: string): boolean {
  return japanese(text) !== null;
}

/** What stands before a colon is the file's own; the first rest that is known is the fate. */
function japaneseTaken(text: string): string {
  const whole = japanese(text);
  if (whole !== null) return whole;
  for (let at = text.indexOf(': '); at >= 0; at = text.indexOf(': ', at + 1)) {
    const fate = japanese(text.slice(at + 2));
    if (fate !== null) return `${text.slice(0, at)}: ${fate}`;
  }
  return text;
}

function japanese(text: string): string | null {
  const known = Object.hasOwn(importReasons, text) ? importReasons[text] : undefined;
  if (known !== undefined) return known;
  for (const [pattern, words] of importParts) {
    const found = pattern.exec(text);
    if (found !== null) return words(...found.slice(1).map((part) => part ?? ''));
  }
  return text.includes('; ') ? several(text.split('; ')) : null;
}

/** An account's description: parts between semicolons, of which server and user need no translation. */
function several(parts: readonly string[]): string | null {
  const said = parts.map(
    (part) => japanese(part) ?? (/^(account \S+|(POP3|IMAP) \S+)$/.test(part) ? part.replace(/^account /, 'アカウント ') : null),
  );
  return said.includes(null) ? null : said.join('、');
}
