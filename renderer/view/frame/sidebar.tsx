// The sidebar: fetch now, smart boxes, mailboxes by domain and user, delivery screens, and the status at its foot.
import { useRef } from 'react';
import { place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { CommandButton } from '../part/command-button.js';
import { DeliveryRows } from './delivery.js';
import { Foot } from './foot.js';
import { MailboxTree } from './mailboxes.js';
import { moveInTree } from './nav-keys.js';
import { NavRow } from './nav-row.js';

export function Sidebar() {
  const t = useText();
  const nav = useRef<HTMLElement>(null);
  return (
    <nav
      className="side"
      data-pane="sidebar"
      aria-label={t('frame.navigation')}
      ref={nav}
      onKeyDown={(event) => moveInTree(event, nav.current)}
    >
      <div className="side-top">
        <CommandButton id="write.new" labelled tone="primary" title="frame.compose" />
        <CommandButton id="station.fetch" />
        <CommandButton id="go.settings" />
      </div>
      <div className="nav">
        <h2>{t('frame.smart')}</h2>
        <SmartRows />
        <h2>{t('frame.mailboxes')}</h2>
        <MailboxTree />
      </div>
      <div className="nav fixed">
        <h2>{t('frame.delivery')}</h2>
        <DeliveryRows />
      </div>
      <Foot />
    </nav>
  );
}

function SmartRows() {
  const t = useText();
  const here = useStore(place);
  const unread = useQuery('status.read', {}).value?.unread ?? 0;
  const at = (name: string) => here.screen === 'mail' && here.path[0] === 'smart' && here.path[1] === name;
  const to = (name: string) => ({ screen: 'mail', path: ['smart', name] }) as const;
  return (
    <ul>
      <NavRow to={to('unread')} icon="unread" label={t('frame.allUnread')} unread={unread} current={at('unread')} />
      <NavRow to={to('flagged')} icon="flag" label={t('frame.allFlagged')} current={at('flagged')} />
      <NavRow to={to('today')} icon="calendar" label={t('frame.today')} current={at('today')} />
      <NavRow to={to('attachments')} icon="attachment" label={t('frame.withAttachments')} current={at('attachments')} />
    </ul>
  );
}
