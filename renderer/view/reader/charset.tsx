// With which characters the message is read: as it says, or as the person chooses where it says wrong.
import type { MessageView } from '../../../shared/message.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Menu, type MenuRow } from '../part/menu.js';

const charsets = [
  'utf-8',
  'iso-2022-jp',
  'shift_jis',
  'euc-jp',
  'gb18030',
  'big5',
  'euc-kr',
  'windows-1252',
  'iso-8859-15',
  'windows-1250',
  'windows-1251',
  'koi8-r',
  'windows-1253',
  'windows-1254',
  'windows-1255',
  'windows-1256',
  'tis-620',
] as const;

interface Props {
  readonly view: MessageView;
  readonly chosen: string | null;
  readonly onChoose: (charset: string | null) => void;
}

export function CharsetMenu({ view, chosen, onChoose }: Props) {
  const t = useText();
  const row = (charset: string | null, label: string): MenuRow => ({
    id: charset ?? 'auto',
    label,
    marked: chosen === charset,
    run: () => onChoose(charset),
  });
  const declared = chosen === null ? (view.charset ?? t('reader.charsetNone')) : '';
  const auto = row(null, declared === '' ? t('reader.charsetAsDeclared') : t('reader.charsetAuto', { charset: declared }));
  const groups = [
    { title: '', rows: [auto] },
    { title: t('reader.charset'), rows: charsets.map((charset) => row(charset, charset)) },
  ];
  return (
    <Menu label={t('reader.charset')} groups={groups}>
      <Button small tone="ghost" icon="text">
        {t('reader.charset')}
        {chosen === null ? '' : `: ${chosen}`}
      </Button>
    </Menu>
  );
}
