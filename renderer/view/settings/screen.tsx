// All settings on one page, searchable, with what is as it came marked.
import { useEffect, useState } from 'react';
import type { Settings } from '../../../shared/settings.js';
import { matchScore } from '../../command/match.js';
import { useQuery } from '../../state/query.js';
import { type Translate, useText } from '../../text/text.js';
import { exportAccounts } from '../account/export.js';
import { Button } from '../part/button.js';
import { Field } from '../part/field.js';
import { Page } from '../part/page.js';
import { Empty, ErrorNote, Skeleton } from '../part/state.js';
import type { ScreenProps } from '../screens.js';
import { ImportDialog } from '../welcome/import.js';
import { importing } from '../welcome/importing.js';
import { SettingLine } from './line.js';
import { type Section, sections } from './list.js';
import './settings.css';

export function SettingsScreen({ path: [wanted] }: ScreenProps) {
  const t = useText();
  const { value: settings, failure } = useQuery('settings.read', {});
  const [words, setWords] = useState('');
  const ready = settings !== null;
  useEffect(() => {
    if (ready && wanted !== undefined) document.getElementById(`settings-${wanted}`)?.scrollIntoView();
  }, [ready, wanted]);
  return (
    <Page title={t('settings.title')} tools={<Search words={words} onWords={setWords} />}>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {settings === null && failure === null ? <Skeleton /> : null}
      {settings === null ? null : <Sections settings={settings} words={words} onClear={() => setWords('')} />}
      <ImportDialog />
    </Page>
  );
}

/** The sections with what the words name: in a setting's title or text, or the section's own title. */
export function searchSettings(words: string, t: Translate): readonly Section[] {
  if (words.trim() === '') return sections;
  return sections
    .map((section) => ({
      ...section,
      settings: section.settings.filter(
        ({ title, text, path }) => matchScore([t(title), t(text), t(section.title), path].join(' '), words) > 0,
      ),
    }))
    .filter(({ settings }) => settings.length > 0);
}

function Sections({ settings, words, onClear }: { settings: Settings; words: string; onClear: () => void }) {
  const t = useText();
  const found = searchSettings(words, t);
  const imports =
    matchScore(
      `${t('settings.importFetchmailrc')} ${t('settings.importFetchmailrcText')} ${t('settings.exportAccounts')} ${t('settings.exportAccountsText')}`,
      words,
    ) > 0;
  if (found.length === 0 && !imports) {
    return (
      <Empty title={t('settings.nothingTitle', { words })} action={<Button onPress={onClear}>{t('settings.clear')}</Button>}>
        {t('settings.nothingText')}
      </Empty>
    );
  }
  return (
    <div className="settings">
      {found.map((section) => (
        <section key={section.id} id={`settings-${section.id}`} aria-labelledby={`settings-${section.id}-title`}>
          <h2 className="b" id={`settings-${section.id}-title`}>
            {t(section.title)}
          </h2>
          {section.settings.map((setting) => (
            <SettingLine key={setting.path} setting={setting} settings={settings} />
          ))}
        </section>
      ))}
      {imports ? <ImportSection /> : null}
    </div>
  );
}

function ImportSection() {
  const t = useText();
  return (
    <section id="settings-import">
      <h2 className="b">{t('settings.sectionImport')}</h2>
      <div className="set">
        <div className="set-words">
          <p>{t('settings.importFetchmailrc')}</p>
          <p className="hint">{t('settings.importFetchmailrcText')}</p>
        </div>
        <div className="set-control">
          <Button icon="import" onPress={() => importing.set(true)}>
            {t('settings.importButton')}
          </Button>
        </div>
      </div>
      <div className="set">
        <div className="set-words">
          <p>{t('settings.exportAccounts')}</p>
          <p className="hint">{t('settings.exportAccountsText')}</p>
        </div>
        <div className="set-control">
          <Button onPress={() => void exportAccounts([])}>{t('settings.exportButton')}</Button>
        </div>
      </div>
    </section>
  );
}

function Search({ words, onWords }: { words: string; onWords: (words: string) => void }) {
  const t = useText();
  return (
    <div className="settings-search">
      <Field
        autoFocus
        hideLabel
        type="search"
        label={t('settings.search')}
        placeholder={t('settings.searchPlaceholder')}
        value={words}
        onChange={onWords}
        autoComplete="off"
      />
    </div>
  );
}
