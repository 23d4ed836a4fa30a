// The log's lines: those that were read and those that came since; filtered; as text.
import { useEffect, useMemo, useState } from 'react';
import type { Failure } from '../../../shared/error.js';
import type { LogLine } from '../../../shared/station.js';
import { on } from '../../state/link.js';
import { useQuery } from '../../state/query.js';

/** Lines kept in the window. */
const most = 2000;
const levels: readonly LogLine['level'][] = ['debug', 'info', 'warn', 'error'];

export interface LogFilter {
  readonly least: LogLine['level'];
  /** null: all; '': the station's own lines. */
  readonly account: string | null;
}

export function filterLines(lines: readonly LogLine[], { least, account }: LogFilter): readonly LogLine[] {
  const from = levels.indexOf(least);
  return lines.filter((line) => levels.indexOf(line.level) >= from && (account === null || (line.account ?? '') === account));
}

export function logText(lines: readonly LogLine[]): string {
  return lines.map(({ time, level, account, text }) => [time, level, account, text].filter(Boolean).join(' ')).join('\n');
}

/** Oldest first, whatever order the station has; each line once. */
export function joinLog(read: readonly LogLine[], later: readonly LogLine[]): readonly LogLine[] {
  const sorted = [...read].sort((a, b) => a.time.localeCompare(b.time));
  const last = sorted.at(-1)?.time ?? '';
  return [...sorted, ...later.filter(({ time }) => time > last)].slice(-most);
}

export function useLog(): { readonly lines: readonly LogLine[] | null; readonly failure: Failure | null } {
  const { value, failure } = useQuery('log.read', { lines: 1000 });
  const [later, setLater] = useState<readonly LogLine[]>([]);
  useEffect(() => {
    const waiting: LogLine[] = [];
    const timer = setInterval(() => {
      if (waiting.length > 0) setLater((before) => [...before, ...waiting.splice(0)].slice(-most));
    }, 250);
    const stop = on('log.line', (line) => waiting.push(line));
    return () => {
      stop();
      clearInterval(timer);
    };
  }, []);
  const lines = useMemo(() => (value === null ? null : joinLog(value, later)), [value, later]);
  return { lines, failure };
}
