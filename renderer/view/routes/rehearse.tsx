// The dry run of an account with the routes as they stand on screen: where what lies on its server would go. Nothing is fetched.
import { useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { Rehearsal } from '../../../shared/route.js';
import type { Routing } from '../../../shared/settings.js';
import { call } from '../../state/link.js';
import { useQuery } from '../../state/query.js';
import { useText } from '../../text/text.js';
import { Found } from '../account/rehearsal.js';
import { Button } from '../part/button.js';
import { Select } from '../part/choice.js';
import { ErrorNote } from '../part/state.js';
import { finishedOnly } from './entry.js';

const shown = 100;

export function RehearseRoutes({ routing }: { routing: Routing }) {
  const t = useText();
  const accounts = (useQuery('account.list', {}).value ?? []).map(({ account }) => account);
  const [chosen, setChosen] = useState<string | null>(null);
  const [asking, setAsking] = useState(false);
  const [found, setFound] = useState<Rehearsal | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const account = accounts.find(({ id }) => id === chosen) ?? accounts[0];
  if (account === undefined) return null;
  const ask = async () => {
    setAsking(true);
    setFailure(null);
    setFound(null);
    try {
      setFound(await call('route.rehearse', { account, secret: null, limit: shown, routing: finishedOnly(routing) }));
    } catch (error) {
      setFailure(toFailure(error));
    }
    setAsking(false);
  };
  return (
    <div className="sec rehearsal">
      <h2 className="b">{t('account.rehearsal')}</h2>
      <p className="hint">{t('account.rehearsalHint')}</p>
      <div className="row">
        <Select
          label={t('routes.rehearseAccount')}
          value={account.id}
          onChange={(id) => {
            setChosen(id);
            setFound(null);
          }}
          options={accounts.map(({ id, name }) => ({ value: id, label: name }))}
        />
      </div>
      <Button icon="search" isDisabled={asking} onPress={() => void ask()}>
        {t(asking ? 'account.rehearsing' : 'routes.rehearse')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {found === null ? null : <Found found={found} />}
    </div>
  );
}
