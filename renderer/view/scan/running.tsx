// One scan: how far it is, its summary, its lists, and what is done with what it found.
import { useState } from 'react';
import { type ScanLine, type ScanList, type ScanProgress, scanLists } from '../../../shared/scan.js';
import { confirm } from '../../state/overlay.js';
import { refresh, useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { formatOctets, formatSpan } from '../../text/number.js';
import { say, type TextKey, useLanguage, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Segmented } from '../part/choice.js';
import { Progress } from '../part/progress.js';
import { Table, type TableColumn } from '../part/table.js';

const lists: Readonly<Record<ScanList, TextKey>> = {
  infected: 'scan.listInfected',
  suspicious: 'scan.listSuspicious',
  clean: 'scan.listClean',
  errors: 'scan.listErrors',
};
const fates = { moved: 'scan.fateMoved', copied: 'scan.fateCopied', removed: 'scan.fateRemoved', held: 'scan.fateHeld' } as const;
const shownAtOnce = 200;

export function Running({ progress }: { progress: ScanProgress }) {
  const t = useText();
  const to = useLanguage();
  const { id, state, files, ofFiles, octets, ofOctets, left } = progress;
  const live = state === 'counting' || state === 'scanning' || state === 'paused';
  const control = (action: 'pause' | 'resume' | 'cancel') => void act('scan.control', { scan: id, action });
  return (
    <section className="sec" aria-label={progress.where.join(', ')}>
      <div className="row">
        <h2 className="b el select">{progress.kind === 'mail' ? t('scan.allMail') : progress.where.join(t('common.separator'))}</h2>
        <span className="sp" />
        <span role="status">{state === 'counting' ? t('scan.counting', { files: ofFiles }) : t(`scan.${state}`)}</span>
        {state === 'scanning' ? (
          <Button small onPress={() => control('pause')}>
            {t('scan.pause')}
          </Button>
        ) : null}
        {state === 'paused' ? (
          <Button small onPress={() => control('resume')}>
            {t('scan.resume')}
          </Button>
        ) : null}
        {live ? (
          <Button small onPress={() => control('cancel')}>
            {t('scan.cancel')}
          </Button>
        ) : null}
      </div>
      <div className="scan-bars">
        <Progress done={files} of={ofFiles} label={t('scan.progressFiles', { done: files, of: ofFiles })} />
        <Progress
          done={octets}
          of={ofOctets}
          label={t('scan.progressOctets', { done: formatOctets(octets, to), of: formatOctets(ofOctets, to) })}
        />
      </div>
      <p className="small t2">
        {[
          t('scan.progressFiles', { done: files, of: ofFiles }),
          t('scan.progressOctets', { done: formatOctets(octets, to), of: formatOctets(ofOctets, to) }),
          ...(live && left !== null ? [t('scan.left', { time: formatSpan(left, to) })] : []),
        ].join(t('common.separator'))}
      </p>
      {live ? null : <Summary progress={progress} />}
      <Lists progress={progress} />
    </section>
  );
}

function Summary({ progress }: { progress: ScanProgress }) {
  const t = useText();
  const to = useLanguage();
  const rows: readonly (readonly [TextKey, string])[] = [
    ['scan.scanned', String(progress.files)],
    ['scan.listInfected', String(progress.infected)],
    ['scan.listSuspicious', String(progress.suspicious)],
    ['scan.listErrors', String(progress.errors)],
    ['scan.passed', t('scan.passedValue', { ...progress.passed })],
    ['scan.dataScanned', formatOctets(progress.octets, to)],
    ['scan.time', formatSpan(progress.seconds, to)],
  ];
  return (
    <dl className="kv" aria-label={t('scan.summary')}>
      {rows.map(([title, value]) => (
        <div key={title} className="scan-fact">
          <dt>{t(title)}</dt>
          <dd>{value}</dd>
        </div>
      ))}
    </dl>
  );
}

function Lists({ progress }: { progress: ScanProgress }) {
  const t = useText();
  const [list, setList] = useState<ScanList>('infected');
  const [selected, setSelected] = useState<readonly string[]>([]);
  const { value } = useQuery('scan.list', { scan: progress.id, list, limit: shownAtOnce });
  const columns = useColumns();
  const lines = value?.lines ?? [];
  const found = list === 'infected' || list === 'suspicious';
  const ids = selected.length > 0 ? selected.map(Number) : lines.filter(({ fate }) => fate === null).map(({ id }) => id);
  return (
    <>
      <Segmented
        label={t('scan.summary')}
        value={list}
        onChange={(next) => {
          setList(next);
          setSelected([]);
        }}
        options={scanLists.map((one) => ({ value: one, label: `${t(lists[one])} ${progress[one]}` }))}
      />
      {lines.length === 0 ? (
        <p className="hint">{t('scan.emptyList')}</p>
      ) : (
        <Table
          multiple
          label={t(lists[list])}
          rows={lines}
          columns={columns}
          rowId={({ id }) => String(id)}
          rowText={({ path }) => path}
          selected={selected}
          onSelect={setSelected}
        />
      )}
      {value !== null && value.total > lines.length ? (
        <p className="hint">{t('scan.showing', { shown: lines.length, total: value.total })}</p>
      ) : null}
      {found && ids.length > 0 ? (
        progress.kind === 'files' ? (
          <Deeds scan={progress.id} ids={ids} />
        ) : (
          <Hold scan={progress.id} ids={ids} />
        )
      ) : null}
    </>
  );
}

function useColumns(): readonly TableColumn<ScanLine>[] {
  const t = useText();
  return [
    { id: 'file', title: t('scan.columnFile'), cell: ({ path }) => <span className="el mono">{path}</span> },
    { id: 'found', title: t('scan.columnFound'), cell: ({ detail }) => <span className="el">{detail}</span> },
    {
      id: 'fate',
      title: t('scan.columnFate'),
      width: '140px',
      cell: ({ fate, failure }) => <span className="el">{failure ?? (fate === null ? '' : t(fates[fate]))}</span>,
    },
  ];
}

function Deeds({ scan, ids }: { scan: string; ids: readonly number[] }) {
  const t = useText();
  const dialog = useQuery('scan.places', {}).value?.dialog ?? false;
  return (
    <div className="acts">
      {dialog ? (
        <>
          <Button small onPress={() => void settle(scan, ids, 'move')}>
            {t('scan.move')}
          </Button>
          <Button small onPress={() => void settle(scan, ids, 'copy')}>
            {t('scan.copy')}
          </Button>
        </>
      ) : null}
      <Button small tone="bad" icon="trash" onPress={() => void settle(scan, ids, 'remove')}>
        {t('scan.remove')}
      </Button>
    </div>
  );
}

function Hold({ scan, ids }: { scan: string; ids: readonly number[] }) {
  const t = useText();
  return (
    <div className="acts">
      <Button small icon="quarantine" onPress={() => void hold(scan, ids)}>
        {t('scan.hold')}
      </Button>
      <p className="hint">{t('scan.holdHint')}</p>
    </div>
  );
}

/** What the button that asked is called, without its dots. */
const verbOf = (key: TextKey) => say(key).replace(/…$/, '');

async function hold(scan: string, ids: readonly number[]): Promise<void> {
  const yes = await confirm({
    title: say('scan.holdTitle', { count: ids.length }),
    text: say('scan.holdText'),
    verb: verbOf('scan.hold'),
    destructive: false,
  });
  if (!yes) return;
  await act('scan.settle', { scan, lines: [...ids], how: 'quarantine', to: null });
  refresh(['scan.list', 'quarantine.list']);
}

async function settle(scan: string, ids: readonly number[], how: 'move' | 'copy' | 'remove'): Promise<void> {
  const [folder] = how === 'remove' ? [] : ((await act('scan.choose', { what: 'folder' })) ?? []);
  if (how !== 'remove' && folder === undefined) return;
  const yes = await confirm({
    title: say(`scan.${how}Title`, { count: ids.length }),
    text: say(`scan.${how}Text`),
    verb: verbOf(`scan.${how}`),
    destructive: how === 'remove',
    ...(folder === undefined ? {} : { named: folder.shown }),
  });
  if (!yes) return;
  await act('scan.settle', { scan, lines: [...ids], how, to: folder?.id ?? null });
  refresh(['scan.list']);
}
