// Importing a fetchmailrc: its text goes to the station, which says line by line what it takes and what not.
import { useState } from 'react';
import { DropZone, FileTrigger } from 'react-aria-components';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { ImportPreview } from '../../../shared/station.js';
import { call } from '../../state/link.js';
import { go } from '../../state/place.js';
import { useStore } from '../../state/store.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';
import { Field } from '../part/field.js';
import { Icon } from '../part/icon.js';
import { ErrorNote } from '../part/state.js';
import { type Chosen, importing, readChosen } from './importing.js';
import { Preview } from './preview.js';
import './welcome.css';

export function ImportDialog() {
  return useStore(importing) ? <Import /> : null;
}

function Import() {
  const t = useText();
  const [chosen, setChosen] = useState<Chosen | null>(null);
  const [preview, setPreview] = useState<ImportPreview | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const close = () => importing.set(false);
  const ask = async (name: 'import.preview' | 'import.apply', text: string): Promise<ImportPreview | null> => {
    try {
      setFailure(null);
      return await call(name, { kind: 'fetchmailrc', text });
    } catch (error) {
      setFailure(toFailure(error));
      return null;
    }
  };
  const read = async (next: Chosen) => {
    setChosen(next);
    setPreview(await ask('import.preview', next.text));
  };
  const apply = async () => {
    if (chosen === null || (await ask('import.apply', chosen.text)) === null) return;
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
        {preview === null ? <Source onText={(next) => void read(next)} /> : <Preview preview={preview} />}
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

function Source({ onText }: { onText: (chosen: Chosen) => void }) {
  const t = useText();
  const [text, setText] = useState('');
  const [tooBig, setTooBig] = useState(false);
  const take = async (file: File) => {
    const chosen = await readChosen(file);
    setTooBig(chosen === null);
    if (chosen !== null) onText(chosen);
  };
  return (
    <>
      <DropZone
        className="drop-zone"
        onDrop={({ items }) => {
          const [first] = items.filter((item) => item.kind === 'file');
          if (first !== undefined) void first.getFile().then(take);
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
        {tooBig ? (
          <p className="v v-infected" role="alert">
            <Icon name="problem" />
            {t('welcome.tooBig')}
          </p>
        ) : null}
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
