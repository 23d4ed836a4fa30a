// The list's pane: whose box it is, filters and order, the rows, and what was done last.
import type { SmartBox } from '../../../shared/message.js';
import { canRun, commands, runCommand } from '../../command/table.js';
import type { Box } from '../../state/box.js';
import { type Layout, listView, type Sort, setListView, type Threads } from '../../state/list-view.js';
import { findFolder, firstInbox } from '../../state/mailbox.js';
import { pages } from '../../state/pages.js';
import { place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useSettings } from '../../state/settings.js';
import { useStore } from '../../state/store.js';
import { act } from '../../state/trouble.js';
import { formatCount } from '../../text/number.js';
import { type TextKey, useLanguage, useText } from '../../text/text.js';
import { folderLabel } from '../frame/folder-look.js';
import { Button, IconButton } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { Menu, type MenuGroup } from '../part/menu.js';
import { ColumnHeads } from './columns.js';
import { Rows } from './rows.js';
import { UndoBar } from './undo-bar.js';

const smartNames: Readonly<Record<SmartBox, TextKey>> = {
  unread: 'frame.allUnread',
  flagged: 'frame.allFlagged',
  today: 'frame.today',
  attachments: 'frame.withAttachments',
};

function useBoxName(box: Box): { readonly name: string; readonly whose: string } {
  const t = useText();
  const mailboxes = useQuery('mailbox.list', {}).value ?? [];
  if (box.kind === 'search') return { name: t('mail.searchTitle'), whose: t('mail.searchFor', { words: box.words }) };
  if (box.kind === 'smart') return { name: t(smartNames[box.smart]), whose: '' };
  const found = findFolder(mailboxes, box.kind === 'folder' ? box.folder : (firstInbox(mailboxes)?.id ?? ''));
  return found === null ? { name: t('mail.title'), whose: '' } : { name: folderLabel(found.folder, t), whose: found.mailbox.address };
}

export function ListPane({ box }: { box: Box }) {
  const t = useText();
  const { name, whose } = useBoxName(box);
  const { layout } = useStore(listView);
  return (
    <section className={`pane list ${layout}`} data-pane="list" aria-label={t('mail.list', { box: name })}>
      <div className="bar">
        <h1>{name}</h1>
        <span className="small t3 el sp" title={whose}>
          {whose}
        </span>
        <ListMenu />
      </div>
      <Filters />
      {layout === 'columns' ? <ColumnHeads /> : null}
      <Rows box={box} name={name} />
      <UndoBar />
    </section>
  );
}

const filters = [
  ['all', 'mail.all'],
  ['unread', 'mail.unread'],
  ['flagged', 'mail.flagged'],
  ['attachments', 'mail.files'],
] as const;

function Filters() {
  const t = useText();
  const language = useLanguage();
  const { filter } = useStore(listView);
  const { unread } = useStore(pages);
  return (
    // biome-ignore lint/a11y/useSemanticElements: a fieldset cannot be laid out as a row everywhere
    <div className="filters" role="group" aria-label={t('mail.filter')}>
      {filters.map(([value, label]) => (
        <button key={value} type="button" className="f" aria-pressed={filter === value} onClick={() => setListView({ filter: value })}>
          {t(label)}
          {value === 'unread' && unread > 0 ? ` ${formatCount(unread, language)}` : ''}
        </button>
      ))}
      <span className="sp" />
      <SortMenu />
    </div>
  );
}

const orders: readonly (readonly [Sort, boolean, TextKey])[] = [
  ['date', true, 'mail.newest'],
  ['date', false, 'mail.oldest'],
  ['from', false, 'mail.bySender'],
  ['subject', false, 'mail.bySubject'],
  ['octets', true, 'mail.bySize'],
  ['relevance', true, 'mail.byRelevance'],
];

function SortMenu() {
  const t = useText();
  const { sort, descending } = useStore(listView);
  const searching = useStore(pages).list?.search !== undefined;
  const shown = orders.filter(([by]) => by !== 'relevance' || searching);
  const current = orders.find(([by, down]) => by === sort && down === descending) ?? orders.find(([by]) => by === sort);
  const rows = shown.map(([by, down, label]) => ({
    id: label,
    label: t(label),
    marked: by === sort && down === descending,
    run: () => setListView({ sort: by, descending: down }),
  }));
  return (
    <Menu label={t('mail.sort')} groups={[{ title: t('mail.sort'), rows }]}>
      <Button small tone="ghost" aria-label={`${t('mail.sort')}: ${t(current?.[2] ?? 'mail.newest')}`}>
        {t(current?.[2] ?? 'mail.newest')}
        <Icon name="down" small />
      </Button>
    </Menu>
  );
}

const folderCommandIds = ['folder.create', 'folder.rename', 'folder.remove', 'folder.subscriptions'] as const;

function ListMenu() {
  const t = useText();
  const { threads, layout } = useStore(listView);
  const reading = useSettings()?.reading;
  const choose = (next: { readonly threads: Threads } | { readonly layout: Layout }) => {
    setListView(next);
    const kept = 'layout' in next ? { list: next.layout } : next;
    if (reading !== undefined) void act('settings.write', { reading: { ...reading, ...kept } });
  };
  useStore(place);
  const folderRows = folderCommandIds.map((id) => ({
    id,
    label: t(commands[id].title),
    disabled: !canRun(id),
    run: () => void runCommand(id),
  }));
  const groups: readonly MenuGroup[] = [
    {
      title: t('mail.listOptions'),
      rows: [
        { id: 'threads', label: t('mail.threads'), marked: threads === 'references', run: () => choose({ threads: 'references' }) },
        { id: 'subject', label: t('mail.threadsSubject'), marked: threads === 'subject', run: () => choose({ threads: 'subject' }) },
        { id: 'flat', label: t('mail.single'), marked: threads === 'flat', run: () => choose({ threads: 'flat' }) },
      ],
    },
    {
      title: t('mail.layout'),
      rows: [
        { id: 'compact', label: t('mail.compact'), marked: layout === 'compact', run: () => choose({ layout: 'compact' }) },
        { id: 'columns', label: t('mail.columns'), marked: layout === 'columns', run: () => choose({ layout: 'columns' }) },
      ],
    },
    { title: t('mail.folder'), rows: folderRows },
  ];
  return (
    <Menu label={t('mail.listOptions')} groups={groups}>
      <IconButton label={t('mail.listOptions')} icon="more" />
    </Menu>
  );
}
