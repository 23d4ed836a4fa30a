// First run: add an account, import a fetchmailrc, or try the sample. One key each.
import { useEffect, useState } from 'react';
import { Button as AriaButton } from 'react-aria-components';
import { question } from '../../state/overlay.js';
import { go, place } from '../../state/place.js';
import { useQuery } from '../../state/query.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Icon, type IconName } from '../part/icon.js';
import { ImportDialog } from './import.js';
import { importing } from './importing.js';

export function WelcomeScreen() {
  const t = useText();
  const [starting, setStarting] = useState(false);
  const home = useQuery('status.read', {}).value?.home ?? '~/.local/share/todoku';
  const sample = async () => {
    setStarting(true);
    await act('sample.start', {});
    setStarting(false);
  };
  const picks: readonly Pick[] = [
    { key: 'A', icon: 'plus', title: t('welcome.add'), text: t('welcome.addText'), run: () => go('account', ['new']) },
    { key: 'I', icon: 'import', title: t('welcome.import'), text: t('welcome.importText'), run: () => importing.set(true) },
    {
      key: 'S',
      icon: 'station',
      title: t('welcome.sample'),
      text: t(starting ? 'welcome.sampleStarting' : 'welcome.sampleText'),
      run: () => void sample(),
    },
  ];
  useLetters(picks);
  return (
    <main className="pane content page welcome" data-pane="welcome" aria-label={t('welcome.title')}>
      <div className="wel">
        <h1>{t('welcome.heading')}</h1>
        <p className="t2 wel-intro">{t('welcome.intro')}</p>
        <ul className="pick">
          {picks.map((pick, index) => (
            <li key={pick.key}>
              <PickButton pick={pick} first={index === 0} disabled={starting} />
            </li>
          ))}
        </ul>
        <div className="disk">
          <Icon name="folder" />
          <p>{t('welcome.disk', { home })}</p>
        </div>
      </div>
      <ImportDialog />
    </main>
  );
}

interface Pick {
  readonly key: string;
  readonly icon: IconName;
  readonly title: string;
  readonly text: string;
  readonly run: () => void;
}

function PickButton({ pick, first, disabled }: { pick: Pick; first: boolean; disabled: boolean }) {
  return (
    <AriaButton className="pick-row" autoFocus={first} isDisabled={disabled} onPress={pick.run} aria-keyshortcuts={pick.key}>
      <Icon name={pick.icon} />
      <span>
        <span className="b block">{pick.title}</span>
        <span className="t2">{pick.text}</span>
      </span>
      <kbd className="kbd">{pick.key}</kbd>
    </AriaButton>
  );
}

/** A, I and S, while nothing lies over the page and nothing is being typed. */
function useLetters(picks: readonly Pick[]): void {
  useEffect(() => {
    const listener = (event: KeyboardEvent) => {
      const busy = event.ctrlKey || event.metaKey || event.altKey || event.isComposing || importing.get() || question.get() !== null;
      const typing = event.target instanceof HTMLElement && event.target.matches('input, textarea');
      if (busy || typing || event.defaultPrevented || place.get().screen !== 'welcome') return;
      picks.find(({ key }) => key === event.key.toUpperCase())?.run();
    };
    addEventListener('keydown', listener);
    return () => removeEventListener('keydown', listener);
  });
}
