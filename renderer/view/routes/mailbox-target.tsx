// Where one mailbox's mail is handed instead of its folder: a relay, or a folder of an IMAP account.
import type { DeliveryTarget } from '../../../shared/account.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { Select } from '../part/choice.js';
import { Field } from '../part/field.js';
import { RelayLogin } from './relay-login.js';

interface Props {
  readonly target: DeliveryTarget | undefined;
  readonly onChange: (target: DeliveryTarget | undefined) => void;
}
const relay = { batchLimit: 0, antispam: [] };
const blank = {
  smtp: { kind: 'smtp', host: '127.0.0.1', port: 25, ...relay },
  lmtp: { kind: 'lmtp', host: '127.0.0.1', port: 24, socket: null, ...relay },
} as const;
const typed = { spellCheck: 'false', autoComplete: 'off' } as const;

export function MailboxTarget({ target, onChange }: Props) {
  const t = useText();
  const accounts = (useQuery('account.list', {}).value ?? []).filter(({ account }) => account.protocol === 'imap');
  const [first] = accounts;
  const choose = (kind: DeliveryTarget['kind']) => {
    if (kind === 'maildir') onChange(undefined);
    else if (kind === 'imap') onChange(first === undefined ? undefined : { kind, account: first.account.id, folder: 'INBOX' });
    else onChange({ ...blank[kind], antispam: [] });
  };
  return (
    <>
      <Select
        label={t('account.target')}
        value={target?.kind ?? 'maildir'}
        onChange={choose}
        options={[
          { value: 'maildir', label: t('account.targetMaildir') },
          { value: 'smtp', label: t('account.targetSmtp') },
          { value: 'lmtp', label: t('account.targetLmtp') },
          ...(first === undefined ? [] : [{ value: 'imap' as const, label: t('account.targetImap') }]),
        ]}
      />
      {target?.kind === 'smtp' || target?.kind === 'lmtp' ? <Relay target={target} onChange={onChange} /> : null}
      {target?.kind === 'imap' ? (
        <>
          <Select
            label={t('account.targetAccount')}
            value={target.account}
            onChange={(account) => onChange({ ...target, account })}
            options={accounts.map(({ account }) => ({ value: account.id, label: account.name }))}
          />
          <Field
            {...typed}
            label={t('account.targetFolder')}
            value={target.folder}
            onChange={(folder) => onChange({ ...target, folder })}
          />
        </>
      ) : null}
    </>
  );
}

function Relay({ target, onChange }: { target: Extract<DeliveryTarget, { kind: 'smtp' | 'lmtp' }>; onChange: Props['onChange'] }) {
  const t = useText();
  return (
    <>
      <div className="pair">
        <Field
          {...typed}
          label={t('account.targetHost')}
          value={target.host}
          onChange={(host) => onChange({ ...target, host })}
          error={target.host.trim() === '' ? t('account.wrongHost') : null}
        />
        <Field
          {...typed}
          label={t('account.port')}
          inputMode="numeric"
          value={String(target.port)}
          onChange={(text) => onChange({ ...target, port: Math.min(65_535, Math.max(1, Number(text.replace(/\D/g, '')) || 1)) })}
        />
      </div>
      {target.kind === 'lmtp' ? (
        <Field
          {...typed}
          mono
          label={t('account.socket')}
          value={target.socket ?? ''}
          onChange={(socket) => onChange({ ...target, socket: socket.trim() || null })}
          hint={t('account.socketHint')}
        />
      ) : (
        <>
          <Select
            label={t('account.security')}
            value={target.security ?? 'none'}
            onChange={(security) => onChange({ ...target, security })}
            options={[
              { value: 'tls', label: t('account.securityTls') },
              { value: 'starttls', label: t('account.securityStarttls') },
              { value: 'none', label: t('account.securityNone') },
            ]}
          />
          <RelayLogin target={target} onChange={onChange} />
        </>
      )}
    </>
  );
}
