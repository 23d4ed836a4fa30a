// The log: filtered by level and account, following the newest line, copied as text.
import { useEffect, useRef, useState } from 'react';
import type { LogLine } from '../../../shared/station.js';
import { useQuery } from '../../state/query.js';
import { formatLogTime } from '../../text/date.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Switch } from '../part/checkbox.js';
import { Select } from '../part/choice.js';
import { CopyButton } from '../part/copy.js';
import { Icon, type IconName } from '../part/icon.js';
import { Page } from '../part/page.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { filterLines, type LogFilter, logText, useLog } from './lines.js';
import './log.css';

const everything: LogFilter = { least: 'debug', account: null };

export function LogScreen() {
  const t = useText();
  const { lines, failure } = useLog();
  const [filter, setFilter] = useState<LogFilter>({ least: 'info', account: null });
  const [following, setFollowing] = useState(true);
  const shown = filterLines(lines ?? [], filter);
  const tools = (
    <>
      <Filters filter={filter} onFilter={setFilter} />
      <Switch on={following} onChange={setFollowing}>
        {t('log.follow')}
      </Switch>
      <CopyButton labelled text={logText(shown)} />
    </>
  );
  return (
    <Page title={t('log.title')} note={lines === null ? null : t('log.lines', { count: shown.length })} tools={tools}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {lines === null && failure === null ? <Skeleton /> : null}
      {lines === null ? null : shown.length === 0 ? (
        <Nothing filtered={lines.length > 0} onAll={() => setFilter(everything)} />
      ) : (
        <Lines lines={shown} following={following} onFollow={setFollowing} />
      )}
    </Page>
  );
}

function Filters({ filter, onFilter }: { filter: LogFilter; onFilter: (filter: LogFilter) => void }) {
  const t = useText();
  const accounts = useQuery('account.list', {}).value ?? [];
  return (
    <>
      <Select
        small
        hideLabel
        label={t('log.level')}
        value={filter.least}
        onChange={(least) => onFilter({ ...filter, least })}
        options={[
          { value: 'debug', label: t('log.levelAll') },
          { value: 'info', label: t('log.levelInfo') },
          { value: 'warn', label: t('log.levelWarn') },
          { value: 'error', label: t('log.levelError') },
        ]}
      />
      <Select
        small
        hideLabel
        label={t('log.account')}
        value={filter.account === null ? 'all' : `of ${filter.account}`}
        onChange={(value) => onFilter({ ...filter, account: value === 'all' ? null : value.slice(3) })}
        options={[
          { value: 'all', label: t('log.allAccounts') },
          { value: 'of ', label: t('log.stationOnly') },
          ...accounts.map(({ account }) => ({ value: `of ${account.id}`, label: account.name })),
        ]}
      />
    </>
  );
}

function Nothing({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  const t = useText();
  if (!filtered) return <Empty title={t('log.emptyTitle')}>{t('log.emptyText')}</Empty>;
  return (
    <Empty title={t('log.filteredTitle')} action={<Button onPress={onAll}>{t('log.showAll')}</Button>}>
      {t('log.filteredText')}
    </Empty>
  );
}

const looks: Readonly<Record<LogLine['level'], readonly [IconName, string, TextKey]>> = {
  debug: ['more', 't3', 'log.debug'],
  info: ['info', 't2', 'log.info'],
  warn: ['problem', 'v-suspect', 'log.warn'],
  error: ['failed', 'v-infected', 'log.error'],
};

interface LinesProps {
  readonly lines: readonly LogLine[];
  readonly following: boolean;
  readonly onFollow: (on: boolean) => void;
}
function Lines({ lines, following, onFollow }: LinesProps) {
  const t = useText();
  const to = useLanguage();
  const box = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (following && lines.length > 0) box.current?.scrollTo({ top: box.current.scrollHeight });
  }, [lines, following]);
  const wheel = () => {
    const pane = box.current;
    if (pane !== null) onFollow(pane.scrollHeight - pane.scrollTop - pane.clientHeight < 40);
  };
  const now = new Date();
  return (
    // biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it
    <div className="log-lines" ref={box} onWheel={wheel} onKeyUp={wheel} tabIndex={0} role="log" aria-label={t('log.title')}>
      {lines.map(({ time, level, account, text }, index) => {
        const [icon, tone, word] = looks[level];
        return (
          <div key={`${time} ${String(index)}`}>
            <time dateTime={time} title={time}>
              {formatLogTime(new Date(time), to, now)}
            </time>
            <span className={`v ${tone}`}>
              <Icon name={icon} />
              {t(word)}
            </span>
            <span className="t3 el">{account ?? ''}</span>
            <span>{text}</span>
          </div>
        );
      })}
    </div>
  );
}
