// From, recipients and subject. Cc, Bcc and Reply-To are there when they hold something, or when they are asked for.
import { useState } from 'react';
import { typedAddress } from '../../../shared/address-text.js';
import { type ComposeIdentity, swapSignature } from '../../../shared/compose.js';
import { useStore } from '../../state/store.js';
import { editWriting, type Writing } from '../../state/writing.js';
import { type TextKey, useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Select } from '../part/choice.js';
import { beginHere, waitHere } from './begin-here.js';
import { PeopleField } from './people-field.js';
import { complained, wrongIn } from './send.js';

const extra = ['cc', 'bcc', 'replyTo'] as const;
type Extra = (typeof extra)[number];
const words: Readonly<Record<Extra | 'to', TextKey>> = {
  to: 'compose.to',
  cc: 'compose.cc',
  bcc: 'compose.bcc',
  replyTo: 'compose.replyTo',
};

export function Fields({ now }: { now: Writing }) {
  const t = useText();
  const { content, draft } = now;
  const [shown, show] = useState<readonly Extra[]>(() => extra.filter((name) => content[name] !== ''));
  const resend = draft.kind === 'resend';
  const asked = useStore(complained) === draft.id;
  const noOne = asked && wrongIn(now).noOne ? t('compose.noOne') : null;
  const hidden = extra.filter((name) => !shown.includes(name) && !(resend && name === 'replyTo'));
  return (
    <div className="write-head">
      <From now={now} />
      <PeopleField
        label={t(words.to)}
        value={content.to}
        error={noOne}
        asked={asked}
        autoFocus={content.to === ''}
        onChange={(to) => editWriting({ to })}
      >
        {hidden.map((name) => (
          <Button key={name} small tone="ghost" onPress={() => show([...shown, name])}>
            {t(words[name])}
          </Button>
        ))}
      </PeopleField>
      {shown.map((name) => (
        <PeopleField
          key={name}
          label={t(words[name])}
          value={content[name]}
          asked={asked}
          autoFocus={content[name] === '' && shown.at(-1) === name}
          onChange={(text) => editWriting({ [name]: text })}
        />
      ))}
      <label className="write-line">
        <span className="write-name">{t('compose.subject')}</span>
        <input
          className="write-in"
          value={content.subject}
          readOnly={resend}
          ref={draft.topic === 'branched' ? beginHere : waitHere}
          placeholder={draft.topic === 'branched' ? t('compose.newSubject') : undefined}
          onChange={(event) => editWriting({ subject: event.target.value })}
        />
      </label>
    </div>
  );
}

const keyOf = ({ account, address }: Pick<ComposeIdentity, 'account' | 'address'>) => `${account} ${address}`;

function From({ now }: { now: Writing }) {
  const t = useText();
  const { content, draft } = now;
  const { identities } = draft;
  const current = identities.find(({ account, address }) => account === content.account && address === content.from);
  const choose = (key: string) => {
    const next = identities.find((identity) => keyOf(identity) === key);
    if (next === undefined) return;
    const replyTo = content.replyTo === (current?.replyTo ?? '') ? next.replyTo : content.replyTo;
    const text = draft.kind === 'resend' ? content.text : swapSignature(content.text, current?.signature ?? '', next.signature);
    editWriting({ account: next.account, from: next.address, replyTo, text });
  };
  return (
    <div className="write-line">
      <span className="write-name">{t('compose.from')}</span>
      <Select
        small
        hideLabel
        label={t('compose.from')}
        value={keyOf({ account: content.account, address: content.from })}
        onChange={choose}
        options={identities.map((identity) => ({
          value: keyOf(identity),
          label: identity.canSend ? typedAddress(identity) : t('compose.cannotSend', { address: identity.address }),
        }))}
      />
    </div>
  );
}
