// Routes: domains, mailboxes and aliases, edited as a draft that the test beside them already uses, then saved.
import { useState } from 'react';
import type { Routing } from '../../../shared/settings.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Field } from '../part/field.js';
import { Icon } from '../part/icon.js';
import { Page } from '../part/page.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import { checkRoutes, type RouteFaults } from './check.js';
import { GeneralEditor, RouteEditor } from './editor.js';
import { addEntry, countOf, type Entry, type EntryKind, entriesOf, entryId, removeEntry, searchEntries } from './entry.js';
import './routes.css';
import { RehearseRoutes } from './rehearse.js';
import { RouteTable } from './table.js';
import { TryRoute } from './try.js';

export function RoutesScreen() {
  const t = useText();
  const { value: saved, failure } = useQuery('route.read', {});
  if (saved !== null) return <Routes saved={saved} />;
  return <Page title={t('routes.title')}>{failure === null ? <Skeleton /> : <ErrorNote failure={failure} />}</Page>;
}

function Routes({ saved }: { saved: Routing }) {
  const t = useText();
  const [draft, setDraft] = useState<Routing | null>(null);
  const [selected, setSelected] = useState<string | null>(null);
  const [words, setWords] = useState('');
  const routing = draft ?? saved;
  const faults = checkRoutes(routing);
  const entries = entriesOf(routing);
  const shown = searchEntries(entries, words);
  const entry = entries.find((one) => entryId(one) === selected) ?? null;
  const add = (kind: EntryKind) => {
    setDraft(addEntry(routing, kind));
    setWords('');
    setSelected(entryId({ kind, index: countOf(routing, kind) }));
  };
  const remove = (gone: Entry) => {
    setDraft(removeEntry(routing, gone));
    setSelected(null);
  };
  const edit = { routing, faults, onChange: setDraft };
  const note = t('routes.summary', {
    domains: routing.domains.length,
    mailboxes: routing.mailboxes.length,
    aliases: routing.aliases.length,
  });
  return (
    <Page title={t('routes.title')} note={note} tools={<Tools onAdd={add} onGeneral={() => setSelected('general')} />}>
      {draft === null ? null : (
        <Unsaved
          faults={faults}
          onDiscard={() => setDraft(null)}
          onSave={async () => {
            if ((await act('route.write', draft)) !== null) setDraft(null);
          }}
        />
      )}
      <div className="split routes-split">
        <div className="list-pane">
          {entries.length === 0 ? (
            <Empty title={t('routes.emptyTitle')}>{t('routes.emptyText')}</Empty>
          ) : (
            <>
              <Search words={words} onWords={setWords} />
              {shown.length === 0 ? (
                <Empty
                  title={t('routes.nothingFound', { words })}
                  action={<Button onPress={() => setWords('')}>{t('routes.clear')}</Button>}
                >
                  {t('routes.nothingFoundText')}
                </Empty>
              ) : (
                <RouteTable entries={shown} selected={selected} onSelect={setSelected} wrong={(one) => faultOf(one, faults)} />
              )}
            </>
          )}
        </div>
        <aside className="det" data-pane="route" aria-label={t('routes.tryTitle')}>
          {selected === 'general' ? <GeneralEditor {...edit} onDone={() => setSelected(null)} /> : null}
          {entry === null ? null : (
            <RouteEditor {...edit} key={selected} entry={entry} onRemove={() => remove(entry)} onDone={() => setSelected(null)} />
          )}
          <TryRoute routing={routing} />
          <RehearseRoutes routing={routing} />
        </aside>
      </div>
    </Page>
  );
}

const lists = { domain: 'domains', mailbox: 'mailboxes', alias: 'aliases' } as const;

function faultOf({ kind, index }: Entry, faults: RouteFaults) {
  const at = `${lists[kind]}.${index}`;
  for (const [place, word] of faults) if (place === at || place.startsWith(`${at}.`)) return word;
  return null;
}

function Tools({ onAdd, onGeneral }: { onAdd: (kind: EntryKind) => void; onGeneral: () => void }) {
  const t = useText();
  return (
    <>
      <Button small icon="plus" onPress={() => onAdd('domain')}>
        {t('routes.addDomain')}
      </Button>
      <Button small icon="plus" onPress={() => onAdd('mailbox')}>
        {t('routes.addMailbox')}
      </Button>
      <Button small icon="plus" onPress={() => onAdd('alias')}>
        {t('routes.addAlias')}
      </Button>
      <Button small onPress={onGeneral}>
        {t('routes.general')}
      </Button>
    </>
  );
}

function Search({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const t = useText();
  return (
    <div className="route-search">
      <Field
        hideLabel
        type="search"
        label={t('routes.search')}
        placeholder={t('routes.searchPlaceholder')}
        value={words}
        onChange={onWords}
        autoComplete="off"
      />
    </div>
  );
}

function Unsaved({ faults, onSave, onDiscard }: { faults: RouteFaults; onSave: () => Promise<void>; onDiscard: () => void }) {
  const t = useText();
  return (
    <div className="notice unsaved" role="status">
      <Icon name={faults.size === 0 ? 'info' : 'problem'} />
      <span className="sp">{faults.size === 0 ? t('routes.unsaved') : t('routes.unsavedFaults', { count: faults.size })}</span>
      <Button small tone="ghost" onPress={onDiscard}>
        {t('routes.discard')}
      </Button>
      <Button small tone="primary" isDisabled={faults.size > 0} onPress={() => void onSave()}>
        {t('routes.save')}
      </Button>
    </div>
  );
}
