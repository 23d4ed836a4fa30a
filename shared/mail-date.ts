// A date as mail headers carry it, read the way the world writes it: RFC 5322 and its obsolete zones, ctime,
// ISO 8601, two-digit years, zone names in comments, Japanese words. Not a calendar: only an instant comes out.

const months: Readonly<Record<string, number>> = {
  jan: 0,
  feb: 1,
  mar: 2,
  apr: 3,
  may: 4,
  jun: 5,
  jul: 6,
  aug: 7,
  sep: 8,
  oct: 9,
  nov: 10,
  dec: 11,
};
/** Minutes east of Greenwich. RFC 5322 4.3, and names seen in Received lines. Unknown names and military letters count as UTC. */
const zones: Readonly<Record<string, number>> = {
  EST: -300,
  EDT: -240,
  CST: -360,
  CDT: -300,
  MST: -420,
  MDT: -360,
  PST: -480,
  PDT: -420,
  AKST: -540,
  AKDT: -480,
  HST: -600,
  AST: -240,
  NST: -210,
  BRT: -180,
  WET: 0,
  WEST: 60,
  BST: 60,
  CET: 60,
  MET: 60,
  CEST: 120,
  MEST: 120,
  EET: 120,
  EEST: 180,
  MSK: 180,
  IST: 330,
  HKT: 480,
  SGT: 480,
  AWST: 480,
  JST: 540,
  KST: 540,
  AEST: 600,
  AEDT: 660,
  NZST: 720,
  NZDT: 780,
};
/** A date is short; what is longer is not one, and must not cost time. */
const longest = 300;
/** Widest real zone is UTC+14; spam writes more. */
const widestZone = 15 * 60;

interface Day {
  readonly year: number;
  readonly month: number;
  readonly day: number;
}

function fullYear(text: string): number {
  const year = Number(text);
  // 0102 and 102: years since 1900, written by programs of 2002.
  if (text.length === 3 || (text.length === 4 && year < 200)) return 1900 + year;
  if (text.length >= 4) return year;
  return year < 50 ? 2000 + year : 1900 + year;
}

function readDay(text: string): Day | null {
  const dayFirst = /(?<!\d)(\d{1,2})[\s-]{1,5}([a-z]{3})[a-z]{0,6}\.?[\s,-]{1,5}(\d{2,4})(?![\d:])/i.exec(text);
  const first = dayFirst ? named(dayFirst[3], dayFirst[2], dayFirst[1]) : null;
  if (first) return first;
  const ctime = /\b([a-z]{3})[a-z]{0,6},?\s{1,3}(\d{1,2})[\s,].{0,30}?(?<![\d:+-])(\d{4})(?!\d)/i.exec(text);
  if (ctime) return named(ctime[3], ctime[1], ctime[2]);
  const numbers = /(?<!\d)(\d{4})(?:[-/]|年\s?)(\d{1,2})(?:[-/]|月\s?)(\d{1,2})/.exec(text);
  return numbers ? { year: Number(numbers[1]), month: Number(numbers[2]) - 1, day: Number(numbers[3]) } : readSlashes(text);
}

/** `22/08/2002`: only where one of the numbers can be no month. */
function readSlashes(text: string): Day | null {
  const found = /(?<!\d)(\d{1,2})\/(\d{1,2})\/(\d{4})(?!\d)/.exec(text);
  const [first, second, year] = [Number(found?.[1]), Number(found?.[2]), Number(found?.[3])];
  if (!found || (first <= 12 && second <= 12 && first !== second)) return null;
  return first > 12 ? { year, month: second - 1, day: first } : { year, month: first - 1, day: second };
}

function named(year = '', month = '', day = ''): Day | null {
  const index = months[month.toLowerCase()];
  return index === undefined ? null : { year: fullYear(year), month: index, day: Number(day) };
}

/** Minutes east of UTC; the number wins over a name, -0000 and nothing are UTC. */
function readZone(text: string): number {
  const number = /(?:^|[\s.\d(A-Z])([+-])(\d{1,2}):?(\d{2})(?!\d)/.exec(text);
  if (number) {
    const minutes = Number(number[2]) * 60 + Number(number[3]);
    return minutes > widestZone ? 0 : number[1] === '-' ? -minutes : minutes;
  }
  for (const word of text.matchAll(/[A-Z]{3,4}\b/g)) {
    const minutes = zones[word[0]];
    if (minutes !== undefined) return minutes;
  }
  return 0;
}

/** Milliseconds since 1970, or null where no instant can be read. A missing zone is taken as UTC. Never throws. */
export function mailDate(text: string): number | null {
  const short = text.slice(0, longest);
  const day = readDay(short);
  const time = /(?<![\d:+-])(\d{1,2}):(\d{2})(?::(\d{2}))?(?:\.\d{1,9})?\s?([AP]M\b)?/i.exec(short);
  if (!day || !time) return null;
  const hour = clockHour(Number(time[1]), time[4]);
  const [minute, second] = [Number(time[2]), Math.min(Number(time[3] ?? 0), 60)];
  if (day.month > 11 || day.day < 1 || day.day > 31 || hour > 24 || minute > 59 || day.year < 1970 || day.year > 9999) return null;
  const zone = readZone(short.slice(time.index + time[0].length));
  return Date.UTC(day.year, day.month, day.day, hour, minute - zone, second);
}

function clockHour(hour: number, half: string | undefined): number {
  if (half === undefined) return hour;
  return (hour % 12) + (half.toLowerCase() === 'pm' ? 12 : 0);
}

/** ISO 8601 in UTC without milliseconds, or null. */
export function isoDate(text: string): string | null {
  const instant = mailDate(text);
  return instant === null ? null : isoOf(instant);
}

export function isoOf(instant: number): string {
  return `${new Date(instant).toISOString().slice(0, 19)}Z`;
}
