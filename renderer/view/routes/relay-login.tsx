// The login of the relay that one mailbox's mail is handed to. The password goes to the station at once; it is never part of the routes.
import { useState } from 'react';
import type { DeliveryTarget } from '../../../shared/account.js';
import { toFailure } from '../../../shared/error.js';
import { call } from '../../state/link.js';
import { trouble } from '../../state/trouble.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Checkbox } from '../part/checkbox.js';
import { Field } from '../part/field.js';

type Smtp = Extract<DeliveryTarget, { kind: 'smtp' }>;
interface Props {
  readonly target: Smtp;
  readonly onChange: (target: Smtp) => void;
}
/** The desktop seals with its keyring; a station in a browser has only a file. */
const kind = () => (window.station === undefined ? 'file' : 'keyring');

export function RelayLogin({ target, onChange }: Props) {
  const t = useText();
  const { login: _, ...without } = target;
  // The routes take no login without a name: until there is one, the box alone is ticked.
  const [wanted, setWanted] = useState(target.login !== undefined);
  const put = (user: string) =>
    onChange(user === '' ? without : { ...without, login: { user, secret: target.login?.secret ?? { kind: kind() } } });
  return (
    <>
      <Checkbox
        on={wanted}
        onChange={(on) => {
          setWanted(on);
          if (!on) onChange(without);
        }}
      >
        {t('account.targetLogin')}
      </Checkbox>
      {wanted ? (
        <>
          <Field
            label={t('account.user')}
            value={target.login?.user ?? ''}
            onChange={(user) => put(user.trim())}
            error={target.login === undefined ? t('account.wrongUser') : null}
            autoComplete="off"
            spellCheck="false"
          />
          <Password target={target} />
        </>
      ) : null}
    </>
  );
}

function Password({ target: { host, port, login } }: { target: Smtp }) {
  const t = useText();
  const [secret, setSecret] = useState('');
  const [kept, setKept] = useState(false);
  const keep = async (user: string) => {
    const place = login?.secret.kind === 'keyring' ? 'keyring' : 'file';
    try {
      await call('route.secret', { host, port, user, kind: place, secret });
      setSecret('');
      setKept(true);
    } catch (error) {
      trouble.set(toFailure(error));
    }
  };
  return (
    <>
      <Field
        type="password"
        label={t('routes.relaySecret')}
        hint={kept ? t('routes.relaySecretKept') : t('routes.relaySecretHint')}
        value={secret}
        onChange={(text) => {
          setSecret(text);
          setKept(false);
        }}
        autoComplete="new-password"
      />
      <div className="row">
        <Button small isDisabled={secret === '' || login === undefined} onPress={() => void keep(login?.user ?? '')}>
          {t('routes.relaySecretKeep')}
        </Button>
      </div>
    </>
  );
}
