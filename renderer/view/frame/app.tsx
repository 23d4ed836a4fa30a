// The window: title bar, sidebar, notices, and the screen that the address names.
import { useEffect, useRef } from 'react';
import { I18nProvider } from 'react-aria-components';
import { manner } from '../../command/keys.js';
import { linkState, on } from '../../state/link.js';
import { go, place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { applySettings, onSystemTheme, useSettings } from '../../state/settings.js';
import { useStore } from '../../state/store.js';
import { useLanguage } from '../../text/text.js';
import { SentBar } from '../compose/sent-bar.js';
import { screenViews } from '../screens.js';
import { Boundary } from './boundary.js';
import { Notices } from './notices.js';
import { Overlays } from './overlays.js';
import { Sidebar } from './sidebar.js';
import { Title } from './title.js';

export function App() {
  const { screen, path } = useStore(place);
  useAppliedSettings();
  useFirstRun();
  useEffect(openWhenAsked, []);
  const Screen = screenViews[screen];
  return (
    <I18nProvider locale={useLanguage()}>
      <div className="app" data-screen={screen} data-link={useStore(linkState)}>
        <Title />
        <Sidebar />
        <div className="work">
          <Notices />
          <Boundary key={screen}>
            <Screen path={path} />
          </Boundary>
          <SentBar />
        </div>
      </div>
      <Overlays />
    </I18nProvider>
  );
}

function useAppliedSettings(): void {
  const settings = useSettings();
  useEffect(() => {
    if (settings === null) return;
    applySettings(settings);
    manner.set(settings.keys);
    return onSystemTheme(() => applySettings(settings));
  }, [settings]);
}

/** Without accounts and without mail the window opens on the welcome page; mail that is found meanwhile is shown instead. */
function useFirstRun(): void {
  const accounts = useQuery('account.list', {}).value;
  const mailboxes = useQuery('mailbox.list', {}).value;
  const moved = useRef(false);
  useEffect(() => {
    const { screen, path } = place.get();
    const empty = accounts?.length === 0 && mailboxes?.every((mailbox) => mailbox.folders.every((folder) => folder.total === 0));
    if (empty && screen === 'mail' && path.length === 0) {
      moved.current = true;
      go('welcome', [], true);
    }
    const found = empty === false && moved.current;
    if (screen === 'welcome' && (found || (accounts !== null && accounts.length > 0))) go('mail', [], true);
    if (empty === false) moved.current = false;
  }, [accounts, mailboxes]);
}

/** A tray item, a menu or a clicked notification names a screen. */
function openWhenAsked(): () => void {
  return on('window.open', ({ screen, message }) => {
    if (screen === 'account') go('account', ['new']);
    else go(screen, screen === 'mail' && message !== null ? ['smart', 'unread', message] : []);
  });
}
