// Calendar and contact cards, and what a hostile one may not do.
import { expect, test } from 'vitest';
import { readCalendar } from '../../../electron/message/calendar.js';
import { readContacts } from '../../../electron/message/contact.js';

const event = (...lines: string[]) =>
  readCalendar(['BEGIN:VCALENDAR', 'METHOD:REQUEST', 'BEGIN:VEVENT', ...lines, 'END:VEVENT', 'END:VCALENDAR'].join('\r\n'));
const first = (...lines: string[]) => {
  const card = event(...lines);
  return card?.kind === 'calendar' ? card.events[0] : undefined;
};

test('an invitation: folded lines, escapes, people and their answers', () => {
  const card = event(
    'SUMMARY:Lunch\\, or',
    '  dinner',
    'LOCATION:会議室 A\\;B',
    'ORGANIZER;CN="Mori, Ayumi":mailto:ayumi@mori.example',
    'ATTENDEE;PARTSTAT=ACCEPTED;CN=Ken:MAILTO:ken@example.com',
    'ATTENDEE;PARTSTAT=NEEDS-ACTION:mailto:leo@example.com',
    'DESCRIPTION:one\\ntwo',
    'RRULE:FREQ=WEEKLY;COUNT=3',
    'BEGIN:VALARM',
    'DESCRIPTION:not this',
    'END:VALARM',
  );
  expect(card).toMatchObject({ kind: 'calendar', method: 'REQUEST' });
  expect(card?.kind === 'calendar' && card.events).toMatchObject([
    {
      summary: 'Lunch, or dinner',
      location: '会議室 A;B',
      organizer: 'Mori, Ayumi <ayumi@mori.example>',
      attendees: [
        { name: 'Ken <ken@example.com>', answer: 'accepted' },
        { name: 'leo@example.com', answer: 'open' },
      ],
      description: 'one\ntwo',
      repeats: 'weekly',
      cancelled: false,
    },
  ]);
});
test.each([
  ['DTSTART:20261124T010000Z', { instant: '2026-11-24T01:00:00.000Z', local: '2026-11-24T01:00', zone: 'UTC' }],
  ['DTSTART;TZID=Asia/Tokyo:20261124T100000', { instant: '2026-11-24T01:00:00.000Z', local: '2026-11-24T10:00', zone: 'Asia/Tokyo' }],
  [
    'DTSTART;TZID=America/New_York:20260704T120000',
    { instant: '2026-07-04T16:00:00.000Z', local: '2026-07-04T12:00', zone: 'America/New_York' },
  ],
  ['DTSTART;TZID=Tokyo Standard Time:20261124T100000', { instant: null, local: '2026-11-24T10:00', zone: 'Tokyo Standard Time' }],
  ['DTSTART:20261124T100000', { instant: null, local: '2026-11-24T10:00', zone: null }],
  ['DTSTART;VALUE=DATE:20261124', { instant: null, local: '2026-11-24', zone: null }],
  ['DTSTART:tomorrow', null],
  ['DTSTART:20269999T999999', null],
])('%s', (line, expected) => {
  expect(first(line)?.start).toEqual(expected);
});
test('nothing to show gives no card', () => {
  expect(readCalendar('BEGIN:VCALENDAR\nEND:VCALENDAR')).toBe(null);
  expect(readContacts('hello')).toBe(null);
});
test('a thousand events are bounded, and fast', () => {
  const card = readCalendar('BEGIN:VEVENT\nSUMMARY:x\nEND:VEVENT\n'.repeat(1000));
  expect(card?.kind === 'calendar' && card.events.length).toBe(50);
  expect(readCalendar(`BEGIN:VEVENT\nSUMMARY${';a'.repeat(50_000)}:x\n${'BEGIN:X\n'.repeat(5000)}`)).toBe(null);
});

test('a contact of vCard 3.0 and 4.0', () => {
  const card = readContacts(
    'BEGIN:VCARD\nVERSION:4.0\nFN:森 あゆみ\nORG:Mori;Sales\nTITLE:Head\nitem1.EMAIL;TYPE=work:ayumi@mori.example\nTEL;VALUE=uri:tel:+81-3-1234\nADR:;;1-2-3;Tokyo;;100-0001;Japan\nURL:https://mori.example\nBDAY:19800102\nNOTE:a\\nb\nEND:VCARD',
  );
  expect(card).toEqual({
    kind: 'contacts',
    contacts: [
      {
        name: '森 あゆみ',
        organization: 'Mori, Sales',
        title: 'Head',
        emails: ['ayumi@mori.example'],
        phones: ['+81-3-1234'],
        addresses: ['1-2-3, Tokyo, 100-0001, Japan'],
        links: ['https://mori.example'],
        birthday: '19800102',
        note: 'a\nb',
      },
    ],
  });
});
test('quoted-printable of vCard 2.1, over two lines', () => {
  const card = readContacts('BEGIN:VCARD\nVERSION:2.1\nFN;CHARSET=UTF-8;ENCODING=QUOTED-PRINTABLE:=E6=A3=\n=AE\nEND:VCARD\n');
  expect(card?.kind === 'contacts' && card.contacts[0]?.name).toBe('森');
});
