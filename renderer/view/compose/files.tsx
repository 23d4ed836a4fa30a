// What goes with the message: chosen, dropped on the sheet, or pasted.
import { type ClipboardEvent, type DragEvent, useRef, useState } from 'react';
import type { ComposeFile } from '../../../shared/compose.js';
import { attachFiles, uploads } from '../../state/attach.js';
import { useStore } from '../../state/store.js';
import { editWriting, type Writing } from '../../state/writing.js';
import { formatOctets } from '../../text/number.js';
import { useLanguage, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { Progress } from '../part/progress.js';

const carriesFiles = (event: DragEvent) => [...event.dataTransfer.types].includes('Files');

export function useDroppedFiles() {
  const [over, setOver] = useState(false);
  const handlers = {
    onDragOver: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(true);
    },
    onDragLeave: () => setOver(false),
    onDrop: (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      event.preventDefault();
      setOver(false);
      void attachFiles([...event.dataTransfer.files]);
    },
  };
  const onPaste = (event: ClipboardEvent) => {
    const files = [...event.clipboardData.files];
    if (files.length === 0) return;
    event.preventDefault();
    void attachFiles(files);
  };
  return { over, handlers, onPaste };
}

export function Files({ now }: { now: Writing }) {
  const t = useText();
  const coming = useStore(uploads);
  const chooser = useRef<HTMLInputElement>(null);
  const shown = now.content.files.flatMap((id) => now.files.find((file) => file.id === id) ?? []);
  return (
    <div className="write-files">
      <input
        ref={chooser}
        type="file"
        multiple
        hidden
        aria-label={t('compose.attach')}
        onChange={(event) => {
          void attachFiles([...(event.target.files ?? [])]);
          event.target.value = '';
        }}
      />
      <Button small icon="attachment" onPress={() => chooser.current?.click()}>
        {t('compose.attach')}
      </Button>
      {shown.length === 0 ? null : (
        <ul className="atts" aria-label={t('reader.attachments', { count: shown.length })}>
          {shown.map((file) => (
            <FileChip key={file.id} file={file} onRemove={() => editWriting({ files: now.content.files.filter((id) => id !== file.id) })} />
          ))}
        </ul>
      )}
      {coming.map((upload) => (
        <div className="write-coming" key={upload.id}>
          <Progress done={upload.done} of={upload.of} label={upload.name} />
          <span className="small t3 el">{upload.name}</span>
        </div>
      ))}
    </div>
  );
}

function FileChip({ file, onRemove }: { file: ComposeFile; onRemove: () => void }) {
  const t = useText();
  const language = useLanguage();
  return (
    <li className="att" title={file.name}>
      <Icon name="file" />
      <span className="att-name">{file.name}</span>
      <span className="t3">{formatOctets(file.octets, language)}</span>
      <IconButton small icon="close" label={t('compose.detach', { name: file.name })} onPress={onRemove} />
    </li>
  );
}
