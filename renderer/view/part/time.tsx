// Times: short with the whole in a tooltip, relative, and counting down.
import { useEffect, useState } from 'react';
import { formatExact, formatRelative, formatShort } from '../../text/date.js';
import { useLanguage, useText } from '../../text/text.js';

/** The time, renewed every so many milliseconds. */
export function useNow(every: number): Date {
  const [now, setNow] = useState(() => new Date());
  useEffect(() => {
    const timer = setInterval(() => setNow(new Date()), every);
    return () => clearInterval(timer);
  }, [every]);
  return now;
}

export function ShortTime({ iso, now }: { iso: string; now?: Date }) {
  const to = useLanguage();
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={formatExact(date, to)}>
      {formatShort(date, to, now ?? new Date())}
    </time>
  );
}

export function RelativeTime({ iso }: { iso: string }) {
  const t = useText();
  const to = useLanguage();
  const now = useNow(30_000);
  const date = new Date(iso);
  return (
    <time dateTime={iso} title={formatExact(date, to)}>
      {formatRelative(date, to, now) ?? t('common.justNow')}
    </time>
  );
}
