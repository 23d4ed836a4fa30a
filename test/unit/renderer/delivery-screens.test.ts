// Quarantine, bounces, routes, settings and the log without their drawing.
import { describe, expect, test } from 'vitest';
import { translator } from '../../../renderer/text/text.js';
import { byDay, domainOf, tally } from '../../../renderer/view/bounces/counts.js';
import { bouncesCsv, bounceText } from '../../../renderer/view/bounces/csv.js';
import { filterLines, joinLog, logText } from '../../../renderer/view/log/lines.js';
import { scanOutcome } from '../../../renderer/view/quarantine/act.js';
import { foundName, heldClass, virusTotalAddress } from '../../../renderer/view/quarantine/held.js';
import { checkRoutes } from '../../../renderer/view/routes/check.js';
import { addEntry, entriesOf, finishedOnly, removeEntry, searchEntries, suggestedPath } from '../../../renderer/view/routes/entry.js';
import { stepWords } from '../../../renderer/view/routes/try.js';
import { asValue } from '../../../renderer/view/settings/controls.js';
import { sections } from '../../../renderer/view/settings/list.js';
import { searchSettings } from '../../../renderer/view/settings/screen.js';
import { changeOf, defaults, isDefault, valueAt } from '../../../renderer/view/settings/value.js';
import { routing } from '../../../shared/settings.js';
import type { Verdict } from '../../../shared/verdict.js';
import { makeLog } from '../../support/fake-accounts.js';
import { makeBounces, makeQuarantine, routes } from '../../support/fake-delivery.js';

const t = translator('en');

describe('quarantine', () => {
  test.each<[Verdict, string]>([
    [{ kind: 'infected', signatures: ['A'] }, 'infected'],
    [{ kind: 'suspicious', class: 'macro', signatures: [] }, 'macro'],
    [{ kind: 'unscannable', reason: 'r' }, 'unscannable'],
    [{ kind: 'unavailable', reason: 'r' }, 'other'],
    [{ kind: 'clean' }, 'clean'],
  ])('%j is held as %s', (verdict, expected) => {
    expect(heldClass(verdict)).toBe(expected);
  });
  test('what was found is the signature, or the reason', () => {
    expect(foundName({ signatures: ['A', 'B'], reason: { kind: 'infected', signatures: ['A', 'B'] } })).toBe('A');
    expect(foundName({ signatures: [], reason: { kind: 'unscannable', reason: 'too big' } })).toBe('too big');
  });
  test('a look-up sends the hash and nothing else', () => {
    expect(virusTotalAddress('ab12')).toBe('https://www.virustotal.com/gui/search/ab12');
    expect(virusTotalAddress('../x?y')).not.toContain('?');
  });
  test('a rescan says what is still found, and when nobody could be asked', () => {
    const [row] = makeQuarantine();
    if (row === undefined) throw new Error('no row');
    const clean = { ...row, reason: { kind: 'clean' } as const };
    const unasked = { ...row, reason: { kind: 'unavailable', reason: '' } as const };
    expect(scanOutcome([row, clean])).toEqual({ kind: 'scanned', found: 1, clean: 1 });
    expect(scanOutcome([unasked])).toEqual({ kind: 'unavailable' });
  });
});

describe('bounces', () => {
  const rows = makeBounces();
  const [first] = rows;
  if (first === undefined) throw new Error('no row');
  test('are counted by domain, most first', () => {
    expect(tally(rows.map(domainOf)).slice(0, 2)).toEqual([
      ['hanamaru.example', 2],
      ['kumiai.example', 2],
    ]);
  });
  test('fall on their day, and every day of the period has a bar', () => {
    const now = new Date();
    const days = byDay(rows, 30, now);
    expect(days).toHaveLength(30);
    const total = days.reduce((sum, { counts }) => sum + Object.values(counts).reduce((a, b) => a + b, 0), 0);
    expect(total).toBe(rows.length);
  });
  test('all time begins with the first bounce, not in the year 1926', () => {
    expect(byDay(rows, 36_500, new Date()).length).toBe(90);
  });
  test('make a CSV of one line a row, with quotes where they are needed', () => {
    const csv = bouncesCsv([{ ...first, diagnostic: { type: 'smtp', text: 'said "no", and\nno again' } }]);
    expect(csv.startsWith('\uFEFFwhen,recipient,')).toBe(true);
    expect(csv).toContain('"said ""no"", and\nno again"');
    expect(bouncesCsv(rows).trim().split('\r\n')).toHaveLength(rows.length + 1);
  });
  test.each(['=HYPERLINK("http://evil.example")', '+1', '-1', '@SUM(A1)'])('a stranger’s %s is no formula', (text) => {
    expect(bouncesCsv([{ ...first, diagnostic: { type: 'smtp', text } }])).toMatch(/,"?'[=+\-@]/);
  });
  test('one as text has the explanation and the report’s own fields', () => {
    const text = bounceText(first, 'en');
    expect(text).toContain('hanamaru.example');
    expect(text).toContain('Status: 5.1.1');
  });
});

describe('routes', () => {
  test('are listed by domain: itself, mailboxes, aliases, then anything else', () => {
    expect(entriesOf(routes).map(({ kind, address }) => `${kind} ${address}`)).toEqual([
      'domain kumiai.example',
      'mailbox info@kumiai.example',
      'alias team@kumiai.example',
      'mailbox @kumiai.example',
      'alias root',
      'domain mori.example',
      'mailbox ayumi@mori.example',
      'mailbox postmaster@mori.example',
      'alias abuse@mori.example',
    ]);
  });
  test('are found by address and by what they lead to', () => {
    expect(searchEntries(entriesOf(routes), 'porto').map(({ address }) => address)).toEqual(['team@kumiai.example']);
    expect(searchEntries(entriesOf(routes), 'INFO kumiai')).toHaveLength(2);
  });
  test('a good routing has no faults', () => {
    expect([...checkRoutes(routes)]).toEqual([]);
  });
  test.each([
    [{ domains: ['two words'] }, 'domains.0'],
    [{ domains: ['a.example', 'A.example'] }, 'domains.1'],
    [{ mailboxes: [{ address: 'a@', path: 'x/' }] }, 'mailboxes.0.address'],
    [{ mailboxes: [{ address: 'a@b.example', path: '../x' }] }, 'mailboxes.0.path'],
    [{ mailboxes: [{ address: 'a@b.example', path: '~/x' }] }, 'mailboxes.0.path'],
    [{ aliases: [{ from: 'a@b.example', to: ['no spaces please'] }] }, 'aliases.0.to'],
    [
      {
        aliases: [
          { from: 'a@x.example', to: ['b@x.example'] },
          { from: 'b@x.example', to: ['a@x.example'] },
        ],
      },
      'aliases.0.to',
    ],
    [{ postmaster: 'two words' }, 'postmaster'],
    [{ localDomain: 'a b' }, 'localDomain'],
  ])('%j is wrong at %s', (change, at) => {
    expect([...checkRoutes(routing.parse(change)).keys()]).toContain(at);
  });
  test('an alias that also keeps its own mailbox is no circle', () => {
    const both = routing.parse({ aliases: [{ from: 'a@x.example', to: ['a@x.example', 'b@x.example'] }] });
    expect([...checkRoutes(both)]).toEqual([]);
  });
  test('a row is added empty, is not tried until it is finished, and goes again', () => {
    const added = addEntry(addEntry(routes, 'alias'), 'mailbox');
    expect(added.aliases.at(-1)).toEqual({ from: '', to: [] });
    expect(finishedOnly(added)).toEqual(routes);
    expect(removeEntry(addEntry(routes, 'domain'), { kind: 'domain', index: 2 })).toEqual(routes);
  });
  test.each([
    ['Ayumi@Mori.example', 'mori.example/ayumi/'],
    ['@mori.example', 'mori.example/catch-all/'],
    ['a/b@mori.example', 'mori.example/a_b/'],
    ['root', ''],
  ])('%s suggests the folder %j', (address, expected) => {
    expect(suggestedPath(address)).toBe(expected);
  });
  test('a step that found nothing says so', () => {
    expect(stepWords({ kind: 'alias', key: 'a@b.example', result: [], note: '' }, t)).toEqual({
      title: 'No alias for a@b.example',
      text: '',
    });
    expect(stepWords({ kind: 'alias', key: 'a@b.example', result: ['c@d.example'], note: '' }, t).text).toBe('goes to c@d.example');
  });
});

describe('settings', () => {
  const all = sections.flatMap((section) => section.settings);
  test('every one on the page is in the schema, and as it comes is its default', () => {
    expect(all.filter(({ path }) => valueAt(defaults, path) === undefined)).toEqual([]);
    expect(all.every(({ path }) => isDefault(defaults, path))).toBe(true);
  });
  test('every value of a choice is one that the schema takes', () => {
    const refused = all.flatMap(({ path, control }) => {
      const values =
        control.kind === 'choice'
          ? control.options.map(({ value }) => value)
          : control.kind === 'names'
            ? control.options.map(([value]) => value)
            : [];
      return values.filter((value) => changeOf(defaults, path, value) === null).map((value) => `${path} ${value}`);
    });
    expect(refused).toEqual([]);
  });
  test('a change writes its top-level key and leaves its neighbours', () => {
    const change = changeOf(defaults, 'scanner.actions.macro', 'quarantine');
    expect(Object.keys(change ?? {})).toEqual(['scanner']);
    expect(change?.scanner).toEqual({ ...defaults.scanner, actions: { ...defaults.scanner.actions, macro: 'quarantine' } });
  });
  test.each([
    ['fontSize', 200],
    ['fontSize', Number.NaN],
    ['scanner.clamd', 'somewhere'],
    ['notify.quietFrom', '25h'],
    ['scanner.timeout', 0],
  ])('%s does not take %s', (path, value) => {
    expect(changeOf(defaults, path, value)).toBeNull();
  });
  test.each([
    ['', { kind: 'text', nullable: true } as const, null],
    [' auto ', { kind: 'text', nullable: false } as const, 'auto'],
    ['a.example\n b.example,', { kind: 'lines' } as const, ['a.example', 'b.example']],
    ['15', { kind: 'number', unit: null } as const, 15],
    ['', { kind: 'number', unit: null } as const, Number.NaN],
  ])('%j typed is %j', (text, control, expected) => {
    expect(asValue(text, control)).toEqual(expected);
  });
  test('are found by words of their title and their explanation, in any order', () => {
    expect(searchSettings('size text', t).flatMap(({ settings }) => settings.map(({ path }) => path))).toEqual(['fontSize']);
    expect(searchSettings('freshclam', t).map(({ id }) => id)).toEqual(['signatures']);
    expect(searchSettings('', t)).toHaveLength(sections.length);
  });
});

describe('the log', () => {
  const lines = makeLog();
  test('is filtered by level and account', () => {
    expect(filterLines(lines, { least: 'warn', account: null }).map(({ level }) => level)).toEqual(['warn', 'error']);
    expect(filterLines(lines, { least: 'debug', account: '' }).every(({ account }) => account === null)).toBe(true);
    expect(filterLines(lines, { least: 'debug', account: 'daigaku' })).toHaveLength(1);
  });
  test('runs from old to new, each line once', () => {
    const joined = joinLog(lines, lines);
    expect(joined).toHaveLength(lines.length);
    expect([...joined].sort((a, b) => a.time.localeCompare(b.time))).toEqual(joined);
    expect(logText(joined).split('\n')).toHaveLength(lines.length);
  });
});
