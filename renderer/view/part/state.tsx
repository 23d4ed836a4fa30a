// Nothing there, not there yet, or failed: said in place.
import { type ReactNode, useEffect, useState } from 'react';
import type { Failure } from '../../../shared/error.js';
import { useText } from '../../text/text.js';
import { useExplain } from './explain.js';
import { Icon } from './icon.js';

/** One strong line that is true, one that says what it means, and the obvious next step if there is one. */
export function Empty({ title, children, action }: { title: string; children?: ReactNode; action?: ReactNode }) {
  return (
    <div className="empty">
      <b>{title}</b>
      {children === undefined ? null : <p>{children}</p>}
      {action === undefined ? null : <div className="acts">{action}</div>}
    </div>
  );
}

/** What happened, what the program did about it, and at most two actions. */
export function ErrorNote({ failure, title, actions }: { failure: Failure; title?: string; actions?: ReactNode }) {
  const t = useText();
  const explain = useExplain();
  const words = explain(failure);
  return (
    <div className="err" role="alert">
      <Icon name="problem" />
      <div className="err-in">
        <b>{title ?? t('common.failedTitle')}</b>
        <p>{words.what}</p>
        {words.next === '' ? null : <p className="t3">{words.next}</p>}
        {actions === undefined ? null : <div className="acts">{actions}</div>}
      </div>
    </div>
  );
}

/** Bars where text will be, only after 300 ms. */
export function Skeleton({ rows = 6, two = false }: { rows?: number; two?: boolean }) {
  const t = useText();
  const [late, setLate] = useState(false);
  useEffect(() => {
    const timer = setTimeout(() => setLate(true), 300);
    return () => clearTimeout(timer);
  }, []);
  if (!late) return null;
  return (
    <div className="skel" role="status" aria-label={t('common.loading')}>
      {Array.from({ length: rows }, (_, index) => (
        <div key={String(index)} className={two ? 'skel-row two' : 'skel-row'}>
          <i className="sk" />
          {two ? <i className="sk short" /> : null}
        </div>
      ))}
    </div>
  );
}
