// A bounce that people talk about is not a bounce.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { readBounce } from '../../../electron/bounce/bounce.js';

const folder = join(import.meta.dirname, '../../fixture/bounce/server');
const bounces = readdirSync(folder).filter((file) => file.endsWith('.eml'));
const person = 'From: Ayumi <ayumi@home.test>\nTo: list@home.test\n';
const bodyOf = (text: string): string => text.slice(text.indexOf('\n\n') + 2);

test.each(bounces)('%s quoted, pasted, attached or posted to a list', (file) => {
  const bounce = readFileSync(join(folder, file), 'latin1');
  const quoted = bodyOf(bounce).replaceAll(/^/gm, '> ');
  const talk = [
    `${person}Subject: Re: Undelivered Mail Returned to Sender\nIn-Reply-To: <x@home.test>\n\nWhat is this?\n\n${bodyOf(bounce)}`,
    `${person}Subject: Fwd: Mail delivery failed: returning message to sender\n\n${bodyOf(bounce)}`,
    `${person}Subject: Undelivered Mail Returned to Sender\n\nWhat does this mean?\n\n${quoted}`,
    `${person}Subject: a strange mail\n\n${bodyOf(bounce)}`,
    `${person}Subject: Undelivered Mail Returned to Sender\n\nHello all,\nI got this today:\nWhat can I do?\n\n${bodyOf(bounce)}`,
    `${person}Subject: a strange mail\nContent-Type: multipart/mixed; boundary=talk\n\n--talk\nContent-Type: text/plain\n\nSee below.\n--talk\nContent-Type: message/rfc822\n\n${bounce}\n--talk--\n`,
  ];
  for (const message of talk) expect(readBounce(Buffer.from(message, 'latin1'))).toMatchObject({ isBounce: false, kind: null });
});
