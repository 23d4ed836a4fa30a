// DKIM signatures verified (RFC 6376), on request only: this asks DNS for the keys of the domains that signed.
import { Resolver } from 'node:dns/promises';
import type { DkimReason, DkimReport, DkimSignature } from '../../shared/dkim.js';
import { readHeaders } from '../../shared/mail-header.js';

/** TXT records of a name, each in its pieces; throws with a DNS code. */
export type TxtLookup = (name: string) => Promise<readonly (readonly string[])[]>;

/** A message with a hundred signatures is no reason for a hundred look-ups. */
const mostLookups = 10;

export function dnsLookup(): TxtLookup {
  const resolver = new Resolver({ timeout: 5000, tries: 2 });
  return (name) => resolver.resolveTxt(name);
}

/** Never throws for what the message holds. */
export async function verifyDkim(raw: Uint8Array, lookup: TxtLookup): Promise<DkimReport> {
  const { dkimVerify } = await import('mailauth');
  const { results } = await dkimVerify(Buffer.from(raw), { resolver: limited(lookup) as never });
  const signed = results.filter(({ status }) => status.result !== 'none').map(signatureOf);
  const written = readHeaders(Buffer.from(raw).toString('latin1')).fields.filter(({ key }) => key === 'dkim-signature').length;
  const unread = Array.from({ length: Math.max(0, Math.min(written, mostLookups) - signed.length) }, () => unsupported);
  return { signatures: [...signed, ...unread] };
}

function limited(lookup: TxtLookup): (name: string) => Promise<readonly (readonly string[])[]> {
  let asked = 0;
  return (name) => {
    asked += 1;
    if (asked > mostLookups) throw Object.assign(new Error('too many signatures'), { code: 'ELIMIT' });
    return lookup(name);
  };
}

const unsupported: DkimSignature = {
  ...{ domain: null, selector: null, algorithm: null, pass: false, aligned: false },
  ...{ reason: 'unsupported', detail: '' },
};

interface Result {
  readonly signingDomain?: string;
  readonly selector?: string;
  readonly algo?: string;
  readonly status: { readonly result: string; readonly comment?: string; readonly aligned?: unknown };
}

function signatureOf(result: unknown): DkimSignature {
  const { signingDomain, selector, algo, status } = result as Result;
  return {
    domain: signingDomain ?? null,
    selector: selector ?? null,
    algorithm: algo ?? null,
    pass: status.result === 'pass',
    reason: reasonOf(status),
    aligned: Boolean(status.aligned),
    detail: status.comment ?? '',
  };
}

/** By mailauth's words. */
const words: readonly (readonly [RegExp, DkimReason])[] = [
  [/body hash/i, 'body-changed'],
  [/bad signature/i, 'bad-signature'],
  [/no key/i, 'no-key'],
  [/expir/i, 'expired'],
  [/DNS failure/i, 'dns'],
];
function reasonOf({ result, comment = '' }: Result['status']): DkimReason {
  if (result === 'pass') return 'verified';
  if (result === 'policy') return 'weak-key';
  return words.find(([shape]) => shape.test(comment))?.[1] ?? 'bad-key';
}
