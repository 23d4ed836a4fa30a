// docs/makers.md says what is recognised, and is written from the tables: `npx vitest run --project unit test/unit/makers-page.test.ts -u`.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { makerOf } from '../../electron/bounce/bounce.js';
import { bounceMakers } from '../../electron/bounce/maker/table.js';
import { makers, makerOf as receivedMakerOf } from '../../electron/trace/maker.js';

const fixtures = join(import.meta.dirname, '..', 'fixture');
const files = (folder: string, end: string) => readdirSync(join(fixtures, folder)).filter((file) => file.endsWith(end));

/** Names of fixtures by the maker that reads each. */
function byMaker(folder: string, end: string, maker: (bytes: Buffer) => string | null): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, string[]>();
  for (const file of files(folder, end)) {
    const name = maker(readFileSync(join(fixtures, folder, file)));
    if (name !== null) found.set(name, [...(found.get(name) ?? []), file.slice(0, -end.length)]);
  }
  return found;
}
const received = (bytes: Buffer) =>
  receivedMakerOf(
    bytes
      .toString('utf8')
      .replaceAll(/\r?\n[ \t]*/g, ' ')
      .trim(),
  )?.name ?? null;
const code = (text: string) => `\`${text.replaceAll('|', '\\|').replaceAll('`', "'")}\``;
const short = (key: RegExp) => (key.source.length > 110 ? `${key.source.slice(0, 110)}…` : key.source);

function table(makersOf: readonly { readonly name: string; readonly key: RegExp }[], read: ReadonlyMap<string, readonly string[]>): string {
  const lines = makersOf.map(({ name, key }) => `| ${name} | ${code(short(key))} | ${(read.get(name) ?? []).join(', ')} |`);
  return ['| maker | known by | fixtures |', '| --- | --- | --- |', ...lines].join('\n');
}

test('the page lists every maker, each with a fixture', async () => {
  const bounces = byMaker('bounce/maker', '.eml', makerOf);
  const hops = byMaker('trace/maker', '.txt', received);
  const servers = files('bounce/server', '.eml').map((file) => file.slice(0, -4));
  const systems = [...new Set(servers.map((name) => name.split('-')[0] ?? ''))];
  expect(bounceMakers.filter(({ name }) => !bounces.has(name)).map(({ name }) => name)).toEqual([]);
  expect(makers.filter(({ name }) => !hops.has(name)).map(({ name }) => name)).toEqual([]);
  expect([bounceMakers.length >= 40, makers.length >= 25]).toEqual([true, true]);
  const page = `# What is recognised

Written by \`test/unit/makers-page.test.ts\` from the tables in \`electron/bounce/maker/\` and \`electron/trace/maker.ts\`; change those, not this page. To add a maker: an entry in the table, and a fixture with all its expected fields.

## Bounces in plain text: ${bounceMakers.length} makers

A report with a delivery-status part (RFC 3464) is read by its fields, whoever wrote it. The table is for the rest, and for what the fields leave out. Fixtures stand in \`test/fixture/bounce/maker/\`.

${table(bounceMakers, bounces)}

## Written by servers that ran for this: ${servers.length} reports

In \`test/fixture/bounce/server/\`.

| system | reports |
| --- | --- |
${systems
  .map(
    (system) =>
      `| ${system} | ${servers
        .filter((name) => name.startsWith(`${system}-`))
        .map((name) => name.slice(system.length + 1))
        .join(', ')} |`,
  )
  .join('\n')}

## Received lines: ${makers.length} makers

Fixtures stand in \`test/fixture/trace/maker/\`.

${table(makers, hops)}
`;
  await expect(page).toMatchFileSnapshot('../../docs/makers.md');
});
