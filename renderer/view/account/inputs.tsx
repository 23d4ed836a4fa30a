// The dialog's small inputs: host with port, security, a number inside a sentence.
import { useId } from 'react';
import type { Security } from '../../../shared/account.js';
import { useText } from '../../text/text.js';
import { Segmented } from '../part/choice.js';
import { Field } from '../part/field.js';
import type { Draft } from './draft.js';
import type { Wrong } from './draft-check.js';

/** What every part of the dialog is given. `wrong` is empty until something was tried. */
export interface PartProps {
  readonly draft: Draft;
  readonly wrong: Wrong;
  readonly edit: (change: Partial<Draft>) => void;
}

/** The error of a field, in words, or null. */
export function useWrong(wrong: Wrong): (field: keyof Draft) => string | null {
  const t = useText();
  return (field) => {
    const word = wrong[field];
    return word === undefined ? null : t(word);
  };
}

interface ServerProps {
  readonly host: string;
  readonly port: string;
  readonly automatic: boolean;
  readonly hostError: string | null;
  readonly portError: string | null;
  readonly onHost: (host: string) => void;
  /** Empty: back to the automatic one. */
  readonly onPort: (port: string | null) => void;
}
export function ServerFields({ host, port, automatic, hostError, portError, onHost, onPort }: ServerProps) {
  const t = useText();
  return (
    <div className="pair">
      <Field label={t('account.host')} value={host} onChange={onHost} error={hostError} spellCheck="false" autoComplete="off" />
      <Field
        label={t('account.port')}
        value={port}
        inputMode="numeric"
        automatic={automatic}
        onChange={(text) => onPort(text === '' ? null : text)}
        error={portError}
        autoComplete="off"
      />
    </div>
  );
}

interface SecurityProps {
  readonly value: Security;
  readonly onChange: (security: Security) => void;
}
export function SecurityChoice({ value, onChange }: SecurityProps) {
  const t = useText();
  return (
    <>
      <div className="row sec-label">
        <span className="fl-l">{t('account.security')}</span>
        <span className="sp" />
        <span className="small t3">{t('account.setsPort')}</span>
      </div>
      <Segmented
        full
        label={t('account.security')}
        value={value}
        onChange={onChange}
        options={[
          { value: 'tls', label: t('account.securityTls'), icon: 'lock' },
          { value: 'starttls', label: t('account.securityStarttls'), icon: 'lock' },
          { value: 'none', label: t('account.securityNone') },
        ]}
      />
      {value === 'none' ? <p className="hint v-suspect">{t('account.securityNoneHint')}</p> : null}
      {value === 'starttls' ? <p className="hint">{t('account.securityStarttlsHint')}</p> : null}
    </>
  );
}

interface NumberProps {
  readonly before: string;
  readonly after: string;
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly error: string | null;
  readonly isDisabled?: boolean;
}
/** A number inside its sentence; the whole sentence is its name. */
export function NumberIn({ before, after, value, onChange, error, isDisabled = false }: NumberProps) {
  const id = useId();
  return (
    <span className="num-in">
      <label htmlFor={id}>{before}</label>
      <input
        id={id}
        className={`in tiny ${error === null ? '' : 'bad'}`}
        inputMode="decimal"
        autoComplete="off"
        aria-label={`${before} ${after}`}
        aria-invalid={error !== null}
        title={error ?? undefined}
        disabled={isDisabled}
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
      <span>{after}</span>
    </span>
  );
}
