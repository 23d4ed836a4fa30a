// Remote images: how many are not loaded, what loading them would tell; once, always or never for a sender.
import { useEffect, useState } from 'react';
import type { CallInput } from '../../../shared/contract.js';
import type { MessageView } from '../../../shared/message.js';
import type { ImageRef } from '../../html/clean.js';
import type { LoadedImages } from '../../html/images.js';
import { useSettings } from '../../state/settings.js';
import { act } from '../../state/trouble.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button, IconButton } from '../part/button.js';
import { Icon } from '../part/icon.js';

interface Props {
  readonly view: MessageView;
  readonly images: readonly ImageRef[];
  readonly loaded: LoadedImages;
  readonly remote: boolean;
  readonly onLoad: (load: boolean) => void;
}

type Choice = 'ask' | 'allowed' | 'refused';

export function BlockedBar({ view, images, loaded, remote, onLoad }: Props) {
  const [hidden, setHidden] = useState(false);
  const sender = view.envelope.from[0]?.address.toLowerCase() ?? '';
  const choice = useChoice(sender);
  const held = view.envelope.verdict === 'suspicious' || view.envelope.verdict === 'infected';
  useEffect(() => onLoad(choice === 'allowed' && !held), [choice, held, onLoad]);
  const remotes = images.filter((image) => image.from === 'remote');
  if (remotes.length === 0 || hidden) return null;
  const trackers = remotes.filter((image) => image.tracker).length;
  const pictures = remotes.length - trackers;
  return (
    <div className="note images" role="status">
      <Icon name="image" />
      <Sentence counts={{ pictures, trackers, failed: loaded.failed }} remote={remote} refused={choice === 'refused'} />
      {pictures === 0 ? null : <Choices id={view.envelope.id} {...{ sender, choice, held, remote, onLoad }} />}
      <HideButton onPress={() => setHidden(true)} />
    </div>
  );
}

function HideButton({ onPress }: { onPress: () => void }) {
  const t = useText();
  return <IconButton small icon="close" label={t('reader.hideBar')} onPress={onPress} />;
}

interface Counts {
  readonly pictures: number;
  readonly trackers: number;
  readonly failed: number;
}

function Sentence({ counts, remote, refused }: { counts: Counts; remote: boolean; refused: boolean }) {
  const t = useText();
  const { pictures, trackers, failed } = counts;
  const blocked = refused ? 'reader.refused' : 'reader.blocked';
  return (
    <span className="sp">
      {pictures === 0 ? '' : remote ? t('reader.loaded', { count: pictures - failed }) : t(blocked, { count: pictures })}
      {remote && failed > 0 ? ` ${t('reader.loadFailed', { count: failed })}` : ''}
      {trackers > 0 ? ` ${t('reader.blockedTrackers', { count: trackers })}` : ''}
    </span>
  );
}

interface ChoicesProps {
  readonly id: string;
  readonly sender: string;
  readonly choice: Choice;
  readonly held: boolean;
  readonly remote: boolean;
  readonly onLoad: (load: boolean) => void;
}

function Choices({ id, sender, choice, held, remote, onLoad }: ChoicesProps) {
  const t = useText();
  const allow = (how: CallInput<'message.images'>['allow']) => act('message.images', { id, allow: how });
  const loadOnce = async () => {
    if ((await allow('once')) !== null) onLoad(true);
  };
  const ofSender = (how: 'sender' | 'never' | 'ask', label: TextKey) => (
    <Button small tone="ghost" onPress={() => void allow(how)}>
      <span className="el sender">{t(label, { address: sender })}</span>
    </Button>
  );
  if (sender === '') return remote ? null : <LoadOnce onPress={loadOnce} />;
  if (choice === 'refused') return ofSender('ask', 'reader.askAgain');
  return (
    <>
      {remote ? null : <LoadOnce onPress={loadOnce} />}
      {held ? null : choice === 'allowed' ? ofSender('ask', 'reader.neverAgain') : ofSender('sender', 'reader.loadSender')}
      {choice === 'allowed' ? null : ofSender('never', 'reader.loadNever')}
    </>
  );
}

function LoadOnce({ onPress }: { onPress: () => Promise<void> }) {
  const t = useText();
  return (
    <Button small onPress={() => void onPress()}>
      {t('reader.loadOnce')}
    </Button>
  );
}

function useChoice(sender: string): Choice {
  const reading = useSettings()?.reading;
  if (reading === undefined || sender === '') return 'ask';
  if (reading.remoteRefused.includes(sender)) return 'refused';
  return reading.remoteAllowed.includes(sender) ? 'allowed' : 'ask';
}
