// `todoku bounce PATH...|-`: what each message reports of another. JSON is one object a line, fields as listed here.
import type { BounceRecipient, BounceReport } from '../../shared/bounce.js';
import { explainBounce, kindWord, reasonWord } from '../../shared/bounce-text.js';
import { readBounce } from '../bounce/bounce.js';
import type { CommandIo } from './io.js';
import { Failures, messagesIn, printable } from './messages.js';

export interface BounceCommandOptions {
  readonly json?: boolean;
}
const messageLimit = 4_000_000;

/** Exit code: 0; 2 when a path could not be read (the others are printed all the same); 5 without any path. An mbox file is one message. */
export async function bounceCommand(paths: readonly string[], options: BounceCommandOptions, io: CommandIo): Promise<number> {
  if (paths.length === 0) {
    io.err('bounce: PATH or - is needed');
    return 5;
  }
  const failures = new Failures(io, 'bounce');
  for await (const { file, bytes } of messagesIn(paths, io.stdin, { limit: messageLimit, failed: failures.add })) {
    const report = readBounce(bytes);
    if (options.json ?? io.json) io.out(JSON.stringify({ file, ...bounceJson(report) }));
    else for (const line of bounceLines(file, report, io.language)) io.out(printable(line));
  }
  return failures.seen ? 2 : 0;
}

/** What the command prints of a report: the fields of the issue, in order. */
export function bounceJson(report: BounceReport): BounceReport {
  const { isBounce, kind, reportingMta, arrivalDate, recipients, original } = report;
  return { isBounce, kind, reportingMta, arrivalDate, recipients: recipients.map(recipientJson), original };
}

function recipientJson(recipient: BounceRecipient): BounceRecipient {
  const { final, original, action, status, statusDerived, smtpCode, diagnostic, remoteMta, lastAttempt, reason, permanent } = recipient;
  return { final, original, action, status, statusDerived, smtpCode, diagnostic, remoteMta, lastAttempt, reason, permanent };
}

function bounceLines(file: string, report: BounceReport, language: 'en' | 'ja'): string[] {
  const head = `${file}: ${kindWord(report.kind, language)}`;
  const about = report.original?.subject ?? report.original?.messageId ?? null;
  return [
    about === null || report.kind === null ? head : `${head}  (${about})`,
    ...report.recipients.flatMap((recipient) => recipientLines(recipient, report, language)),
  ];
}

function recipientLines(recipient: BounceRecipient, report: BounceReport, language: 'en' | 'ja'): string[] {
  const { what, next } = explainBounce({ ...recipient, kind: report.kind ?? 'failed', reportingMta: report.reportingMta }, language);
  const codes = [recipient.status, recipient.smtpCode].filter((code) => code !== null).join(' ');
  const derived = recipient.statusDerived ? (language === 'ja' ? '（推定）' : ' (derived)') : '';
  return [
    `  ${recipient.original ?? recipient.final ?? '?'}  ${reasonWord(recipient.reason, language)}  ${codes}${derived}`.trimEnd(),
    `    ${what}`,
    ...(next === '' ? [] : [`    ${next}`]),
    ...(recipient.diagnostic === null ? [] : [`    > ${recipient.diagnostic.text.slice(0, 500)}`]),
  ];
}
