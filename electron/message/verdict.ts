// The verdict that our own stamp left in a message (stamp.ts): only where it stands among the lines that we put on top.
import { suspiciousClasses, type Verdict } from '../../shared/verdict.js';
import type { HeaderField } from './headers.js';

/** The fields that our stamp writes above its verdict. Any other field above it means that someone else wrote it. */
const above = new Set(['return-path', 'x-original-to', 'delivered-to', 'x-virus-scanned']);
const unknown: Verdict = { kind: 'not-scanned', reason: '' };

/** What the top of the header says; `not-scanned` where it says nothing that is ours. */
export function stampedVerdict(fields: readonly HeaderField[]): Verdict {
  for (const { name, value } of fields) {
    if (name === 'x-virus-status') return parseVirusStatus(value);
    if (!above.has(name)) return unknown;
  }
  return unknown;
}

const list = (text: string) => text.split(/,\s*/).filter((name) => name !== '');

export function parseVirusStatus(value: string): Verdict {
  const match = /^([A-Za-z-]+)(?:\s*\(([\s\S]*)\))?\s*$/.exec(value.trim());
  const detail = match?.[2] ?? '';
  switch (match?.[1]?.toLowerCase()) {
    case 'clean':
      return { kind: 'clean' };
    case 'infected':
      return { kind: 'infected', signatures: list(detail) };
    case 'suspicious':
      return suspicious(detail);
    case 'unscannable':
      return { kind: 'unscannable', reason: detail };
    case 'not-scanned':
      return { kind: 'not-scanned', reason: detail };
    default:
      return unknown;
  }
}

function suspicious(detail: string): Verdict {
  const [name, signatures = ''] = detail.split(/:\s*/, 2);
  const found = suspiciousClasses.find((known) => known === name);
  return found === undefined ? unknown : { kind: 'suspicious', class: found, signatures: list(signatures) };
}
