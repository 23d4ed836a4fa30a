// A line of addresses that completes the one that is being typed from the mail that is here.
import { type KeyboardEvent, type ReactNode, useEffect, useId, useRef, useState } from 'react';
import { parseTyped, typedAddress } from '../../../shared/address-text.js';
import type { Address } from '../../../shared/message.js';
import { call } from '../../state/link.js';
import { useText } from '../../text/text.js';
import { Icon } from '../part/icon.js';

interface Props {
  readonly label: string;
  readonly value: string;
  readonly error?: string | null;
  /** Sending was asked for: what is no address is said. */
  readonly asked: boolean;
  readonly autoFocus?: boolean;
  readonly onChange: (text: string) => void;
  readonly children?: ReactNode;
}

/** Milliseconds after the last letter. */
const typingPause = 120;
const lastPiece = (text: string) => /[^,;、\n]*$/.exec(text)?.[0] ?? '';

function useCompletions(typed: string): readonly Address[] {
  const [found, setFound] = useState<readonly Address[]>([]);
  const words = lastPiece(typed).trim();
  useEffect(() => {
    if (words === '' || words.includes('<')) return setFound([]);
    let current = true;
    const ask = () =>
      call('compose.people', { typed: words }).then(
        (people) => current && setFound(people),
        () => undefined,
      );
    const timer = setTimeout(() => void ask(), typingPause);
    return () => {
      current = false;
      clearTimeout(timer);
    };
  }, [words]);
  return words === '' ? [] : found;
}

export function PeopleField({ label, value, error = null, asked, autoFocus = false, onChange, children }: Props) {
  const t = useText();
  const list = useId();
  const input = useRef<HTMLInputElement>(null);
  const [typed, setTyped] = useState('');
  const [at, setAt] = useState(0);
  const found = useCompletions(typed);
  const open = found.length > 0;
  useEffect(() => {
    if (autoFocus) input.current?.focus();
  }, [autoFocus]);
  const { wrong } = parseTyped(value);
  const complaint = error ?? (asked && wrong.length > 0 ? t('compose.wrong', { text: wrong.join(', ') }) : null);
  const choose = (person: Address) => {
    const before = value.slice(0, value.length - lastPiece(value).length);
    onChange(`${before}${before === '' || before.endsWith(' ') ? '' : ' '}${typedAddress(person)}, `);
    setTyped('');
    input.current?.focus();
  };
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open || event.nativeEvent.isComposing) return;
    const chosen = found[Math.min(at, found.length - 1)];
    if (event.key === 'ArrowDown') setAt((at + 1) % found.length);
    else if (event.key === 'ArrowUp') setAt((at + found.length - 1) % found.length);
    else if (event.key === 'Escape') setTyped('');
    else if ((event.key === 'Enter' || event.key === 'Tab') && !event.ctrlKey && !event.shiftKey && chosen !== undefined) choose(chosen);
    else return;
    event.preventDefault();
  };
  return (
    <div className="write-line">
      <label className="write-name" htmlFor={`${list}-in`}>
        {label}
      </label>
      <div className="write-people">
        <input
          id={`${list}-in`}
          ref={input}
          className="write-in"
          role="combobox"
          aria-autocomplete="list"
          aria-expanded={open}
          aria-controls={list}
          aria-activedescendant={open ? `${list}-${at}` : undefined}
          aria-invalid={complaint !== null}
          aria-describedby={complaint === null ? undefined : `${list}-wrong`}
          autoComplete="off"
          spellCheck={false}
          value={value}
          onChange={(event) => {
            onChange(event.target.value);
            setTyped(event.target.value);
            setAt(0);
          }}
          onBlur={() => setTyped('')}
          onKeyDown={onKeyDown}
        />
        <div id={list} role="listbox" aria-label={t('compose.people')} className="write-found" hidden={!open}>
          {found.map((person, index) => (
            <div
              key={person.address}
              id={`${list}-${index}`}
              role="option"
              tabIndex={-1}
              aria-selected={index === at}
              className={index === at ? 'on' : ''}
              onMouseDown={(event) => {
                event.preventDefault();
                choose(person);
              }}
            >
              <span className="el">{person.name || person.address}</span>
              {person.name === '' ? null : <span className="el t3">{person.address}</span>}
            </div>
          ))}
        </div>
        {complaint === null ? null : (
          <p className="fl-e" id={`${list}-wrong`} role="alert">
            <Icon name="problem" small />
            {complaint}
          </p>
        )}
      </div>
      {children}
    </div>
  );
}
