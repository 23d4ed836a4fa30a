// An iCalendar part (RFC 5545, RFC 5546) as the pane's card says it: what, when, where, who. Nothing is answered or stored.
import type { CalendarEvent, Card, CardTime } from '../../shared/card.js';
import { type ContentLine, contentLines, unescapeText } from './content-line.js';

const [eventLimit, attendeeLimit, textLimit] = [50, 200, 4_000];

/** Null where there is no event in it. */
export function readCalendar(text: string): Card | null {
  const lines = contentLines(text);
  const method =
    lines
      .find(({ name }) => name === 'METHOD')
      ?.value.trim()
      .toUpperCase() ?? '';
  const events = blocks(lines, 'VEVENT').slice(0, eventLimit).map(eventOf);
  return events.length === 0 ? null : { kind: 'calendar', method: /^[A-Z]{1,20}$/.test(method) ? method : '', events };
}

/** Lines between BEGIN:name and its END; what is nested in it (alarms) left out. */
export function blocks(lines: readonly ContentLine[], wanted: string): readonly (readonly ContentLine[])[] {
  const found: ContentLine[][] = [];
  let open: ContentLine[] | null = null;
  let nested = 0;
  for (const line of lines) {
    const value = line.value.trim().toUpperCase();
    if (line.name === 'BEGIN' && open !== null) nested += 1;
    else if (line.name === 'BEGIN' && value === wanted) open = [];
    else if (line.name === 'END' && open !== null) {
      if (nested > 0) nested -= 1;
      else {
        found.push(open);
        open = null;
      }
    } else if (open !== null && nested === 0) open.push(line);
  }
  return found;
}

function eventOf(lines: readonly ContentLine[]): CalendarEvent {
  const line = (name: string) => lines.find((one) => one.name === name) ?? null;
  const text = (name: string) =>
    unescapeText(line(name)?.value ?? '')
      .slice(0, textLimit)
      .trim();
  return {
    summary: text('SUMMARY'),
    start: timeOf(line('DTSTART')),
    end: timeOf(line('DTEND')),
    location: text('LOCATION'),
    organizer: personOf(line('ORGANIZER')),
    attendees: lines
      .filter(({ name }) => name === 'ATTENDEE')
      .slice(0, attendeeLimit)
      .map((one) => ({ name: personOf(one), answer: answerOf(one) })),
    description: text('DESCRIPTION'),
    repeats: /\bFREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b/i.exec(line('RRULE')?.value ?? '')?.[1]?.toLowerCase() ?? null,
    cancelled: text('STATUS').toUpperCase() === 'CANCELLED',
  };
}

function personOf(line: ContentLine | null): string {
  if (line === null) return '';
  const address = line.value.replace(/^mailto:/i, '').trim();
  const name = line.parameters.get('CN') ?? '';
  return (name === '' || name === address ? address : `${name} <${address}>`).slice(0, 400);
}

function answerOf({ parameters }: ContentLine): CalendarEvent['attendees'][number]['answer'] {
  const said = (parameters.get('PARTSTAT') ?? '').toLowerCase();
  return said === 'accepted' || said === 'declined' || said === 'tentative' ? said : 'open';
}

/** RFC 5545 section 3.3.5: UTC, in a named zone, or floating; or a date alone. */
function timeOf(line: ContentLine | null): CardTime | null {
  const [, year, month, day, hour, minute, second, utc] =
    /^(\d{4})(\d{2})(\d{2})(?:T(\d{2})(\d{2})(\d{2})?(Z)?)?$/.exec(line?.value.trim() ?? '') ?? [];
  if (year === undefined) return null;
  const date = `${year}-${month}-${day}`;
  if (hour === undefined) return { instant: null, local: date, zone: null };
  const local = `${date}T${hour}:${minute}`;
  const written = Date.parse(`${local}:${second ?? '00'}Z`);
  if (Number.isNaN(written)) return null;
  if (utc !== undefined) return { instant: new Date(written).toISOString(), local, zone: 'UTC' };
  const zone = line?.parameters.get('TZID')?.slice(0, 100) ?? null;
  const offset = zone === null ? null : offsetOf(zone, written);
  return { instant: offset === null ? null : new Date(written - offset).toISOString(), local, zone };
}

/** Milliseconds east of UTC at that local time; null for a zone that is not in the tz database (Outlook writes its own). */
function offsetOf(zone: string, written: number): number | null {
  try {
    const at = (time: number) => {
      const format = new Intl.DateTimeFormat('en-US', { timeZone: zone.replace(/^\/.*\/(?=\w+\/\w+$)/, ''), timeZoneName: 'longOffset' });
      const said = format.formatToParts(time).find(({ type }) => type === 'timeZoneName')?.value ?? '';
      const [, sign, hours = '0', minutes = '0'] = /^GMT(?:([+-])(\d{2}):(\d{2}))?$/.exec(said) ?? [];
      return (sign === '-' ? -1 : 1) * (Number(hours) * 60 + Number(minutes)) * 60_000;
    };
    return at(written - at(written));
  } catch {
    return null;
  }
}
