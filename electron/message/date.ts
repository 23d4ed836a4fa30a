// The Date of a message: RFC 5322, the obsolete forms, and what programs write instead.

const months = ['jan', 'feb', 'mar', 'apr', 'may', 'jun', 'jul', 'aug', 'sep', 'oct', 'nov', 'dec'];
/** Minutes east of UTC. RFC 5322 section 4.3, and the one our users meet. */
const zones: Readonly<Record<string, number>> = {
  ut: 0,
  gmt: 0,
  utc: 0,
  z: 0,
  edt: -240,
  est: -300,
  cdt: -300,
  cst: -360,
  mdt: -360,
  mst: -420,
  pdt: -420,
  pst: -480,
  jst: 540,
  bst: 60,
  cet: 60,
  cest: 120,
};
const form = /(\d{1,2})[\s-]+([A-Za-z]{3})[a-z]*\.?[\s-]+(\d{2,4})\s+(\d{1,2})[:.](\d{1,2})(?:[:.](\d{1,2}))?(?:\s*([+-]\d{4}|[A-Za-z]+))?/;

function zoneMinutes(zone: string | undefined): number {
  if (zone === undefined) return 0;
  const numeric = /^([+-])(\d{2})(\d{2})$/.exec(zone);
  if (numeric === null) return zones[zone.toLowerCase()] ?? 0;
  return (numeric[1] === '-' ? -1 : 1) * (Number(numeric[2]) * 60 + Number(numeric[3]));
}

/** Two-digit years: RFC 5322 section 4.3. */
function fullYear(text: string): number {
  const year = Number(text);
  return text.length === 2 ? year + (year < 50 ? 2000 : 1900) : text.length === 3 ? year + 1900 : year;
}

/** Milliseconds since 1970, or null where no date can be read. */
export function parseDate(value: string | null): number | null {
  if (value === null) return null;
  const text = value.slice(0, 200);
  const match = form.exec(text);
  const month = months.indexOf((match?.[2] ?? '').toLowerCase());
  if (match === null || month < 0) return sane(Date.parse(text));
  const [, day = '', , year = '', hour = '', minute = '', second = '0', zone] = match;
  return sane(Date.UTC(fullYear(year), month, Number(day), Number(hour), Number(minute) - zoneMinutes(zone), Number(second)));
}

function sane(time: number): number | null {
  return Number.isNaN(time) || Math.abs(time) > 253_402_300_799_000 ? null : time;
}
