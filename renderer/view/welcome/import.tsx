// Importing a set-up: the file's text goes to the station, which says line by line what it takes and what not.
import { useState } from 'react';
import { type DirectoryDropItem, DropZone, FileTrigger } from 'react-aria-components';
import { type WindowImport, windowImports } from '../../../shared/contract.js';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { ImportPreview } from '../../../shared/station.js';
import { call } from '../../state/link.js';
import { go } from '../../state/place.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Select } from '../part/choice.js';
import { Dialog } from '../part/dialog.js';
import { Field } from '../part/field.js';
import { Icon } from '../part/icon.js';
import { ErrorNote } from '../part/state.js';
import { type Chosen, importing, kindOf, readChosen } from './importing.js';
import { Preview } from './preview.js';
import { kindWords, Recognised } from './recognised.js';
import './welcome.css';

export function ImportDialog() {
  return useStore(importing) ? <Import /> : null;
}

function Import() {
  const t = useText();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [kind, setKind] = useState<WindowImport | 'auto'>('auto');
  const [address, setAddress] = useState('');
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const close = () => importing.set(false);
  const ask = async (
    name: 'import.preview' | 'import.apply',
    { text, ...given }: Chosen,
    whose = address,
  ): Promise<ImportPreview | null> => {
    try {
      setFailure(null);
      const read = kind === 'auto' ? kindOf({ text, ...given }) : kind;
      return await call(name, { kind: read, text, address: read === 'autoconfig' && whose.includes('@') ? whose.trim() : null });
    } catch (error) {
      setFailure(toFailure(error));
      return null;
    }
  };
  const read = async (next: Chosen, whose = address) => {
    setChosen(next);
    setPreview(await ask('import.preview', next, whose));
  };
  const apply = async () => {
    if (chosen === null || (await ask('import.apply', chosen)) === null) return;
    close();
    go('station');
  };
  const again = () => {
    setChosen(null);
    setPreview(null);
    setFailure(null);
  };
  return (
    <Dialog
      alert
      width="640px"
      title={t('welcome.importTitle')}
      consequence={chosen?.name == null ? t('welcome.importConsequence') : t('welcome.fileName', { name: chosen.name })}
      onClose={close}
      buttons={<Buttons preview={preview} chosen={chosen !== null} onAgain={again} onClose={close} onApply={() => void apply()} />}
    >
      <div className="dlg-text import">
        {preview === null ? (
          <Source kind={kind} onKind={setKind} onText={(next) => void read(next)} />
        ) : (
          <>
            <Recognised
              kind={kind === 'auto' && chosen !== null ? kindOf(chosen) : kind}
              address={address}
              onAddress={(whose) => {
                setAddress(whose);
                if (chosen !== null) void read(chosen, whose);
              }}
            />
            <Preview preview={preview} />
          </>
        )}
        {failure === null ? null : <ErrorNote failure={failure} />}
      </div>
    </Dialog>
  );
}

interface ButtonsProps {
  readonly preview: ImportPreview | null;
  readonly chosen: boolean;
  readonly onAgain: () => void;
  readonly onClose: () => void;
  readonly onApply: () => void;
}
function Buttons({ preview, chosen, onAgain, onClose, onApply }: ButtonsProps) {
  const t = useText();
  return (
    <>
      {chosen ? (
        <Button tone="ghost" onPress={onAgain}>
          {t('welcome.again')}
        </Button>
      ) : null}
      <span className="sp" />
      <Button onPress={onClose}>{t('common.cancel')}</Button>
      {preview === null ? null : (
        <Button autoFocus tone="primary" isDisabled={preview.taken.length === 0} onPress={onApply}>
          {t('welcome.apply', { count: preview.accounts.length })}
        </Button>
      )}
    </>
  );
}

interface SourceProps {
  readonly kind: WindowImport | 'auto';
  readonly onKind: (kind: WindowImport | 'auto') => void;
  readonly onText: (chosen: Chosen) => void;
}
function Source({ kind, onKind, onText }: SourceProps) {
  const t = useText();
  const [text, setText] = useState('');
  const [refused, setRefused] = useState<'welcome.tooBig' | 'welcome.noPrefs' | null>(null);
  const take = async (file: File | null) => {
    const chosen = file === null ? null : await readChosen(file);
    setRefused(chosen !== null ? null : file === null ? 'welcome.noPrefs' : 'welcome.tooBig');
    if (chosen !== null) onText(chosen);
  };
  return (
    <>
      <Select
        label={t('welcome.kind')}
        value={kind}
        onChange={onKind}
        options={[
          { value: 'auto', label: t('welcome.kindAuto') },
          ...windowImports.map((one) => ({ value: one, label: t(kindWords[one]) })),
        ]}
      />
      <DropZone
        className="drop-zone"
        onDrop={({ items: [first] }) => {
          if (first?.kind === 'file') void first.getFile().then(take);
          else if (first?.kind === 'directory') void prefsIn(first).then(take);
        }}
      >
        <Icon name="import" />
        <p>{t('welcome.dropHere')}</p>
        <FileTrigger
          onSelect={(files) => {
            const [first] = files ?? [];
            if (first !== undefined) void take(first);
          }}
        >
          <Button autoFocus>{t('welcome.chooseFile')}</Button>
        </FileTrigger>
        {refused === null ? null : (
          <p className="v v-infected" role="alert">
            <Icon name="problem" />
            {t(refused)}
          </p>
        )}
      </DropZone>
      <Field
        mono
        rows={6}
        label={t('welcome.paste')}
        placeholder={'poll pop.example.com protocol pop3\n  user "ayumi" password "…" ssl'}
        value={text}
        onChange={setText}
        spellCheck="false"
      />
      <div className="acts import-read">
        <Button isDisabled={text.trim() === ''} onPress={() => onText({ name: null, text })}>
          {t('welcome.read')}
        </Button>
      </div>
    </>
  );
}

/** A dropped folder is a Thunderbird profile; null where it has no prefs.js. */
async function prefsIn(folder: DirectoryDropItem): Promise<File | null> {
  for await (const entry of folder.getEntries()) if (entry.kind === 'file' && entry.name === 'prefs.js') return entry.getFile();
  return null;
}
