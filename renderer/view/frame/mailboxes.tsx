// The tree of mailboxes: domain > user > folders for local ones, account > folders for IMAP.
import { type ReactNode, useState } from 'react';
import type { Folder, Mailbox } from '../../../shared/message.js';
import { boxOf } from '../../state/box.js';
import { firstInbox, groupByDomain, sortFolders, unreadOf } from '../../state/mailbox.js';
import { copyMessages, moveMessages } from '../../state/message-actions.js';
import { place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { formatCount } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';
import { folderIcon, folderLabel } from './folder-look.js';
import { NavRow } from './nav-row.js';
import { RemoteLine } from './remote-line.js';

export function MailboxTree() {
  const t = useText();
  const mailboxes = useQuery('mailbox.list', {}).value ?? [];
  if (mailboxes.length === 0) return <p className="small t3 nav-empty">{t('frame.noMailboxes')}</p>;
  return (
    <ul>
      {groupByDomain(mailboxes).map(({ domain, mailboxes: users }) => (
        <Branch
          key={domain}
          id={`domain ${domain}`}
          icon="domain"
          label={domain}
          unread={users.reduce((sum, user) => sum + unreadOf(user), 0)}
          depth={0}
        >
          {users.map((mailbox, index) => (
            <Branch
              key={mailbox.id}
              id={mailbox.id}
              icon="user"
              label={mailbox.user}
              unread={unreadOf(mailbox)}
              depth={1}
              closed={index > 0 && unreadOf(mailbox) === 0}
            >
              <Folders mailbox={mailbox} depth={2.6} />
            </Branch>
          ))}
        </Branch>
      ))}
      {mailboxes
        .filter((mailbox) => mailbox.kind === 'imap')
        .map((mailbox) => (
          <Branch
            key={mailbox.id}
            id={mailbox.id}
            icon="cloud"
            label={mailbox.user || mailbox.address}
            tag="IMAP"
            unread={unreadOf(mailbox)}
            depth={0}
          >
            <RemoteLine remote={mailbox.remote} />
            <Folders mailbox={mailbox} depth={1.6} />
          </Branch>
        ))}
    </ul>
  );
}

function Folders({ mailbox, depth }: { mailbox: Mailbox; depth: number }) {
  const t = useText();
  const where = useStore(place);
  const here = boxOf(where);
  const first = firstInbox(useQuery('mailbox.list', {}).value ?? [])?.id;
  const current = here.kind === 'folder' ? here.folder : here.kind === 'first' && where.screen === 'mail' ? first : undefined;
  return sortFolders(mailbox.folders.filter((folder) => folder.subscribed || folder.role !== null)).map((folder) => (
    <NavRow
      key={folder.id}
      to={{ screen: 'mail', path: ['folder', folder.id] }}
      icon={folderIcon(folder.role)}
      label={folderLabel(folder, t)}
      depth={depth + nesting(folder)}
      unread={folder.role === 'trash' ? 0 : folder.unread}
      total={folder.role === 'drafts' ? folder.total : 0}
      current={folder.id === current}
      onDrop={(ids, copy) => void (copy ? copyMessages : moveMessages)(ids, folder)}
    />
  ));
}

const nesting = (folder: Folder) => (folder.role === null ? folder.name.split('/').length - 1 : 0);

interface BranchProps {
  readonly id: string;
  readonly icon: IconName;
  readonly label: string;
  readonly tag?: string;
  readonly unread: number;
  readonly depth: number;
  readonly closed?: boolean;
  readonly children: ReactNode;
}

/** Open or closed is remembered by this browser, a branch at a time. */
function Branch({ id, icon, label, tag, unread, depth, closed = false, children }: BranchProps) {
  const language = useLanguage();
  const key = `branch ${id}`;
  const [open, setOpen] = useState(() => (localStorage.getItem(key) ?? (closed ? 'closed' : 'open')) === 'open');
  const toggle = () => {
    localStorage.setItem(key, open ? 'closed' : 'open');
    setOpen(!open);
  };
  const strong = !open && unread > 0;
  return (
    <li>
      <button
        type="button"
        className={`n ${strong ? 'un' : ''}`}
        style={{ '--d': depth } as React.CSSProperties}
        aria-expanded={open}
        onClick={toggle}
      >
        <Icon name={open ? 'down' : 'right'} className="tw" />
        <Icon name={icon} />
        <span className="el">{label}</span>
        {tag === undefined ? null : <span className="tag">{tag}</span>}
        {strong ? <span className="c">{formatCount(unread, language)}</span> : null}
      </button>
      {open ? <ul>{children}</ul> : null}
    </li>
  );
}
