// What clamd answered, taken apart, and the verdict it stands for. Only `OK` is clean: anything unknown, an
// empty answer included, means that nothing was scanned.
import type { SuspiciousClass, Verdict } from '../../shared/verdict.js';

export type Reply =
  | { readonly kind: 'ok' }
  | { readonly kind: 'found'; readonly names: readonly string[] }
  | { readonly kind: 'error'; readonly text: string }
  | { readonly kind: 'unknown'; readonly text: string };

/** Reads one answer: several lines (NUL or LF) where clamd matches all. The worst line counts. */
export function readReply(raw: string): Reply {
  const lines = raw.split(/[\0\r\n]+/).filter((line) => line.trim() !== '');
  const replies = lines.map(readLine);
  const names = replies.flatMap((reply) => (reply.kind === 'found' ? reply.names : []));
  if (names.length > 0) return { kind: 'found', names: [...new Set(names)] };
  const bad = replies.find((reply) => reply.kind !== 'ok');
  return bad ?? replies[0] ?? { kind: 'unknown', text: '' };
}

// The text after the last ": " (names of files may hold one).
function readLine(line: string): Reply {
  const colon = line.lastIndexOf(': ');
  const text = (colon < 0 ? line : line.slice(colon + 2)).trim();
  if (text.endsWith(' FOUND')) return { kind: 'found', names: [signatureName(text.slice(0, -' FOUND'.length))] };
  if (line.endsWith(' ERROR')) return { kind: 'error', text: text.replace(/\.? ERROR$/, '') };
  if (text === 'OK' && colon >= 0) return { kind: 'ok' };
  return { kind: 'unknown', text: line.trim().slice(0, 500) };
}

/** `ExtendedDetectionInfo yes` adds (MD5:SIZE). */
function signatureName(text: string): string {
  return text.trim().replace(/\([0-9a-f]{32,64}:\d+\)$/, '');
}

/** unscannable: asking again will not help. unavailable: the scanner is at fault. */
export function verdictOf(reply: Reply): Verdict {
  switch (reply.kind) {
    case 'ok':
      return { kind: 'clean' };
    case 'found':
      return verdictOfNames(reply.names);
    case 'error':
      return scannersFault.test(reply.text)
        ? { kind: 'unavailable', reason: `clamd said: ${reply.text}` }
        : { kind: 'unscannable', reason: `clamd said: ${reply.text}` };
    case 'unknown':
      return {
        kind: 'unavailable',
        reason: reply.text === '' ? 'clamd gave no answer' : `clamd gave an answer we do not know: ${reply.text}`,
      };
  }
}

/** The size limit of clamd itself, below the one we were told. */
export function isSizeLimit(text: string): boolean {
  return text.includes('size limit exceeded');
}

// cl_strerror() texts that speak of the machine and not of the message.
const scannersFault =
  /can't (open|create|allocate|map|read|write|access|get|duplicate|fork)|no space|permission|access denied|path check failure|timed out|shutting down|no file descriptor|unlink|out of memory/i;

const classes: readonly (readonly [SuspiciousClass, RegExp])[] = [
  ['phishing', /^Heuristics\.Phishing\./],
  ['macro', /ContainsMacros/],
  ['encrypted', /^Heuristics\.Encrypted\./],
  ['limits', /^Heuristics\.Limits\.Exceeded/],
  ['unwanted', /^PUA\./],
];

/** Which class a signature belongs to; null: it names malware. */
export function signatureClass(name: string): SuspiciousClass | null {
  return classes.find(([, pattern]) => pattern.test(name))?.[0] ?? null;
}

function verdictOfNames(names: readonly string[]): Verdict {
  const found = names.map(signatureClass);
  if (found.includes(null)) return { kind: 'infected', signatures: names };
  const worst = classes.find(([name]) => found.includes(name));
  return worst === undefined ? { kind: 'infected', signatures: names } : { kind: 'suspicious', class: worst[0], signatures: names };
}
