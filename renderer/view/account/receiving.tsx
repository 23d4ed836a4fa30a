// Where the mail is: protocol, server, security, user and its secret.
import { authMethods } from '../../../shared/account.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Segmented, Select } from '../part/choice.js';
import { Field } from '../part/field.js';
import { type Draft, nameOf, portOf, type SecretKind } from './draft.js';
import { type PartProps, SecurityChoice, ServerFields, useWrong } from './inputs.js';

export function Receiving(props: PartProps) {
  const { draft, wrong, edit } = props;
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <div className="col-head">
        <h3>{t('account.receiving')}</h3>
        <span className="sp" />
        <Segmented
          label={t('account.protocol')}
          value={draft.protocol}
          // A new IMAP account is what people mean by one: its folders, here.
          onChange={(protocol) => edit({ protocol, ...(draft.base === null ? { source: protocol === 'pop3' } : {}) })}
          options={[
            { value: 'pop3', label: 'POP3' },
            { value: 'imap', label: 'IMAP' },
          ]}
        />
      </div>
      <Field
        autoFocus={draft.base === null}
        label={t('account.name')}
        placeholder={nameOf({ ...draft, name: '' })}
        value={draft.name}
        onChange={(name) => edit({ name })}
        autoComplete="off"
      />
      <ServerFields
        host={draft.host}
        port={portOf(draft)}
        automatic={draft.port === null}
        hostError={error('host')}
        portError={error('port')}
        onHost={(host) => edit({ host })}
        onPort={(port) => edit({ port })}
      />
      <SecurityChoice value={draft.security} onChange={(security) => edit({ security })} />
      <Pin pin={props.draft.pin} onUnpin={() => props.edit({ pin: null, pinnedPem: null })} />
      <Login {...props} />
    </>
  );
}

export function Pin({ pin, onUnpin }: { pin: string | null; onUnpin: () => void }) {
  const t = useText();
  if (pin === null) return null;
  return (
    <div className="pinned">
      <span className="small t2">{t('account.pinned')}</span>
      <span className="mono">{fingerprintLines(pin).join('\n')}</span>
      <Button small onPress={onUnpin}>
        {t('account.unpin')}
      </Button>
    </div>
  );
}

/** SHA-256 as four lines of eight octets. */
export function fingerprintLines(fingerprint: string): readonly string[] {
  const octets = fingerprint.split(':');
  return [0, 8, 16, 24].map((from) => octets.slice(from, from + 8).join(':')).filter((line) => line !== '');
}

const secretWords = {
  keyring: ['account.secretKeyring', 'account.secretKeyringHint'],
  file: ['account.secretFile', 'account.secretFileHint'],
  session: ['account.secretSession', 'account.secretSessionHint'],
  command: ['account.secretCommand', 'account.secretCommandHint'],
  token: ['account.secretToken', 'account.secretTokenHint'],
} as const;
/** A browser's station has no keyring. */
const offered = (current: SecretKind): readonly SecretKind[] =>
  (['keyring', 'file', 'session', 'command', 'token'] as const).filter(
    (kind) => kind !== 'keyring' || current === 'keyring' || window.station !== undefined,
  );

function Login(props: PartProps) {
  const { draft, wrong, edit } = props;
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <Field
        label={t('account.user')}
        value={draft.user}
        onChange={(user) => edit({ user })}
        error={error('user')}
        spellCheck="false"
        autoComplete="off"
      />
      <Secret {...props} />
      <Select
        label={t('account.secretKind')}
        value={draft.secretKind}
        onChange={(secretKind) => edit({ secretKind })}
        hint={t(secretWords[draft.secretKind][1])}
        options={offered(draft.secretKind).map((kind) => ({ value: kind, label: t(secretWords[kind][0]) }))}
      />
    </>
  );
}

function Secret({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const error = useWrong(wrong);
  if (draft.secretKind === 'command' || draft.secretKind === 'token') {
    return (
      <Field
        mono
        label={t('account.command')}
        placeholder="pass show mail/work"
        value={draft.command}
        onChange={(command) => edit({ command })}
        error={error('command')}
        spellCheck="false"
        autoComplete="off"
      />
    );
  }
  return (
    <Field
      type="password"
      label={t('account.password')}
      value={draft.secret}
      {...(draft.stored && draft.secretKind !== 'session' ? { placeholder: t('account.passwordKept') } : {})}
      onChange={(secret) => edit({ secret })}
      autoComplete="new-password"
    />
  );
}

type Auth = Draft['auth'];
const tokenMethods: readonly Auth[] = ['xoauth2', 'oauthbearer'];

export function Method({ draft, edit }: PartProps) {
  const t = useText();
  if (draft.secretKind === 'token') {
    return (
      <Select
        label={t('account.tokenMethod')}
        value={tokenMethods.includes(draft.auth) ? draft.auth : 'xoauth2'}
        onChange={(auth) => edit({ auth })}
        options={tokenMethods.map((auth) => ({ value: auth, label: auth.toUpperCase() }))}
      />
    );
  }
  const methods = authMethods.filter((auth) => !tokenMethods.includes(auth));
  return (
    <Select
      label={t('account.auth')}
      value={tokenMethods.includes(draft.auth) ? 'auto' : draft.auth}
      onChange={(auth) => edit({ auth })}
      options={methods.map((auth) => ({ value: auth, label: auth === 'auto' ? t('account.authAuto') : auth.toUpperCase() }))}
    />
  );
}
