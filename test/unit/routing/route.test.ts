// Routes: the table that a real Postfix gave, the seed's set-up, limits, and paths that cannot leave the mail folder.
import { isAbsolute, join, normalize } from 'node:path';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { route, sizeRefusal } from '../../../electron/routing/route.js';
import type { RouteResult } from '../../../shared/route.js';
import { routing } from '../../../shared/settings.js';
import { type Expected, rows, tableRouting } from '../../support/route-table.js';

const outcome = (result: RouteResult): Expected => ({
  boxes: result.targets.map((target) => ('path' in target ? target.path : `relay ${target.relay}`)).sort(),
  refused: result.refusal === null ? [] : [`${result.refusal.code} ${result.refusal.status}`],
});

describe('as Postfix does', () => {
  it('in at least 60 rows, and says why where not', () => {
    expect(rows.length).toBeGreaterThanOrEqual(60);
    for (const { address, ours, why } of rows) expect(ours === undefined, address).toBe(why === undefined);
  });
  it.each(rows)('$address', ({ address, postfix, ours }) => {
    expect(outcome(route(address, tableRouting))).toEqual(ours ?? postfix);
  });
});

const seed = routing.parse({
  domains: ['example.com'],
  mailboxes: [
    { address: 'virtualuser1@example.com', path: 'example.com/test1/' },
    { address: 'virtualuser2@example.com', path: 'example.com/test2/', limit: 100 },
    { address: 'virtualuser0@example.com', path: 'example.com/test0/' },
  ],
  aliases: [{ from: 'postmaster@example.com', to: ['postmaster'] }],
});

describe('the seed', () => {
  it('delivers to the mailbox of the map', () => {
    expect(route('virtualuser1@example.com', seed)).toMatchObject({
      address: 'virtualuser1@example.com',
      targets: [{ mailbox: 'virtualuser1@example.com', path: 'example.com/test1/' }],
      refusal: null,
    });
  });
  it('refuses whom it does not know with Postfix’s own sentence', () => {
    expect(route('test.kkk@example.com', seed).refusal).toEqual({
      code: 550,
      status: '5.1.1',
      text: '550 5.1.1 <test.kkk@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
    });
  });
  it('shows each step', () => {
    expect(route('Postmaster+x@example.com', seed).steps.map(({ kind, key, result }) => [kind, key, ...result])).toEqual([
      ['start', 'Postmaster+x@example.com', 'postmaster+x@example.com'],
      ['alias', 'postmaster@example.com', 'postmaster+x@localhost'],
      ['mailbox', 'postmaster+x@localhost'],
      ['extension', 'postmaster@localhost'],
      ['catch-all', '@localhost'],
      ['undeclared', 'localhost', 'localhost/postmaster/'],
    ]);
  });
});

describe('without any routing', () => {
  const none = routing.parse({});
  it.each([
    ['user@example.com', 'user@example.com', 'example.com/user/'],
    ['User@Example.COM', 'user@example.com', 'example.com/user/'],
    ['user+tag@example.com', 'user@example.com', 'example.com/user/'],
    ['<user@example.com>', 'user@example.com', 'example.com/user/'],
    ['user', 'user@localhost', 'localhost/user/'],
    ['"../../etc/passwd"@example.com', '../../etc/passwd@example.com', 'example.com/%2e.%2f..%2fetc%2fpasswd/'],
    ['a/b@example.com', 'a/b@example.com', 'example.com/a%2fb/'],
    ['.hidden@example.com', '.hidden@example.com', 'example.com/%2ehidden/'],
    ['con@example.com', 'con@example.com', 'example.com/%63on/'],
    ['用户@例え.jp', '用户@例え.jp', '例え.jp/用户/'],
    ['a%2fb@example.com', 'a%2fb@example.com', 'example.com/a%252fb/'],
    ['x@[192.0.2.1]', 'x@[192.0.2.1]', '%5b192.0.2.1%5d/x/'],
  ])('%s', (address, mailbox, path) => {
    expect(route(address, none).targets).toEqual([{ mailbox, path }]);
  });
  it.each(['', '@', 'a@', '@b', 'a@b/c', 'a@..%0a b', 'a\r\nb@c', 'a@b c', `${'a'.repeat(3000)}@b`, 'a@<b>'])(
    '%j is no address',
    (address) => {
      expect(outcome(route(address, none))).toEqual({ boxes: [], refused: ['501 5.1.3'] });
    },
  );
  it('keeps every path below the mail folder, one a name, and never two addresses in one', () => {
    const text = fc.oneof(
      fc.string({ unit: 'binary', maxLength: 300 }),
      fc.string({ unit: fc.constantFrom('.', '/', '\\', '%', '~', 'a', ':', '\u202e', 'é'), maxLength: 12 }),
    );
    const paths = new Map<string, string>();
    fc.assert(
      fc.property(text, text, (local, domain) => {
        const [target] = route(`${local}@${domain}`, none).targets;
        if (target === undefined || !('path' in target)) return;
        const parts = target.path.split('/');
        expect(parts).toHaveLength(3);
        expect(isAbsolute(target.path)).toBe(false);
        expect(normalize(join('/mail', target.path)).startsWith('/mail/')).toBe(true);
        for (const part of parts.slice(0, 2)) {
          expect(part).toMatch(/^[^.\0-\x1f\u202a-\u202e\u2066-\u2069][^\0-\x1f\u202a-\u202e\u2066-\u2069\\:*?"<>|]*$/u);
          expect(Buffer.byteLength(part)).toBeLessThanOrEqual(255);
        }
        const known = paths.get(target.path) ?? target.mailbox;
        expect(known.normalize('NFC')).toBe(target.mailbox.normalize('NFC'));
        paths.set(target.path, target.mailbox);
      }),
      { numRuns: 2000 },
    );
  });
});

describe('relays and limits', () => {
  it('gives the final addresses to a relay', () => {
    expect(outcome(route('team@example.com', tableRouting, { relay: true })).boxes).toEqual([
      'relay virtualuser1@example.com',
      'relay virtualuser2@example.com',
    ]);
  });
  const limited = { ...seed, messageSizeLimit: 1000, mailboxSizeLimit: 5000 };
  it.each([
    ['virtualuser1@example.com', 1000, null],
    ['virtualuser1@example.com', 1001, '552 5.3.4 Message size exceeds fixed limit'],
    ['virtualuser2@example.com', 100, null],
    ['VirtualUser2+x@example.com', 101, '552 5.3.4 Message size exceeds fixed limit'],
  ])('%s, %d octets: %s', (address, octets, text) => {
    expect(sizeRefusal(route(address, limited), limited, octets)?.text ?? null).toBe(text);
  });
  it('0 is no limit', () => {
    expect(sizeRefusal(route('virtualuser1@example.com', seed), seed, 1e12)).toBeNull();
  });
});

describe('tables that run wild', () => {
  it('end in 451 4.6.0, quickly and with few steps', () => {
    const wide = routing.parse({
      aliases: [
        { from: 'a@x', to: ['a@y', 'a@x', 'b@x'] },
        { from: 'b@x', to: ['a@x', 'c@x'] },
        { from: 'c@x', to: ['b@x', 'd@x'] },
      ],
    });
    const result = route('c@x', wide);
    expect(outcome(result)).toEqual({ boxes: [], refused: ['451 4.6.0'] });
    expect(result.steps.length).toBeLessThan(60);
  });
  it('a thousand results are still delivered', () => {
    const many = routing.parse({ aliases: [{ from: 'all@x', to: Array.from({ length: 1000 }, (_, index) => `u${index}@y`) }] });
    expect(route('all@x', many).targets).toHaveLength(1000);
  });
});
