// A calendar entry as it is read, not as a file: what, when, where, who. Nothing is answered from here.
import type { CalendarEvent, CardTime } from '../../../shared/card.js';
import { formatDate, formatLong } from '../../text/date.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';

const methods: Readonly<Record<string, TextKey>> = {
  REQUEST: 'reader.calendarRequest',
  REPLY: 'reader.calendarReply',
  CANCEL: 'reader.calendarCancel',
};
const repeats: Readonly<Record<string, TextKey>> = {
  daily: 'reader.repeatsDaily',
  weekly: 'reader.repeatsWeekly',
  monthly: 'reader.repeatsMonthly',
  yearly: 'reader.repeatsYearly',
};
const answers: Readonly<Record<CalendarEvent['attendees'][number]['answer'], TextKey | null>> = {
  accepted: 'reader.answerYes',
  declined: 'reader.answerNo',
  tentative: 'reader.answerMaybe',
  open: null,
};

export function CalendarCard({ method, events }: { method: string; events: readonly CalendarEvent[] }) {
  const t = useText();
  return (
    <section className="card" aria-label={t('reader.specialCalendar')}>
      <p className="small t3 row">
        <Icon name="calendar" small />
        {t(methods[method] ?? 'reader.specialCalendar')}
      </p>
      {events.map((event, index) => (
        <Event key={String(index)} event={event} />
      ))}
    </section>
  );
}

function Event({ event }: { event: CalendarEvent }) {
  const t = useText();
  const when = useWhen(event.start, event.end);
  const repeat = event.repeats === null ? undefined : repeats[event.repeats];
  return (
    <div className="card-one select">
      <h3 className={event.cancelled ? 'gone' : ''}>{event.summary || t('reader.calendarUntitled')}</h3>
      {event.cancelled ? <p className="b">{t('reader.calendarCancel')}</p> : null}
      <dl className="kv">
        <Line label="reader.when" value={[when, repeat === undefined ? '' : t(repeat)].filter(Boolean).join(', ')} />
        <Line label="reader.where" value={event.location} />
        <Line label="reader.organizer" value={event.organizer} />
        <Line
          label="reader.attendees"
          value={event.attendees
            .map(({ name, answer }) => {
              const word = answers[answer];
              return word === null ? name : `${name} (${t(word)})`;
            })
            .join(', ')}
        />
      </dl>
      {event.description === '' ? null : <p className="card-text">{event.description}</p>}
    </div>
  );
}

export function Line({ label, value }: { label: TextKey; value: string }) {
  const t = useText();
  if (value === '') return null;
  return (
    <>
      <dt>{t(label)}</dt>
      <dd>{value}</dd>
    </>
  );
}

/** In the reader's own zone where the instant is known, else as written with its zone. */
function useWhen(start: CardTime | null, end: CardTime | null): string {
  const language = useLanguage();
  const say = ({ instant, local, zone }: CardTime) => {
    if (!local.includes('T')) return formatDate(new Date(`${local}T12:00`), language);
    if (instant !== null) return formatLong(new Date(instant), language);
    return [formatLong(new Date(local), language), zone ?? ''].filter(Boolean).join(' ');
  };
  const until = end?.local.includes('T') ? say(end) : '';
  return start === null ? until : [say(start), until].filter(Boolean).join(' – ');
}
