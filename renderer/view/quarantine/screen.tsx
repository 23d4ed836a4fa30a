// The quarantine: what is held and why, a safe preview, and rescan, release, delete.
import { useState } from 'react';
import type { QuarantineRow } from '../../../shared/message.js';
import { go } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useSettings } from '../../state/settings.js';
import { useStore } from '../../state/store.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { Select } from '../part/choice.js';
import { Icon } from '../part/icon.js';
import { Page } from '../part/page.js';
import { Progress } from '../part/progress.js';
import { Split } from '../part/split.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import type { ScreenProps } from '../screens.js';
import { type Outcome, outcome, rescan } from './act.js';
import { ManyDeeds } from './deeds.js';
import { HeldDetail } from './detail.js';
import { type HeldClass, heldClass, heldLooks } from './held.js';
import { HeldList, useAccountName } from './list.js';
import './quarantine.css';

interface Filter {
  readonly held: HeldClass | 'all';
  readonly account: string;
}
const everything: Filter = { held: 'all', account: '' };

export function QuarantineScreen({ path: [chosen] }: ScreenProps) {
  const t = useText();
  const { value: rows, failure } = useQuery('quarantine.list', {});
  const [filter, setFilter] = useState(everything);
  const [several, setSeveral] = useState<readonly string[]>([]);
  const shown = (rows ?? []).filter((row) => matches(row, filter));
  const selected = several.length > 1 ? several : chosen === undefined ? [] : [chosen];
  const select = (ids: readonly string[]) => {
    setSeveral(ids.length > 1 ? ids : []);
    if (ids.length <= 1) go('quarantine', ids, true);
  };
  const list =
    shown.length > 0 ? (
      <HeldList rows={shown} selected={selected} onSelect={select} />
    ) : (
      <Nothing filtered={(rows ?? []).length > 0} onAll={() => setFilter(everything)} />
    );
  return (
    <Page
      title={t('quarantine.title')}
      note={<Note rows={rows} />}
      tools={<Tools rows={rows ?? []} filter={filter} onFilter={setFilter} />}
    >
      <OutcomeBar />
      {failure === null ? null : <ErrorNote failure={failure} />}
      {rows === null ? (
        failure === null ? (
          <Skeleton two />
        ) : null
      ) : (
        <Split
          width={396}
          label={t('quarantine.title')}
          list={list}
          detail={shown.length === 0 ? null : <Detail rows={shown.filter(({ id }) => selected.includes(id))} gone={selected.length > 0} />}
          onBack={() => select([])}
        />
      )}
    </Page>
  );
}

function matches(row: QuarantineRow, { held, account }: Filter): boolean {
  return (held === 'all' || heldClass(row.reason) === held) && (account === '' || row.account === account);
}

function Detail({ rows, gone }: { rows: readonly QuarantineRow[]; gone: boolean }) {
  const t = useText();
  const [only] = rows;
  if (rows.length > 1) return <ManyDeeds rows={rows} />;
  if (only !== undefined) return <HeldDetail row={only} key={only.id} />;
  return gone ? (
    <Empty title={t('quarantine.gone')}>{t('quarantine.goneText')}</Empty>
  ) : (
    <Empty title={t('quarantine.pickTitle')}>{t('quarantine.pickText')}</Empty>
  );
}

function Nothing({ filtered, onAll }: { filtered: boolean; onAll: () => void }) {
  const t = useText();
  if (!filtered) return <Empty title={t('quarantine.emptyTitle')}>{t('quarantine.emptyText')}</Empty>;
  return (
    <Empty title={t('quarantine.filteredTitle')} action={<Button onPress={onAll}>{t('quarantine.showAll')}</Button>}>
      {t('quarantine.filteredText')}
    </Empty>
  );
}

function Note({ rows }: { rows: readonly QuarantineRow[] | null }) {
  const t = useText();
  const days = useSettings()?.scanner.quarantineDays ?? 0;
  if (rows === null || rows.length === 0) return null;
  const summary = t('quarantine.summary', { count: rows.length });
  return days === 0 ? summary : `${summary}${t('common.separator')}${t('quarantine.retention', { days })}`;
}

interface ToolsProps {
  readonly rows: readonly QuarantineRow[];
  readonly filter: Filter;
  readonly onFilter: (filter: Filter) => void;
}
function Tools({ rows, filter, onFilter }: ToolsProps) {
  const t = useText();
  const name = useAccountName();
  if (rows.length === 0) return null;
  const classes = [...new Set(rows.map(({ reason }) => heldClass(reason)))];
  const accounts = [...new Set(rows.map(({ account }) => account))];
  const all = { value: 'all' as const, label: t('quarantine.allClasses') };
  return (
    <>
      <Select
        small
        hideLabel
        label={t('quarantine.filterClass')}
        value={filter.held}
        onChange={(held) => onFilter({ ...filter, held })}
        options={[all, ...classes.map((held) => ({ value: held, label: t(heldLooks[held].word) }))]}
      />
      <Select
        small
        hideLabel
        label={t('quarantine.filterAccount')}
        value={filter.account === '' ? 'all' : filter.account}
        onChange={(account) => onFilter({ ...filter, account: account === 'all' ? '' : account })}
        options={[{ value: 'all', label: t('quarantine.allAccounts') }, ...accounts.map((id) => ({ value: id, label: name(id) }))]}
      />
      <Button small icon="fetch" onPress={() => void rescan(rows)}>
        {t('quarantine.rescanAll')}
      </Button>
    </>
  );
}

/** What the last deed came to, above the list until dismissed. */
function OutcomeBar() {
  const t = useText();
  const said = useStore(outcome);
  if (said === null) return null;
  return (
    <div className="outcome" role="status">
      {said.kind === 'scanning' ? <Progress done={said.done} of={said.of} label={t('quarantine.rescan')} /> : null}
      <div className="notice">
        <Icon name={said.kind === 'unavailable' ? 'problem' : said.kind === 'scanning' ? 'fetch' : 'ok'} />
        <span className="sp">{outcomeText(said, t)}</span>
        {said.kind === 'released' && said.message !== null ? (
          <Button small tone="ghost" onPress={() => go('mail', ['smart', 'unread', said.message ?? ''])}>
            {t('quarantine.openReleased')}
          </Button>
        ) : null}
        <IconButton small icon="close" label={t('common.dismiss')} onPress={() => outcome.set(null)} />
      </div>
    </div>
  );
}

function outcomeText(said: Outcome, t: (key: TextKey, values?: Readonly<Record<string, string | number>>) => string): string {
  switch (said.kind) {
    case 'scanning':
      return t('quarantine.rescanning', { done: said.done, of: said.of });
    case 'scanned':
      return `${t('quarantine.rescanned')} ${t('quarantine.rescannedStill', { count: said.found, clean: said.clean })}`;
    case 'unavailable':
      return t('quarantine.rescanUnavailable');
    case 'released':
      return t('quarantine.released', { mailbox: said.mailbox });
  }
}
