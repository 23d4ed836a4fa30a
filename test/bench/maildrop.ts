// A seeded maildrop as servers hold them: 70 % of 2-10 KB, 20 % of 10-100 KB, 9 % up to 1 MB, 1 % up to 10 MB. 10,000 are 0.9 GB.
import { linkSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Random, seeded } from '../support/mailgen.js';

const classes = [
  { share: 0.7, from: 2e3, to: 1e4 },
  { share: 0.9, from: 1e4, to: 1e5 },
  { share: 0.99, from: 1e5, to: 1e6 },
  { share: 1, from: 1e6, to: 1e7 },
] as const;

export interface Maildrop {
  readonly folder: string;
  readonly count: number;
  readonly octets: number;
  /** The same files, as new mail of a server's user: hard links, so that every contender meets the same cache. */
  into(maildir: string): void;
  remove(): void;
}

export function makeMaildrop(count: number, seed = 1): Maildrop {
  const folder = mkdtempSync(join(tmpdir(), 'todoku-maildrop-'));
  const random = seeded(seed);
  const filler = Array.from({ length: 200_000 }, () => `${random().toString(36).slice(2)} `.repeat(6).slice(0, 72)).join('\n');
  let octets = 0;
  const names: string[] = [];
  for (let number = 0; number < count; number += 1) {
    const bytes = message(number, size(random), filler, random);
    octets += bytes.length;
    const name = `1795485708.M${number}P1.bench,S=${bytes.length}`;
    writeFileSync(join(folder, name), bytes, { mode: 0o644 });
    names.push(name);
  }
  return {
    folder,
    count,
    octets,
    into(maildir) {
      for (const part of ['cur', 'new', 'tmp']) mkdirSync(join(maildir, part), { recursive: true });
      for (const name of names) linkSync(join(folder, name), join(maildir, 'new', name));
    },
    remove: () => rmSync(folder, { recursive: true, force: true }),
  };
}

/** Small ones are more frequent within their class, too. */
function size(random: Random): number {
  const chosen = random();
  const { from, to } = classes.find(({ share }) => chosen < share) ?? classes[3];
  return Math.floor(from * (to / from) ** random());
}

function message(number: number, octets: number, filler: string, random: Random): Buffer {
  const head = `Received: from a.example by b.example; Tue, 24 Nov 2026 01:00:00 +0000\nFrom: <a@b.example>\nTo: <joe@a.example>\nSubject: number ${number}\nMessage-ID: <bench-${number}@b.example>\n\n`;
  const start = Math.floor(random() * (filler.length - 1));
  const body = filler.slice(start).padEnd(1, 'x');
  return Buffer.from(head + body.repeat(Math.ceil(octets / body.length)).slice(0, octets), 'latin1');
}
