// A trace as text to copy, or for a terminal: one block a hop, oldest first, in the words of the window.
import type { Hop, Trace } from '../../shared/trace.js';
import { delayText, describeAnomaly, dropText, traceWord } from '../../shared/trace-text.js';

type Language = 'en' | 'ja';

/** Several lines without a last newline. Control characters are shown, not written. */
export function traceText(trace: Trace, language: Language): string {
  const hops = trace.hops.flatMap((hop, index) => hopLines(trace, hop, index, language));
  const total = trace.totalSeconds === null ? [] : [`${traceWord('total', language)}: ${delayText(trace.totalSeconds, language)}`];
  const lines = [...hops, ...total, ...authentication(trace, language), ...anomalies(trace, language)];
  return lines.map(printable).join('\n');
}

function hopLines(trace: Trace, hop: Hop, index: number, language: Language): string[] {
  const delay = hop.delaySeconds === null ? '' : `  ${hop.delaySeconds < 0 ? '' : '+'}${delayText(hop.delaySeconds, language)}`;
  const marks = [index === trace.boundary ? traceWord('boundary', language) : '', hop.trusted ? '' : traceWord('unverified', language)];
  const head = `${index + 1}. ${hop.date ?? traceWord('no-date', language)}${delay}${marks.map((mark) => (mark ? `  [${mark}]` : '')).join('')}`;
  const facts: readonly (readonly [string, string | null])[] = [
    ['from', hop.fromIp === null || hop.from?.includes(hop.fromIp) ? hop.from : `${hop.from ?? ''} [${hop.fromIp}]`.trim()],
    ['by', hop.by],
    ['with', withText(hop)],
    ['id', hop.id],
    ['for', hop.for],
    ['drop', hop.drop === null ? null : dropText(hop.drop, language)],
  ];
  const shown = facts.filter(([, value]) => value !== null && value !== '');
  return [
    head,
    ...(shown.length > 0 ? shown.map(([name, value]) => `   ${name.padEnd(5)} ${value}`) : [`   ${hop.raw.replaceAll(/\s+/g, ' ')}`]),
  ];
}

function withText(hop: Hop): string | null {
  if (hop.tls === null) return hop.with;
  const words = [hop.tls.version, hop.tls.cipher, hop.tls.bits === null ? null : `${hop.tls.bits} bits`].filter((word) => word !== null);
  return `${hop.with ?? ''} (TLS${words.length > 0 ? `: ${words.join(', ')}` : ''})`.trim();
}

function authentication(trace: Trace, language: Language): string[] {
  return trace.authentication.flatMap((result) =>
    result.methods.map((method) => {
      const mark = result.trusted ? '' : `  [${traceWord('untrusted-result', language)}]`;
      return `${method.method}=${method.result}${method.domain === null ? '' : ` ${method.domain}`}  (${result.authservId || '-'})${mark}`;
    }),
  );
}

function anomalies(trace: Trace, language: Language): string[] {
  return trace.anomalies.map((anomaly) => `! ${describeAnomaly(anomaly, trace, language)}`);
}

/** S22: nothing from a mail reaches a terminal as a control character, nor turns the direction of the text. */
function printable(line: string): string {
  return line.replaceAll(/[\0-\x1f\x7f-\x9f\u202a-\u202e\u2066-\u2069]/g, (c) => `\\x${c.charCodeAt(0).toString(16).padStart(2, '0')}`);
}
