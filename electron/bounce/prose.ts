// A failure told in plain text, read with the table of makers: who was not reached, and in whose words.
import type { BounceKind } from '../../shared/bounce.js';
import { cleanAddress } from './address.js';
import { longestLine, longestSentence, mostLines, mostRecipients } from './limits.js';
import type { BounceMaker } from './maker/kind.js';
import { bounceMakers } from './maker/table.js';
import { announcedAt } from './original.js';
import { oneLine } from './recipient.js';
import type { Sender } from './sender.js';

export interface FailedAddress {
  readonly address: string;
  /** The server's words on this one; may be empty. */
  readonly sentence: string;
}
export interface Prose {
  readonly maker: string;
  readonly kind: BounceKind;
  readonly failed: readonly FailedAddress[];
  /** The sentences stand beside their recipients, and are not the whole text. */
  readonly beside: boolean;
  /** All words above the returned message. */
  readonly around: string;
}

export function linesOf(text: string): string[] {
  return text.split('\n', mostLines).map((line) => line.slice(0, longestLine).replace(/[ \t\r]+$/, ''));
}

/** `own`: addresses the report was sent to; a loose maker does not take them for recipients. Null: no maker knows it. */
export function readProse(lines: readonly string[], sender: Sender, own: ReadonlySet<string>): Prose | null {
  const above = lines.slice(0, announcedAt(lines));
  const opening = sender.daemon ? above : above.slice(0, secondWords(above) + 1);
  let known: Prose | null = null;
  for (const maker of bounceMakers) {
    if (maker.loose && sender.listed && !sender.daemon) continue;
    if ((maker.from && !maker.from.test(sender.from)) || (maker.mailer && !maker.mailer.test(sender.mailer))) continue;
    const at = opening.findIndex((line) => line !== '' && (maker.quoted || line[0] !== '>') && maker.key.test(line));
    if (at < 0) continue;
    const around = oneLine(above.filter((line) => !describing.test(line)).join(' ')).slice(0, longestSentence);
    const failed = failedIn(sectionOf(lines, maker, at, above.length), maker, own);
    if (failed.length > 0)
      return {
        maker: maker.name,
        kind: maker.kind ?? kindOf(around, sender),
        failed,
        around,
        beside: (maker.sentence ?? 'below') !== 'section',
      };
    known ??= { maker: maker.name, kind: maker.kind ?? kindOf(around, sender), failed: [], around, beside: false };
  }
  return known;
}

/** Index of the second line with words. A mail system comes to the point; a person who pastes a report says something first. */
function secondWords(lines: readonly string[]): number {
  const worded = lines.flatMap((line, index) => (/\p{L}{2}/u.test(line) ? [index] : []));
  return worded[1] ?? lines.length;
}

const stillTrying =
  /warning[: ].{0,60}(?:delay|not yet|still)|(?:message|delivery|mail) (?:has been |is |was )?delayed|delayed \d+|still being retried|will (?:be )?(?:retried|keep trying|continue to try|try again)|not yet been delivered|delivery delayed|\(delay\)/i;
const givenUp = /given up|giving up|permanent|will not be retried|has failed|failed permanently|not going to try again/i;

function kindOf(around: string, sender: Sender): BounceKind {
  const words = `${sender.subject} ${around.slice(0, 1500)}`;
  return stillTrying.test(words) && !givenUp.test(around) ? 'delayed' : 'failed';
}

interface Section {
  /** Where recipients stand. */
  readonly lines: readonly string[];
  /** Where the reason stands when it is not beside its recipient: from the key to the returned message. */
  readonly words: string;
}
/** Lines that describe the returned message: its subject explains nothing. Haraka puts it alone on a line, quoted. */
const describing = /^\s*(?:Subject|To|From|Cc|Date|Sent|Message-ID|件名|宛先)\s?[:：]|^ {4}"[^"]*"$/i;

function sectionOf(lines: readonly string[], maker: BounceMaker, at: number, announced: number): Section {
  const start = maker.whole ? 0 : at;
  const stop = maker.stop;
  const end = stop ? lines.findIndex((line, index) => index > at && stop.test(line)) : announced;
  const words = lines.slice(at, Math.max(announced, at + 1)).filter((line) => !describing.test(line));
  return {
    lines: lines.slice(start, end < 0 ? Math.max(announced, at + 1) : end),
    words: oneLine(words.join(' ')).slice(0, longestSentence),
  };
}

function failedIn(section: Section, maker: BounceMaker, own: ReadonlySet<string>): FailedAddress[] {
  const hits = section.lines.flatMap((line, index) => {
    const address = line === '' || (line[0] === '>' && !maker.quoted) ? null : addressIn(line, maker);
    return address === null || (maker.loose && own.has(address.toLowerCase())) ? [] : [{ address, index }];
  });
  const unique = hits.filter(
    (hit, index) => hits.findIndex((other) => other.address.toLowerCase() === hit.address.toLowerCase()) === index,
  );
  return unique.slice(0, maker.loose ? 20 : mostRecipients).map((hit) => {
    const next =
      hits.find((other) => other.index > hit.index && other.address.toLowerCase() !== hit.address.toLowerCase())?.index ??
      section.lines.length;
    return { address: hit.address, sentence: sentenceOf(section, maker, hit, next) };
  });
}

function addressIn(line: string, maker: BounceMaker): string | null {
  const found = maker.address.exec(line);
  const text = found?.slice(1).find((group) => group !== undefined);
  if (text === undefined) return null;
  return cleanAddress(text.includes('@') || maker.domain === undefined ? text : `${text}@${maker.domain}`);
}

function sentenceOf(section: Section, maker: BounceMaker, hit: { address: string; index: number }, next: number): string {
  const line = section.lines[hit.index] ?? '';
  if (maker.sentence === 'line') return oneLine(line).slice(0, longestSentence);
  if (maker.sentence === 'section') return section.words;
  const rest = line.slice(line.indexOf(hit.address) + hit.address.length).replace(/^[\s>:;")\]]+/, '');
  const below = section.lines.slice(hit.index + 1, next);
  const start = below.findIndex((each) => each !== '');
  const end = below.findIndex((each, index) => index > start && each === '');
  const paragraph = start < 0 || (rest !== '' && start > 0) ? [] : below.slice(start, end < 0 ? undefined : end);
  const said = oneLine([rest, ...paragraph].join(' ')).slice(0, longestSentence);
  return cleanAddress(said) === null ? said : '';
}
