// Editing one route: what is wrong is said as it is typed.
import { useState } from 'react';
import type { Routing } from '../../../shared/settings.js';
import { useText } from '../../text/text.js';
import { Button } from '../part/button.js';
import { Field } from '../part/field.js';
import type { RouteFaults } from './check.js';
import { type Entry, replaceAt, suggestedPath } from './entry.js';
import { MailboxTarget } from './mailbox-target.js';

export interface EditProps {
  readonly routing: Routing;
  readonly faults: RouteFaults;
  readonly onChange: (routing: Routing) => void;
}

const titles = { domain: 'routes.editDomain', mailbox: 'routes.editMailbox', alias: 'routes.editAlias' } as const;

export function RouteEditor(props: EditProps & { readonly entry: Entry; readonly onRemove: () => void; readonly onDone: () => void }) {
  const { entry, onRemove, onDone } = props;
  const t = useText();
  return (
    <div className="sec route-edit">
      <h2 className="b">{t(titles[entry.kind])}</h2>
      {entry.kind === 'domain' ? <DomainFields {...props} /> : null}
      {entry.kind === 'mailbox' ? <MailboxFields {...props} /> : null}
      {entry.kind === 'alias' ? <AliasFields {...props} /> : null}
      <div className="acts">
        <Button small tone="bad" icon="trash" onPress={onRemove}>
          {t('routes.remove')}
        </Button>
        <span className="sp" />
        <Button small onPress={onDone}>
          {t('routes.done')}
        </Button>
      </div>
    </div>
  );
}

interface EntryProps extends EditProps {
  readonly entry: Entry;
}
const typed = { spellCheck: 'false', autoComplete: 'off' } as const;

/** Nothing is called wrong before anything was typed. */
function useFault(faults: RouteFaults): (at: string, value: string) => string | null {
  const t = useText();
  return (at, value) => {
    const word = faults.get(at);
    return word === undefined || value === '' ? null : t(word);
  };
}

function DomainFields({ routing, faults, onChange, entry: { index, address } }: EntryProps) {
  const t = useText();
  return (
    <Field
      {...typed}
      autoFocus
      label={t('routes.domain')}
      value={address}
      onChange={(name) => onChange({ ...routing, domains: replaceAt(routing.domains, index, name.trim()) })}
      hint={t('routes.domainHint')}
      error={useFault(faults)(`domains.${index}`, address)}
    />
  );
}

function MailboxFields({ routing, faults, onChange, entry: { index } }: EntryProps) {
  const t = useText();
  const fault = useFault(faults);
  const box = routing.mailboxes[index] ?? { address: '', path: '', limit: null };
  const put = (change: Partial<typeof box>) =>
    onChange({ ...routing, mailboxes: replaceAt(routing.mailboxes, index, { ...box, ...change }) });
  const rename = (text: string) => {
    const address = text.trim();
    // The folder follows the address until it is written by hand.
    const follows = box.path === '' || box.path === suggestedPath(box.address);
    put({ address, ...(follows ? { path: suggestedPath(address) } : {}) });
  };
  return (
    <>
      <Field
        {...typed}
        autoFocus
        label={t('routes.address')}
        value={box.address}
        onChange={rename}
        hint={t('routes.mailboxHint')}
        error={fault(`mailboxes.${index}.address`, box.address)}
      />
      <Field
        {...typed}
        mono
        label={t('routes.path')}
        value={box.path}
        onChange={(path) => put({ path })}
        hint={t('routes.pathHint')}
        error={fault(`mailboxes.${index}.path`, box.path)}
      />
      <Megabytes label={t('routes.limit')} hint={t('routes.limitHint')} value={box.limit} onChange={(limit) => put({ limit })} />
      <MailboxTarget target={box.target} onChange={(target) => put({ target })} />
    </>
  );
}

function AliasFields({ routing, faults, onChange, entry: { index } }: EntryProps) {
  const t = useText();
  const fault = useFault(faults);
  const alias = routing.aliases[index] ?? { from: '', to: [] };
  const [text, setText] = useState(alias.to.join('\n'));
  const put = (change: Partial<typeof alias>) =>
    onChange({ ...routing, aliases: replaceAt(routing.aliases, index, { ...alias, ...change }) });
  return (
    <>
      <Field
        {...typed}
        autoFocus
        label={t('routes.from')}
        value={alias.from}
        onChange={(from) => put({ from: from.trim() })}
        hint={t('routes.aliasHint')}
        error={fault(`aliases.${index}.from`, alias.from)}
      />
      <Field
        {...typed}
        rows={3}
        label={t('routes.to')}
        value={text}
        onChange={(lines) => {
          setText(lines);
          put({ to: lines.split(/[\s,]+/).filter(Boolean) });
        }}
        hint={t('routes.toHint')}
        error={fault(`aliases.${index}.to`, alias.from === '' ? '' : 'said')}
      />
    </>
  );
}

interface MegabytesProps {
  readonly label: string;
  readonly hint: string;
  /** Octets. */
  readonly value: number | null;
  readonly onChange: (octets: number | null) => void;
}
export function Megabytes({ label, hint, value, onChange }: MegabytesProps) {
  const t = useText();
  const [text, setText] = useState(value === null ? '' : String(value / 1e6));
  const good = text.trim() === '' || Number(text) >= 0;
  return (
    <Field
      label={label}
      hint={hint}
      value={text}
      inputMode="decimal"
      autoComplete="off"
      error={good ? null : t('routes.wrongNumber')}
      onChange={(next) => {
        setText(next);
        if (next.trim() === '') onChange(null);
        else if (Number(next) >= 0) onChange(Math.round(Number(next) * 1e6));
      }}
    />
  );
}

export function GeneralEditor({ routing, faults, onChange, onDone }: EditProps & { readonly onDone: () => void }) {
  const t = useText();
  const fault = useFault(faults);
  const put = (change: Partial<Routing>) => onChange({ ...routing, ...change });
  return (
    <div className="sec route-edit">
      <h2 className="b">{t('routes.general')}</h2>
      <Field
        {...typed}
        autoFocus
        label={t('routes.postmaster')}
        value={routing.postmaster ?? ''}
        onChange={(text) => put({ postmaster: text.trim() || null })}
        hint={t('routes.postmasterHint')}
        error={fault('postmaster', routing.postmaster ?? '')}
      />
      <div className="grid-2">
        <Field
          {...typed}
          label={t('routes.localDomain')}
          value={routing.localDomain}
          onChange={(localDomain) => put({ localDomain: localDomain.trim() })}
          error={fault('localDomain', routing.localDomain || ' ')}
        />
        <Field
          {...typed}
          label={t('routes.delimiter')}
          maxLength={1}
          value={routing.recipientDelimiter}
          onChange={(recipientDelimiter) => put({ recipientDelimiter })}
        />
        <Megabytes
          label={t('routes.messageLimit')}
          hint={t('routes.noLimit')}
          value={routing.messageSizeLimit}
          onChange={(octets) => put({ messageSizeLimit: octets ?? 0 })}
        />
        <Megabytes
          label={t('routes.mailboxLimit')}
          hint={t('routes.noLimit')}
          value={routing.mailboxSizeLimit}
          onChange={(octets) => put({ mailboxSizeLimit: octets ?? 0 })}
        />
      </div>
      <p className="hint">{t('routes.delimiterHint')}</p>
      <Field
        label={t('routes.hopLimit')}
        hint={t('routes.hopLimitHint')}
        value={String(routing.hopLimit)}
        inputMode="numeric"
        onChange={(text) => put({ hopLimit: Math.max(1, Math.round(Number(text.replace(/\D/g, '')) || 1)) })}
      />
      <Field
        label={t('routes.bouncesPerHour')}
        hint={t('routes.bouncesPerHourHint')}
        value={String(routing.bouncesPerHour)}
        inputMode="numeric"
        onChange={(text) => put({ bouncesPerHour: Math.min(10_000, Number(text.replace(/\D/g, '')) || 0) })}
      />
      <div className="acts">
        <span className="sp" />
        <Button small onPress={onDone}>
          {t('routes.done')}
        </Button>
      </div>
    </div>
  );
}
