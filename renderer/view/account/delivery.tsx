// Where the mail goes: one mailbox, or many by multidrop; to a Maildir, a relay or an IMAP folder; and what no route takes.
import { refusalPolicies } from '../../../shared/account.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { IconButton } from '../part/button.js';
import { Checkbox } from '../part/checkbox.js';
import { Segmented, Select } from '../part/choice.js';
import { Field } from '../part/field.js';
import { Menu } from '../part/menu.js';
import { addressOf } from './draft.js';
import { type PartProps, useWrong } from './inputs.js';

export function Delivery(props: PartProps) {
  const { draft, edit } = props;
  const t = useText();
  return (
    <>
      <Segmented
        full
        hideLabel={false}
        label={t('account.drop')}
        value={draft.multidrop ? 'many' : 'one'}
        onChange={(value) => edit({ multidrop: value === 'many' })}
        options={[
          { value: 'one', label: t('account.dropSingle') },
          { value: 'many', label: t('account.dropMulti') },
        ]}
      />
      {draft.multidrop ? <Many {...props} /> : <One {...props} />}
    </>
  );
}

function One({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const mailboxes = (useQuery('mailbox.list', {}).value ?? []).filter(({ kind }) => kind === 'local');
  const rows = mailboxes.map(({ address }) => ({ id: address, label: address, run: () => edit({ to: address }) }));
  return (
    <div className="with-button">
      <Field
        label={t('account.to')}
        value={addressOf(draft)}
        automatic={draft.to === null}
        onChange={(text) => edit({ to: text === '' ? null : text })}
        hint={t('account.toHint')}
        error={useWrong(wrong)('to')}
        spellCheck="false"
        autoComplete="off"
      />
      {rows.length === 0 ? null : (
        <Menu label={t('account.chooseMailbox')} groups={[{ title: '', rows }]}>
          <IconButton icon="mailbox" label={t('account.chooseMailbox')} />
        </Menu>
      )}
    </div>
  );
}

function Many({ draft, wrong, edit }: PartProps) {
  const t = useText();
  return (
    <>
      <p className="hint">{t('account.multiHint')}</p>
      <div className="pair wide-b">
        <Field
          label={t('account.envelope')}
          value={draft.envelope}
          onChange={(envelope) => edit({ envelope })}
          spellCheck="false"
          autoComplete="off"
        />
        <Field label={t('account.skip')} value={draft.skip} onChange={(skip) => edit({ skip })} error={useWrong(wrong)('skip')} />
      </div>
      <p className="hint">{t('account.envelopeHint')}</p>
      <Field
        label={t('account.localDomains')}
        value={draft.localDomains}
        onChange={(localDomains) => edit({ localDomains })}
        hint={t('account.localDomainsHint')}
        spellCheck="false"
      />
      <Field
        label={t('account.qvirtual')}
        value={draft.qvirtual}
        onChange={(qvirtual) => edit({ qvirtual })}
        hint={t('account.qvirtualHint')}
      />
      <Field
        rows={2}
        mono
        label={t('account.names')}
        value={draft.names}
        onChange={(names) => edit({ names })}
        hint={t('account.namesHint')}
      />
      <Checkbox on={draft.useReceived} onChange={(useReceived) => edit({ useReceived })}>
        {t('account.useReceived')}
      </Checkbox>
      <Checkbox on={draft.useToCc} onChange={(useToCc) => edit({ useToCc })}>
        {t('account.useToCc')}
      </Checkbox>
    </>
  );
}

const refusalWords = {
  postmaster: 'account.refusalPostmaster',
  keep: 'account.refusalKeep',
  bounce: 'account.refusalBounce',
} as const;

export function Target(props: PartProps) {
  const { draft, edit } = props;
  const t = useText();
  return (
    <>
      <Select
        label={t('account.target')}
        value={draft.target}
        onChange={(target) => edit({ target })}
        options={[
          { value: 'maildir', label: t('account.targetMaildir') },
          { value: 'smtp', label: t('account.targetSmtp') },
          { value: 'lmtp', label: t('account.targetLmtp') },
          { value: 'imap', label: t('account.targetImap') },
        ]}
      />
      {draft.target === 'smtp' || draft.target === 'lmtp' ? <Relay {...props} /> : null}
      {draft.target === 'imap' ? <Append {...props} /> : null}
      <Select
        label={t('account.refusal')}
        value={draft.refusal}
        onChange={(refusal) => edit({ refusal })}
        options={refusalPolicies.map((value) => ({ value, label: t(refusalWords[value]) }))}
      />
      {draft.refusal === 'bounce' ? <p className="hint v-suspect">{t('account.refusalBounceHint')}</p> : null}
      {draft.refusal === 'bounce' && !draft.sending && draft.target !== 'smtp' ? (
        <p className="hint v-suspect">{t('account.refusalBounceWay')}</p>
      ) : null}
    </>
  );
}

function Relay({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <div className="pair">
        <Field
          label={t('account.targetHost')}
          value={draft.targetHost}
          onChange={(targetHost) => edit({ targetHost })}
          error={error('targetHost')}
        />
        <Field
          label={t('account.port')}
          placeholder={draft.target === 'smtp' ? '25' : '24'}
          value={draft.targetPort}
          onChange={(targetPort) => edit({ targetPort })}
          error={error('targetPort')}
        />
      </div>
      {draft.target === 'smtp' ? <RelaySecurity {...{ draft, wrong, edit }} /> : null}
      {draft.target === 'lmtp' ? (
        <Field
          mono
          label={t('account.socket')}
          value={draft.socket}
          onChange={(socket) => edit({ socket })}
          hint={t('account.socketHint')}
        />
      ) : null}
      <div className="grid-2">
        <Field
          label={t('account.targetBatch')}
          inputMode="numeric"
          value={draft.targetBatch}
          onChange={(targetBatch) => edit({ targetBatch })}
          hint={t('account.targetBatchHint')}
          error={error('targetBatch')}
        />
        <Field
          label={t('account.antispam')}
          value={draft.antispam}
          onChange={(antispam) => edit({ antispam })}
          hint={t('account.antispamHint')}
          error={error('antispam')}
        />
      </div>
    </>
  );
}

function RelaySecurity({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const error = useWrong(wrong);
  return (
    <>
      <Segmented
        full
        hideLabel={false}
        label={t('account.security')}
        value={draft.targetSecurity}
        onChange={(targetSecurity) => edit({ targetSecurity })}
        options={[
          { value: 'tls', label: t('account.securityTls'), icon: 'lock' },
          { value: 'starttls', label: t('account.securityStarttls'), icon: 'lock' },
          { value: 'none', label: t('account.securityNone') },
        ]}
      />
      <Checkbox on={draft.targetLogin} onChange={(targetLogin) => edit({ targetLogin })}>
        {t('account.targetLogin')}
      </Checkbox>
      {draft.targetLogin ? (
        <div className="grid-2">
          <Field
            label={t('account.user')}
            value={draft.targetUser}
            onChange={(targetUser) => edit({ targetUser })}
            error={error('targetUser')}
            autoComplete="off"
            spellCheck="false"
          />
          <Field
            type="password"
            label={t('account.password')}
            value={draft.targetSecret}
            onChange={(targetSecret) => edit({ targetSecret })}
            autoComplete="new-password"
          />
        </div>
      ) : null}
    </>
  );
}

function Append({ draft, wrong, edit }: PartProps) {
  const t = useText();
  const error = useWrong(wrong)('targetAccount');
  const accounts = useQuery('account.list', {}).value ?? [];
  const options = accounts
    .filter(({ account }) => account.protocol === 'imap' && account.id !== draft.id)
    .map(({ account }) => ({ value: account.id, label: account.name }));
  return (
    <>
      {options.length === 0 ? (
        <p className="hint">{t('account.targetNoImap')}</p>
      ) : (
        <Select
          label={t('account.targetAccount')}
          value={draft.targetAccount}
          onChange={(targetAccount) => edit({ targetAccount })}
          options={options}
          {...(error === null ? {} : { hint: error })}
        />
      )}
      <Field label={t('account.targetFolder')} value={draft.targetFolder} onChange={(targetFolder) => edit({ targetFolder })} />
    </>
  );
}
