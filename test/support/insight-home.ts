// A data folder for what is read out of headers and bounces: chains fetched by a real fetchmail and left for the station, a
// forged one with a wrong clock, bounces that real servers wrote, and the copy in Sent that one of them is about.
import { execFile } from 'node:child_process';
import { mkdirSync, readFileSync, utimesSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { makeScenario } from './crash.js';
import type { Dovecot } from './dovecot.js';

export interface InsightHome {
  readonly home: string;
  readonly maildir: string;
}
const fixtures = join(import.meta.dirname, '..', 'fixture', 'bounce', 'server');
/** Each from a server that ran for this; with the days since it came. */
export const bounceFiles: readonly (readonly [string, number])[] = [
  ['postfix-user-unknown', 0],
  ['exim-mailbox-full', 1],
  ['sendmail-too-big', 2],
  ['haraka-blocked', 3],
  ['postfix-delayed', 3],
  ['opensmtpd-virus', 5],
  ['exim-three-recipients', 9],
];

const at = (minutes: number) => new Date(Math.floor(Date.now() / 60_000) * 60_000 - minutes * 60_000).toUTCString().replace('GMT', '+0000');
/** Four hops, oldest last; with the one of who fetches it, five. */
function chain(subject: string): string {
  return `Return-Path: <ken@kawa.example>
Received: from mx3.isp.example (mx3.isp.example [198.51.100.33])
	by store2.isp.example (Cyrus v3.4) with LMTPA; ${at(18)}
Received: from filter.isp.example (localhost [127.0.0.1])
	by mx3.isp.example (Postfix) with ESMTP id 7F21C2
	for <ayumi@isp.example>; ${at(19)}
Authentication-Results: mx3.isp.example; spf=pass smtp.mailfrom=kawa.example; dmarc=pass header.from=kawa.example
Received: from smtp.kawa.example (smtp.kawa.example [203.0.113.5])
	(using TLSv1.3 with cipher TLS_AES_256_GCM_SHA384 (256/256 bits))
	by mx3.isp.example (Postfix) with ESMTPS id 1A2B3C
	for <ayumi@isp.example>; ${at(20)}
Received: from kens-laptop.local (unknown [10.0.0.23])
	by smtp.kawa.example (Postfix) with ESMTPSA id 99AA77; ${at(21)}
From: Ken <ken@kawa.example>
To: ayumi@isp.example
Subject: ${subject}
Date: ${at(21)}
Message-ID: <${subject.replaceAll(' ', '-')}@kawa.example>

Press H.
`;
}
/** A stranger who greets with our own name, below it a line of his own making, and our clock two hours slow. */
const forged = () => `Received: from mx3.isp.example (dsl.far.example [203.0.113.66])
	by mx3.isp.example (Postfix) with ESMTP id 5D5D5D; ${at(180)}
Received: from inner.isp.example (inner.isp.example [10.0.0.1])
	by mx3.isp.example (Postfix) with ESMTP id FA4CED; ${at(60)}
From: someone@far.example
To: ayumi@isp.example
Subject: A made up road
Message-ID: <forged@far.example>

Trust me.
`;

/** Thirty hops, newest first, a minute apart. */
const long = () =>
  `${Array.from({ length: 30 }, (_, index) => `Received: from h${index + 1}.isp.example (h${index + 1}.isp.example [198.51.100.${index + 1}])\n\tby h${index}.isp.example (Postfix) with ESMTP id ${index + 10}AA; ${at(30 + index)}`).join('\n')}
From: Ken <ken@kawa.example>
To: ayumi@isp.example
Subject: Thirty hops
Message-ID: <thirty@kawa.example>

Far away.
`;

/** One account, `joe`, whose message the station has yet to fetch; fetchmail has fetched its own. */
export async function insightHome(dovecot: Dovecot): Promise<InsightHome> {
  const sending = { host: '127.0.0.1', port: 9, security: 'none' as const, anonymous: true };
  const made = makeScenario({ port: dovecot.pop3Port, user: 'station', fetch: { interval: 86_400 }, sending }, 'secret', null);
  const put = (folder: string, name: string, text: string | Buffer, days = 0) => {
    for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(made.maildir, folder, part), { recursive: true });
    const path = join(made.maildir, folder, 'cur', `${name}:2,S`);
    writeFileSync(path, text);
    const time = Date.now() / 1000 - days * 86_400 - 60;
    utimesSync(path, time, time);
  };
  put('', '1.M1P1.forged', forged(), 20);
  put('', '1.M2P1.long', long(), 21);
  for (const [name, days] of bounceFiles) put('', `2.M1P1.${name}`, readFileSync(join(fixtures, `${name}.eml`)), days);
  const sent = `Message-ID: ${originalOf('postfix-user-unknown')}\nFrom: ayumi@home.test\nTo: unknown@far.test\nSubject: the copy that was sent\n\nHello.\n`;
  put('.Sent', '3.M1P1.sent', sent, 1);
  await dovecot.deposit('station', chain('Fetched by the station'));
  await dovecot.deposit('fetchmail', chain('Fetched by fetchmail'));
  await fetchedByFetchmail(dovecot.pop3Port, made.maildir, made.home);
  return made;
}

function originalOf(name: string): string {
  return (JSON.parse(readFileSync(join(fixtures, `${name}.json`), 'utf8')) as { original: { messageId: string } }).original.messageId;
}

/** Its own program, its own Received line; delivery as it is usually configured, through a program. */
async function fetchedByFetchmail(port: number, maildir: string, folder: string): Promise<void> {
  const rc = join(folder, 'fetchmailrc');
  const deliver = `/bin/sh -c 'cat > ${maildir}/cur/4.M1P1.fetchmail:2,S'`;
  const text = `poll 127.0.0.1 service ${port} protocol pop3 user "fetchmail" password "secret" is "ayumi@mori.example" here nokeep sslproto '' mda "${deliver}"\n`;
  writeFileSync(rc, text, { mode: 0o600 });
  await promisify(execFile)(
    'fetchmail',
    ['--nodetach', '--nosyslog', '-f', rc, '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')],
    {
      env: { ...process.env, LC_ALL: 'C' },
    },
  );
}

/** Failures of so many recipients at twenty domains, over four weeks; a third each of an unknown user, a full mailbox and a block. */
export function manyBounces(maildir: string, count: number): void {
  const said = [
    'Sorry, no mailbox here by that name. (#5.1.1)',
    'Mailbox full. (#5.2.2)',
    '554 5.7.1 Client host blocked using dnsbl.far.test',
  ];
  for (const part of ['new', 'cur', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
  for (let index = 0; index < count; index += 1) {
    const to = `user${index}@d${index % 20}.test`;
    const path = join(maildir, 'cur', `${index}.M1P1.many:2,S`);
    writeFileSync(
      path,
      `From: MAILER-DAEMON@far.test\nTo: a@home.test\nSubject: failure notice\nMessage-ID: <b${index}@far.test>\n\nHi. This is the qmail-send program at far.test.\nI tried.\n\n<${to}>:\n${said[index % 3]}\n\n--- Below this line is a copy of the message.\n\nMessage-ID: <${index}@home.test>\nFrom: a@home.test\nTo: ${to}\nSubject: letter ${index}\n\nHello.\n`,
    );
    const time = Date.now() / 1000 - (index % 28) * 86_400 - 60;
    utimesSync(path, time, time);
  }
}
