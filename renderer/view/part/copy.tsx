// A button that copies a whole value, and says that it did.
import { useState } from 'react';
import { copyText } from '../../state/clipboard.js';
import { useText } from '../../text/text.js';
import { Button, IconButton } from './button.js';

export function CopyButton({ text, label, labelled = false }: { text: string; label?: string; labelled?: boolean }) {
  const t = useText();
  const [done, setDone] = useState(false);
  const copy = () => {
    void copyText(text).then(() => setDone(true));
    setTimeout(() => setDone(false), 2000);
  };
  const name = done ? t('common.copied') : (label ?? t('common.copy'));
  const icon = done ? 'check' : 'copy';
  return labelled ? (
    <Button small tone="ghost" icon={icon} onPress={copy}>
      {name}
    </Button>
  ) : (
    <IconButton small label={name} icon={icon} onPress={copy} />
  );
}
