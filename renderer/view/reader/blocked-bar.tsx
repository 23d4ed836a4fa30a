// Remote images: how many are not loaded, what loading them would tell, and who may always.
import { useEffect, useState } from 'react';
import type { MessageView } from '../../../shared/message.js';
import type { ImageRef } from '../../html/clean.js';
import type { LoadedImages } from '../../html/images.js';
import { useSettings } from '../../state/settings.js';
import { act } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { Icon } from '../part/icon.js';

interface Props {
  readonly view: MessageView;
  readonly images: readonly ImageRef[];
  readonly loaded: LoadedImages;
  readonly remote: boolean;
  readonly onLoad: (load: boolean) => void;
}

export function BlockedBar({ view, images, loaded, remote, onLoad }: Props) {
  const t = useText();
  const [hidden, setHidden] = useState(false);
  const sender = view.envelope.from[0]?.address.toLowerCase() ?? '';
  const allowed = useRemoteAllowed(sender);
  const held = view.envelope.verdict === 'suspicious' || view.envelope.verdict === 'infected';
  useEffect(() => onLoad(allowed.on && !held), [allowed.on, held, onLoad]);
  const remotes = images.filter((image) => image.from === 'remote');
  if (remotes.length === 0 || hidden) return null;
  const trackers = remotes.filter((image) => image.tracker).length;
  const pictures = remotes.length - trackers;
  return (
    <div className="note images" role="status">
      <Icon name="image" />
      <span className="sp">
        {pictures === 0 ? '' : remote ? t('reader.loaded', { count: pictures - loaded.failed }) : t('reader.blocked', { count: pictures })}
        {remote && loaded.failed > 0 ? ` ${t('reader.loadFailed', { count: loaded.failed })}` : ''}
        {trackers > 0 ? ` ${t('reader.blockedTrackers', { count: trackers })}` : ''}
      </span>
      {remote || pictures === 0 ? null : (
        <Button small onPress={() => onLoad(true)}>
          {t('reader.loadOnce')}
        </Button>
      )}
      {sender === '' || held || pictures === 0 ? null : (
        <Button small tone="ghost" onPress={() => allowed.set(!allowed.on)}>
          <span className="el sender">{t(allowed.on ? 'reader.neverAgain' : 'reader.loadSender', { address: sender })}</span>
        </Button>
      )}
      <IconButton small icon="close" label={t('reader.loadNever')} onPress={() => setHidden(true)} />
    </div>
  );
}

function useRemoteAllowed(sender: string): { on: boolean; set: (on: boolean) => void } {
  const reading = useSettings()?.reading;
  const list = reading?.remoteAllowed ?? [];
  const set = (on: boolean) => {
    if (reading === undefined) return;
    const remoteAllowed = on ? [...list, sender] : list.filter((one) => one !== sender);
    void act('settings.write', { reading: { ...reading, remoteAllowed } });
  };
  return { on: sender !== '' && list.includes(sender), set };
}
