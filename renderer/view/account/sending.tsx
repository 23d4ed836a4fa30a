// Sending, optional: by which server, as whom.
import { useText } from '../../text/text.js';
import { Switch } from '../part/checkbox.js';
import { Segmented } from '../part/choice.js';
import { Field } from '../part/field.js';
import { fromAddressOf, sendPortOf } from './draft.js';
import { type PartProps, SecurityChoice, ServerFields, useWrong } from './inputs.js';
import { Pin } from './receiving.js';

export function Sending(props: PartProps) {
  const { draft, edit } = props;
  const t = useText();
  return (
    <>
      <Switch on={draft.sending} onChange={(sending) => edit({ sending })}>
        <h3>
          {t('account.sending')} <span className="small t3">{t('account.optional')}</span>
        </h3>
      </Switch>
      {draft.sending ? <Server {...props} /> : <p className="hint">{t('account.sendingOff')}</p>}
    </>
  );
}

function Server(props: PartProps) {
  const { draft, wrong, edit } = props;
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <Field label={t('account.fromName')} value={draft.fromName} onChange={(fromName) => edit({ fromName })} autoComplete="off" />
      <Field
        label={t('account.fromAddress')}
        value={fromAddressOf(draft)}
        automatic={draft.fromAddress === null}
        onChange={(text) => edit({ fromAddress: text === '' ? null : text })}
        error={error('fromAddress')}
        autoComplete="off"
        spellCheck="false"
      />
      <Field
        label={t('account.signature')}
        rows={3}
        value={draft.signature}
        onChange={(signature) => edit({ signature })}
        hint={t('account.signatureHint')}
      />
      <ServerFields
        host={draft.sendHost}
        port={sendPortOf(draft)}
        automatic={draft.sendPort === null}
        hostError={error('sendHost')}
        portError={error('sendPort')}
        onHost={(sendHost) => edit({ sendHost })}
        onPort={(sendPort) => edit({ sendPort })}
      />
      <SecurityChoice value={draft.sendSecurity} onChange={(sendSecurity) => edit({ sendSecurity })} />
      <Pin pin={draft.sendPin} onUnpin={() => edit({ sendPin: null, sendPinnedPem: null })} />
      <Segmented
        full
        hideLabel={false}
        label={t('account.sendLogin')}
        value={draft.sendLogin}
        onChange={(sendLogin) => edit({ sendLogin })}
        options={[
          { value: 'same', label: t('account.sendSame') },
          { value: 'own', label: t('account.sendOwn') },
          { value: 'none', label: t('account.sendNone') },
        ]}
      />
      {draft.sendLogin === 'own' ? <OwnLogin {...props} /> : null}
    </>
  );
}

function OwnLogin({ draft, wrong, edit }: PartProps) {
  const t = useText();
  return (
    <div className="grid-2">
      <Field
        label={t('account.user')}
        value={draft.sendUser}
        onChange={(sendUser) => edit({ sendUser })}
        error={useWrong(wrong)('sendUser')}
        autoComplete="off"
        spellCheck="false"
      />
      <Field
        type="password"
        label={t('account.password')}
        value={draft.sendSecret}
        onChange={(sendSecret) => edit({ sendSecret })}
        autoComplete="new-password"
      />
    </div>
  );
}
