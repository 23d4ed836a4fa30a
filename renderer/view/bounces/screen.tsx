// Bounces: one row a failed recipient, filtered by reason, domain and days; charts above, the explanation beside.
import { useEffect, useMemo, useRef, useState } from 'react';
import type { BounceReason } from '../../../shared/bounce.js';
import { reasonWord } from '../../../shared/bounce-text.js';
import type { BounceRow } from '../../../shared/station.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Select } from '../part/choice.js';
import { download } from '../part/download.js';
import { Page } from '../part/page.js';
import { Split } from '../part/split.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import type { ScreenProps } from '../screens.js';
import { BounceChart } from './chart.js';
import { domainOf, tally } from './counts.js';
import { bouncesCsv } from './csv.js';
import { BounceDetail } from './detail.js';
import { BounceList } from './list.js';
import './bounces.css';

const periods = [
  ['7', 'bounces.days7'],
  ['30', 'bounces.days30'],
  ['90', 'bounces.days90'],
  ['365', 'bounces.days365'],
  ['36500', 'bounces.daysAll'],
] as const satisfies readonly (readonly [string, TextKey])[];
type Period = (typeof periods)[number][0];

interface Filter {
  readonly reason: BounceReason | 'all';
  readonly domain: string;
}
const everything: Filter = { reason: 'all', domain: 'all' };

export function BouncesScreen({ path: [chosen] }: ScreenProps) {
  const t = useText();
  const [period, setPeriod] = useState<Period>('30');
  const [filter, setFilter] = useState(everything);
  const { value, failure } = useQuery('bounce.list', { days: Number(period) });
  const rows = useSameRows(value);
  const shown = (rows ?? []).filter((row) => matches(row, filter));
  const selected = rows?.find(({ id }) => id === chosen) ?? null;
  useReadWhenShown(selected);
  const tools = <Tools {...{ rows: rows ?? [], shown, period, filter, onPeriod: setPeriod, onFilter: setFilter }} />;
  return (
    <Page title={t('bounces.title')} note={rows === null ? null : <Note rows={shown} period={period} />} tools={tools}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {rows === null && failure === null ? <Skeleton two /> : null}
      {rows === null ? null : shown.length === 0 ? (
        <Nothing filtered={rows.length > 0} onAll={() => setFilter(everything)} />
      ) : (
        <>
          <BounceChart rows={shown} days={Number(period)} />
          <Split
            width={368}
            label={t('bounces.title')}
            list={
              <BounceList
                key={`${filter.reason} ${filter.domain}`}
                rows={shown}
                selected={selected?.id ?? null}
                onSelect={(id) => go('bounces', [id], true)}
              />
            }
            detail={
              <Detail row={selected} asked={chosen !== undefined} rows={rows} onDomain={(domain) => setFilter({ reason: 'all', domain })} />
            }
            onBack={() => go('bounces', [], true)}
          />
        </>
      )}
    </Page>
  );
}

/** Rows that say what they said before stay the same objects, so that only what changed is drawn again. */
function useSameRows(rows: readonly BounceRow[] | null): readonly BounceRow[] | null {
  const before = useRef<ReadonlyMap<string, readonly [BounceRow, string]>>(new Map());
  return useMemo(() => {
    if (rows === null) return null;
    const now = new Map(rows.map((row) => [row.id, kept(before.current.get(row.id), row)]));
    before.current = now;
    return [...now.values()].map(([row]) => row);
  }, [rows]);
}

function kept(known: readonly [BounceRow, string] | undefined, row: BounceRow): readonly [BounceRow, string] {
  const text = JSON.stringify(row);
  return known?.[1] === text ? known : [row, text];
}

function matches(row: BounceRow, { reason, domain }: Filter): boolean {
  return (reason === 'all' || row.reason === reason) && (domain === 'all' || domainOf(row) === domain);
}

function useReadWhenShown(row: BounceRow | null): void {
  const id = row === null || row.read ? null : row.id;
  useEffect(() => {
    if (id !== null) void act('bounce.read', { ids: [id] });
  }, [id]);
}

interface DetailProps {
  readonly row: BounceRow | null;
  readonly asked: boolean;
  readonly rows: readonly BounceRow[];
  readonly onDomain: (domain: string) => void;
}
function Detail({ row, asked, rows, onDomain }: DetailProps) {
  const t = useText();
  if (row === null) {
    return asked ? (
      <Empty title={t('bounces.gone')}>{t('bounces.goneText')}</Empty>
    ) : (
      <Empty title={t('bounces.pickTitle')}>{t('bounces.pickText')}</Empty>
    );
  }
  const others = rows.filter((other) => other.id !== row.id && domainOf(other) !== '' && domainOf(other) === domainOf(row)).length;
  return <BounceDetail row={row} others={others} onDomain={onDomain} />;
}

function Note({ rows, period }: { rows: readonly BounceRow[]; period: Period }) {
  const t = useText();
  const word = periods.find(([value]) => value === period)?.[1] ?? 'bounces.daysAll';
  return t('bounces.summary', { count: rows.length, days: t(word), unread: rows.filter(({ read }) => !read).length });
}

function Nothing({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  const t = useText();
  if (!filtered) return <Empty title={t('bounces.emptyTitle')}>{t('bounces.emptyText')}</Empty>;
  return (
    <Empty title={t('bounces.filteredTitle')} action={<Button onPress={onAll}>{t('bounces.showAll')}</Button>}>
      {t('bounces.filteredText')}
    </Empty>
  );
}

interface ToolsProps {
  readonly rows: readonly BounceRow[];
  readonly shown: readonly BounceRow[];
  readonly period: Period;
  readonly filter: Filter;
  readonly onPeriod: (period: Period) => void;
  readonly onFilter: (filter: Filter) => void;
}
const mostDomains = 50;

function Tools({ rows, shown, period, filter, onPeriod, onFilter }: ToolsProps) {
  const t = useText();
  const to = useLanguage();
  const counted = (name: string, count: number) => t('bounces.withCount', { name, count });
  const reasons = tally(rows.map(({ reason }) => reason));
  const domains = tally(rows.map(domainOf).filter(Boolean)).slice(0, mostDomains);
  const unread = shown.filter(({ read }) => !read);
  return (
    <>
      {unread.length === 0 ? null : (
        <Button small tone="ghost" onPress={() => void act('bounce.read', { ids: unread.map(({ id }) => id) })}>
          {t('bounces.readAll')}
        </Button>
      )}
      <Select
        small
        hideLabel
        label={t('bounces.filterReason')}
        value={filter.reason}
        onChange={(reason) => onFilter({ ...filter, reason })}
        options={[
          { value: 'all', label: t('bounces.allReasons') },
          ...reasons.map(([reason, count]) => ({ value: reason, label: counted(reasonWord(reason, to), count) })),
        ]}
      />
      <Select
        small
        hideLabel
        label={t('bounces.filterDomain')}
        value={filter.domain}
        onChange={(domain) => onFilter({ ...filter, domain })}
        options={[
          { value: 'all', label: t('bounces.allDomains') },
          ...domains.map(([domain, count]) => ({ value: domain, label: counted(domain, count) })),
        ]}
      />
      <Select
        small
        hideLabel
        label={t('bounces.filterDays')}
        value={period}
        onChange={onPeriod}
        options={periods.map(([value, word]) => ({ value, label: t(word) }))}
      />
      <Button
        small
        icon="save"
        isDisabled={shown.length === 0}
        onPress={() => download('bounces.csv', 'text/csv;charset=utf-8', bouncesCsv(shown))}
      >
        {t('bounces.exportCsv')}
      </Button>
    </>
  );
}
