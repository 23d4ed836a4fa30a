// What was said to and by the server, as it is said; secrets were masked before a line existed.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { TranscriptLine, TranscriptSide } from '../../../shared/fetch.js';
import { on } from '../../state/link.js';
import { useQuery } from '../../state/query.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { CopyButton } from '../part/copy.js';
import { ErrorNote } from '../part/state.js';

const sides: Readonly<Record<TranscriptSide, TextKey>> = {
  station: 'station.sideStation',
  client: 'station.sideClient',
  server: 'station.sideServer',
  scanner: 'station.sideScanner',
  deliver: 'station.sideDeliver',
};
/** Lines kept in the window. */
const most = 2000;

export function Transcript({ account }: { account: string }) {
  const t = useText();
  const { value, failure } = useQuery('account.transcript', { id: account });
  const lines = useLines(account, value);
  return (
    <>
      <div className="transcript-bar">
        <h2 className="b">{t('station.transcript')}</h2>
        <span className="t3 el">{t('station.transcriptNote')}</span>
        <span className="sp" />
        <CopyButton labelled text={transcriptText(lines)} />
      </div>
      {failure === null ? <Lines lines={lines} /> : <ErrorNote failure={failure} />}
    </>
  );
}

function useLines(account: string, read: readonly TranscriptLine[] | null): readonly TranscriptLine[] {
  const [later, setLater] = useState<readonly TranscriptLine[]>([]);
  useEffect(() => {
    const waiting: TranscriptLine[] = [];
    // Lines come in bursts of thousands: draw them five times a second.
    const timer = setInterval(() => {
      if (waiting.length > 0) setLater((before) => [...before, ...waiting.splice(0)].slice(-most));
    }, 200);
    const stop = on('account.transcript', (line) => {
      if (line.account === account) waiting.push(line);
    });
    return () => {
      stop();
      clearInterval(timer);
    };
  }, [account]);
  return useMemo(() => joinLines(read ?? [], later), [read, later]);
}

/** What was read and what came as events since, each line once. */
export function joinLines(read: readonly TranscriptLine[], later: readonly TranscriptLine[]): readonly TranscriptLine[] {
  const last = read.at(-1)?.time ?? '';
  return [...read, ...later.filter(({ time }) => time > last)].slice(-most);
}

export function transcriptText(lines: readonly TranscriptLine[]): string {
  return lines.map(({ time, side, text }) => `${time} ${side.padEnd(7)} ${text}`).join('\n');
}

function Lines({ lines }: { lines: readonly TranscriptLine[] }) {
  const t = useText();
  const box = useRef<HTMLDivElement>(null);
  const [following, setFollowing] = useState(true);
  useEffect(() => {
    if (following && lines.length > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, following]);
  if (lines.length === 0) return <p className="transcript-empty t3">{t('station.transcriptEmpty')}</p>;
  const scrolled = () => {
    if (box.current !== null) setFollowing(box.current.scrollHeight - box.current.scrollTop - box.current.clientHeight < 40);
  };
  return (
    <div className="transcript-box">
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <div className="transcript" ref={box} onScroll={scrolled} tabIndex={0} role="log" aria-label={t('station.transcript')}>
        {lines.map((line, index) => (
          <div key={`${line.time} ${String(index)}`} className={line.side}>
            <span>{clockOf(line.time)}</span>
            <span>{t(sides[line.side])}</span>
            <span>{line.text}</span>
          </div>
        ))}
      </div>
      {following ? null : (
        <Button small icon="down" onPress={() => setFollowing(true)}>
          {t('station.transcriptFollow')}
        </Button>
      )}
    </div>
  );
}

function clockOf(iso: string): string {
  const date = new Date(iso);
  const two = (value: number) => String(value).padStart(2, '0');
  const clock = [date.getHours(), date.getMinutes(), date.getSeconds()].map(two).join(':');
  return `${clock}.${String(date.getMilliseconds()).padStart(3, '0')}`;
}
