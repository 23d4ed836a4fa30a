// Virtual delivery in the real app, on a real Dovecot: a domain, a mailbox and an alias are added, an address is tested, mail is
// fetched; the refusal is a row in Bounces, and what failed three times goes its way from Problems once its cause is mended.
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { filesOf, makeScenario } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
let dovecot: Dovecot;
let face: ElectronFace;
let home: string;
beforeAll(async () => {
  session = await startSession();
  dovecot = await startDovecot({
    protocols: ['pop3', 'imap'],
    tls: false,
    users: ['catchall', 'archive'].map((name) => ({ name, password: 'secret' })),
  });
  home = prepare();
});
afterAll(async () => {
  await face?.close();
  await dovecot?.stop();
  await session?.stop();
  rmSync(home, { recursive: true, force: true, maxRetries: 5 });
});

/** A catch-all account, and an IMAP account that one mailbox hands its mail to: into a folder that the server cannot have. */
function prepare(): string {
  const fetch = { interval: 86_400 };
  const made = makeScenario(
    { port: dovecot.pop3Port, user: 'catchall', fetch, drop: { kind: 'multidrop', envelope: 'X-Original-To' } },
    'secret',
    null,
  );
  const path = join(made.home, 'settings.json');
  const settings = JSON.parse(readFileSync(path, 'utf8'));
  const [joe] = settings.accounts;
  settings.accounts.push({ ...joe, id: 'box', name: 'Archive', protocol: 'imap', port: dovecot.imapPort, user: 'archive', enabled: false });
  settings.routing.mailboxes = [
    { address: 'old@example.com', path: 'example.com/old/', limit: null, target: { kind: 'imap', account: 'box', folder: 'no//such' } },
  ];
  writeFileSync(path, JSON.stringify(settings));
  const secrets = join(made.home, 'secrets.json');
  writeFileSync(
    secrets,
    JSON.stringify({ ...JSON.parse(readFileSync(secrets, 'utf8')), 'box/receive': { sealed: false, value: 'secret' } }),
  );
  return made.home;
}

const go = (page: Page, place: string) => page.evaluate((to) => location.assign(`#/${to}`), place);
const button = (page: Page, name: string | RegExp) => page.getByRole('button', { name, exact: true });
const mail = (to: string, subject: string) =>
  `Return-Path: <s@far.example>\nX-Original-To: ${to}\nFrom: <s@far.example>\nTo: ${to}\nSubject: ${subject}\nMessage-ID: <${subject}@far.example>\n\nbody\n`;
const inBox = (name: string) =>
  filesOf(join(home, 'mail', 'example.com', name)).map((path) => /^Subject: (.*)/m.exec(readFileSync(path, 'latin1'))?.[1]);

async function fetchNow(page: Page): Promise<void> {
  await button(page, 'Fetch now').first().click();
}

test('routes, refusals and problems, from the window', { timeout: 180_000 }, async () => {
  face = await launchElectron(session, { home });
  const { page } = face;
  await page.locator('.app').waitFor();

  await go(page, 'routes');
  await button(page, 'Domain').click();
  await page.getByLabel('Domain name').fill('example.com');
  await button(page, 'Done').click();
  await button(page, 'Mailbox').click();
  await page.getByLabel('Address', { exact: true }).fill('info@example.com');
  await button(page, 'Done').click();
  await button(page, 'Alias').click();
  await page.getByLabel('Alias', { exact: true }).fill('sales@example.com');
  await page.getByLabel('Goes to').fill('info@example.com');
  await button(page, 'Done').click();

  await page.getByLabel('Address to test').fill('sales+new@example.com');
  await button(page, 'Trace').click();
  await page.getByText('Alias sales@example.com').waitFor();
  await page.getByText('example.com/info', { exact: false }).last().waitFor();
  await page.getByLabel('Address to test').fill('nobody@example.com');
  await button(page, 'Trace').click();
  await page.getByText('Refused: 550 5.1.1').waitFor();
  await dovecot.deposit('catchall', mail('sales@example.com', 'offer'));
  await dovecot.deposit('catchall', mail('nobody@example.com', 'stray'));
  // The dry run knows the routes that are not saved yet, and fetches nothing.
  await button(page, 'Dry run').click();
  const rehearsed = page.locator('.rehearsed li');
  await rehearsed.filter({ hasText: 'offer' }).getByText('info@example.com').waitFor();
  await rehearsed.filter({ hasText: 'stray' }).getByText('User unknown').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await face.shot('delivery-routes');
  expect(filesOf(dovecot.maildirOf('catchall'))).toHaveLength(2);
  await button(page, 'Save routes').click();
  await button(page, 'Save routes').waitFor({ state: 'detached' });

  await dovecot.deposit('catchall', mail('old@example.com', 'history'));
  for (const run of [1, 2, 3]) {
    await fetchNow(page);
    await expect.poll(() => attempts(home), { timeout: 30_000, message: `run ${run}` }).toBe(run);
  }
  expect(inBox('info')).toEqual(['offer']);

  await go(page, 'bounces');
  await page.getByText('nobody@example.com').first().click();
  await page
    .getByText('550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in virtual mailbox table')
    .last()
    .waitFor();
  await page.getByText('this station refused it itself').waitFor();
  await face.shot('delivery-bounces');

  // Its cause is mended, then it is tried again.
  await go(page, 'routes');
  await page.getByText('old@example.com').first().click();
  await button(page, /Hand mail to/).click();
  await page.getByRole('option', { name: 'Maildir on this computer' }).click();
  await button(page, 'Done').click();
  await button(page, 'Save routes').click();
  await button(page, 'Save routes').waitFor({ state: 'detached' });
  await go(page, 'problems');
  await page.locator('[role=row]', { hasText: 'Joe' }).first().click();
  await face.shot('delivery-problem');
  await button(page, 'Try again').click();
  await page.getByText('No problems').first().waitFor();
  await fetchNow(page);
  await expect.poll(() => inBox('old'), { timeout: 30_000 }).toEqual(['history']);

  // A mailbox's own relay with its login: the password goes apart, never into the settings.
  await go(page, 'routes');
  await page.getByText('info@example.com').first().click();
  await button(page, /Hand mail to/).click();
  await page.getByRole('option', { name: 'SMTP relay' }).click();
  await page.getByText('The relay wants a login').click();
  await page.getByLabel('User name').fill('ann');
  await page.getByLabel('Password', { exact: true }).fill('geheim');
  await button(page, 'Keep the password').click();
  await page.getByText('The password is kept.').waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await face.shot('delivery-relay-login');
  await button(page, 'Done').click();
  await button(page, 'Save routes').click();
  await button(page, 'Save routes').waitFor({ state: 'detached' });
  expect(Object.keys(JSON.parse(readFileSync(join(home, 'secrets.json'), 'utf8')))).toContain('relay ann@127.0.0.1:25/relay');
  const saved = readFileSync(join(home, 'settings.json'), 'utf8');
  expect([/"user": ?"ann"/.test(saved), saved.includes('geheim')]).toEqual([true, false]);
  expect(face.violations()).toEqual([]);
});

/** How often the one that cannot be appended has failed: read from the ledger's own file, by another connection. */
async function attempts(folder: string): Promise<number> {
  const { default: Database } = await import('libsql');
  const database = new Database(join(folder, 'ledger.db'), { readonly: true });
  const row = database.prepare('SELECT max(attempts) AS most FROM failure').get() as { most: number | null };
  database.close();
  return row.most ?? 0;
}
