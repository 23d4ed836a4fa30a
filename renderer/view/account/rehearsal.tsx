// Where the mail that lies on the server would go, before the account goes live: asked with what the dialog says, nothing fetched.
import { useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { Rehearsal, RehearsedMessage, RouteTarget } from '../../../shared/route.js';
import { call } from '../../state/link.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Icon } from '../part/icon.js';
import { ErrorNote } from '../part/state.js';
import type { Draft } from './draft.js';
import { accountOf } from './draft-account.js';
import { secretsOf } from './test-run.js';

const shown = 100;

interface Props {
  readonly draft: Draft;
  /** False, and the fields in error are shown, where the draft says no account yet. */
  readonly ready: () => boolean;
}

export function RehearsalPane({ draft, ready }: Props) {
  const t = useText();
  const [asking, setAsking] = useState(false);
  const [found, setFound] = useState<Rehearsal | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const ask = async () => {
    if (!ready()) return;
    setAsking(true);
    setFailure(null);
    try {
      setFound(await call('route.rehearse', { account: accountOf(draft), secret: secretsOf(draft).secret, limit: shown }));
    } catch (error) {
      setFound(null);
      setFailure(toFailure(error));
    }
    setAsking(false);
  };
  return (
    <section className="rehearsal">
      <h3>{t('account.rehearsal')}</h3>
      <p className="hint">{t('account.rehearsalHint')}</p>
      <Button icon="search" isDisabled={asking} onPress={() => void ask()}>
        {t(asking ? 'account.rehearsing' : 'account.rehearse')}
      </Button>
      {failure === null ? null : <ErrorNote failure={failure} />}
      {found === null ? null : <Found found={found} />}
    </section>
  );
}

export function Found({ found: { messages, rows } }: { found: Rehearsal }) {
  const t = useText();
  return (
    <>
      <p className="small t2" role="status">
        {t('account.rehearsed', { shown: rows.length, messages })}
      </p>
      {/* biome-ignore lint/a11y/noNoninteractiveTabindex: it scrolls, so the keyboard must reach it */}
      <ul className="rehearsed" tabIndex={0} aria-label={t('account.rehearsal')}>
        {rows.map((row) => (
          <Row key={row.uidl} row={row} />
        ))}
      </ul>
    </>
  );
}

function Row({ row }: { row: RehearsedMessage }) {
  const t = useText();
  return (
    <li title={row.by}>
      <span className="b el">{row.subject || t('account.noSubject')}</span>
      <span className="small t3 el">{row.from}</span>
      {row.targets.map((target) => (
        <span key={nameOf(target)} className="small row">
          <Icon name={'relay' in target ? 'sent' : 'mailbox'} />
          <span className="el mono">{nameOf(target)}</span>
        </span>
      ))}
      {row.refusals.map(({ address, text }) => (
        <span key={address} className="small row v-infected" title={text}>
          <Icon name="failed" />
          <span className="el">{text}</span>
        </span>
      ))}
    </li>
  );
}

const nameOf = (target: RouteTarget) => ('relay' in target ? target.relay : target.mailbox);
