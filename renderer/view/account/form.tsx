// The account dialog: everything on one page, the test beside it. Nothing refuses to save what can be saved.
import { type FormEvent, useRef, useState } from 'react';
import { type Failure, toFailure } from '../../../shared/error.js';
import type { AccountState, TestStep } from '../../../shared/station.js';
import { call } from '../../state/link.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Dialog } from '../part/dialog.js';
import { ErrorNote } from '../part/state.js';
import './account.css';
import { Delivery, Target } from './delivery.js';
import { type Draft, isShown, newId } from './draft.js';
import { accountOf } from './draft-account.js';
import { checkDraft } from './draft-check.js';
import { Fetching } from './fetching.js';
import { Method, Receiving } from './receiving.js';
import { RehearsalPane } from './rehearsal.js';
import { Sending } from './sending.js';
import { Shown } from './shown.js';
import { TestPane } from './test.js';
import { secretsOf, useTest } from './test-run.js';

interface Props {
  readonly title: string;
  readonly initial: Draft;
  readonly accounts: readonly AccountState[];
  readonly onSaved: (id: string) => void;
  readonly onClose: () => void;
}

export function AccountForm({ title, initial, accounts, onSaved, onClose }: Props) {
  const t = useText();
  const [draft, setDraft] = useState(initial);
  const [tried, setTried] = useState(false);
  const [proven, setProven] = useState<string | null>(null);
  const [failure, setFailure] = useState<Failure | null>(null);
  const form = useRef<HTMLFormElement>(null);
  const { test, run, clear } = useTest();
  const wrong = checkDraft(draft);
  const count = Object.keys(wrong).length;
  const good = proven === provable(draft);

  const edit = (change: Partial<Draft>) => {
    setDraft((before) => ({ ...before, ...change }));
    if (test.state !== 'none' && test.state !== 'running' && provable({ ...draft, ...change }) !== provable(draft)) clear();
  };
  const ready = () => {
    setTried(true);
    if (count === 0) return true;
    requestAnimationFrame(() => form.current?.querySelector<HTMLElement>('[aria-invalid="true"]')?.focus());
    return false;
  };
  const tryOut = async (tested: Draft) => {
    setFailure(null);
    if (await run(tested)) setProven(provable(tested));
  };
  const trust = (step: TestStep) => {
    const trusted = withPin(draft, step);
    setDraft(trusted);
    void tryOut(trusted);
  };
  const save = async () => {
    if (!ready()) return;
    const saved = draft.base === null ? { ...draft, id: idFor(draft, accounts) } : draft;
    try {
      await call('account.save', { account: accountOf(saved), ...secretsOf(saved) });
      onSaved(saved.id);
    } catch (error) {
      setFailure(toFailure(error));
    }
  };
  const submit = (event: FormEvent) => {
    event.preventDefault();
    if (good) void save();
    else if (ready()) void tryOut(draft);
  };
  const shown = isShown(draft);
  const parts = { draft, edit, wrong: tried ? wrong : {} };
  return (
    <Dialog title={title} consequence={t('account.consequence')} width="992px" onClose={onClose} alert>
      <form ref={form} className="account-form" onSubmit={submit} noValidate>
        <div className="cols">
          <div className="col">
            <Receiving {...parts} />
            <Shown {...parts} />
            {shown ? null : <Delivery {...parts} />}
            <Method {...parts} />
          </div>
          <div className="col">
            {shown ? null : (
              <>
                <Fetching {...parts} />
                <Target {...parts} />
                <hr />
              </>
            )}
            <Sending {...parts} />
          </div>
          <div className="col test">
            <TestPane test={test} draft={draft} onTrust={trust} />
            {shown ? null : <RehearsalPane draft={draft} ready={ready} />}
            {failure === null ? null : <ErrorNote failure={failure} />}
          </div>
        </div>
        <footer>
          <p className="small t2 foot-hint">
            {tried && count > 0 ? t('account.correct', { count }) : t(good ? 'account.saveHint' : 'account.saveAnywayHint')}
          </p>
          <span className="sp" />
          <Button onPress={onClose}>{t('common.cancel')}</Button>
          {good ? (
            <>
              <Button icon="fetch" onPress={() => void tryOut(draft)}>
                {t('account.testAgain')}
              </Button>
              <Button type="submit" tone="primary">
                {t('account.save')}
              </Button>
            </>
          ) : (
            <>
              <Button onPress={() => void save()}>{t('account.saveAnyway')}</Button>
              <Button type="submit" tone="primary" icon="fetch" isDisabled={test.state === 'running'}>
                {t(test.state === 'running' ? 'account.testing' : 'account.test')}
              </Button>
            </>
          )}
        </footer>
      </form>
    </Dialog>
  );
}

function withPin(draft: Draft, { step, certificate }: TestStep): Draft {
  if (certificate === undefined) return draft;
  if (step.startsWith('smtp-')) return { ...draft, sendPin: certificate.fingerprint, sendPinnedPem: certificate.pem };
  return { ...draft, pin: certificate.fingerprint, pinnedPem: certificate.pem };
}

/** Only what a test has looked at: another name or interval does not make a passed test worthless. */
function provable(draft: Draft): string {
  const { protocol, host, port, security, user, auth, secretKind, secret, command, pin } = draft;
  const { sending, sendHost, sendPort, sendSecurity, sendLogin, sendUser, sendSecret, sendPin } = draft;
  const send = sending ? [sendHost, sendPort, sendSecurity, sendLogin, sendUser, sendSecret, sendPin] : [];
  return JSON.stringify([protocol, host, port, security, user, auth, secretKind, secret, command, pin, ...send]);
}

function idFor(draft: Draft, accounts: readonly AccountState[]): string {
  const taken = accounts.map(({ account }) => account.id);
  return newId(taken, `${draft.user}-${draft.host}`, draft.id.slice(-4));
}
