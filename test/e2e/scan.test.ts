// The scan station in the real app, on a real Dovecot and a real clamd: an infected mail is held, looked at, scanned again,
// exported and released; a folder is chosen, scanned, paused and called off; the dashboard is live. Then in Japanese, in the dark.
import { execFileSync } from 'node:child_process';
import { createHash } from 'node:crypto';
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { startClamd, type TestClamd } from '../support/clamd.js';
import { filesOf, makeScenario } from '../support/crash.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { type ElectronFace, launchElectron } from '../support/electron.js';
import { mailWith } from '../support/samples.js';
import { eicar } from '../support/scanner.js';
import { type DesktopSession, startSession } from '../support/session.js';

const attached = Buffer.from(eicar, 'latin1');
const infected = mailWith(attached, 'parcel.com', 'From: Courier <courier@far.example>\nMessage-ID: <parcel@far.example>');
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest('hex');

let session: DesktopSession;
let dovecot: Dovecot;
let clamd: TestClamd;
let face: ElectronFace;
let home: string;
let maildir: string;
let tree: string;
let page: Page;
beforeAll(async () => {
  session = await startSession();
  dovecot = await startDovecot({ protocols: ['pop3'], tls: false, users: [{ name: 'joe', password: 'secret' }] });
  clamd = await startClamd();
  await dovecot.deposit('joe', infected);
  await dovecot.deposit('joe', 'From: <friend@b.example>\nTo: <joe@a.example>\nSubject: lunch\n\nAt noon?\n');
  const account = { port: dovecot.pop3Port, user: 'joe', fetch: { interval: 86_400 } };
  ({ home, maildir } = makeScenario(account, 'secret', `unix:${clamd.socket}`));
  tree = mkdtempSync(join(tmpdir(), 'todoku-e2e-tree-'));
  mkdirSync(join(tree, 'away'));
  mkdirSync(join(tree, 'some'));
  writeFileSync(join(tree, 'some', 'bad.com'), eicar);
  writeFileSync(join(tree, 'some', 'good.txt'), 'nothing');
  mkdirSync(join(tree, 'many'));
  for (let n = 0; n < 3000; n += 1) writeFileSync(join(tree, 'many', `f${n}`), `file ${n}\n`.repeat(200));
  face = await launchElectron(session, { home });
  page = face.page;
  await page.locator('.app').waitFor();
}, 120_000);
afterAll(async () => {
  await face?.close();
  await clamd?.stop();
  await dovecot?.stop();
  await session?.stop();
  for (const path of [home, tree]) rmSync(path, { recursive: true, force: true, maxRetries: 5 });
});

const go = (place: string) => page.evaluate((to) => location.assign(`#/${to}`), place);
const button = (name: string | RegExp) => page.getByRole('button', { name, exact: true });
const radio = (name: RegExp) => page.getByRole('radio', { name });
const confirmed = (name: string) => page.getByRole('alertdialog').or(page.getByRole('dialog')).getByRole('button', { name }).click();
/** What the system's dialog would answer. */
const chosen = (path: string) =>
  face.app.evaluate(({ dialog }, one) => {
    dialog.showOpenDialog = async () => ({ canceled: false, filePaths: [one] });
  }, path);
const inQuarantine = () => filesOf(join(home, 'quarantine'));

test('an infected mail is held, previewed safely, scanned again, exported and released', { timeout: 120_000 }, async () => {
  await button('Fetch now').first().click();
  await expect.poll(() => inQuarantine().length, { timeout: 30_000 }).toBe(1);
  await expect.poll(() => filesOf(maildir).length, { timeout: 30_000 }).toBe(1);
  await go('quarantine');
  const row = page.locator('[role=row]', { hasText: 'Eicar-Test-Signature' });
  await row.waitFor();
  await row.click();
  await page.locator('.held-text', { hasText: 'See the file.' }).waitFor();
  expect(await page.locator('.held-text a, .held-text img, iframe').count()).toBe(0);
  await page.getByText('courier@far.example').first().waitFor();
  expect((await page.locator('.hash .mono').textContent()) ?? '').toBe(sha256(infected));
  await page.getByText('parcel.com').first().waitFor();
  const lookUp = page.getByRole('link', { name: 'Look up parcel.com' });
  expect(await lookUp.getAttribute('href')).toContain(sha256(attached));
  await button('Copy SHA-256: parcel.com').click();
  await expect.poll(() => face.app.evaluate(({ clipboard }) => clipboard.readText())).toBe(sha256(attached));
  expect(await axeFindings(page)).toEqual([]);
  await face.shot('scan-quarantine');
  await radio(/Headers/).click();
  await page.locator('.held-text', { hasText: 'Message-ID: <parcel@far.example>' }).waitFor();

  // By the keyboard: scanned again, all at once, and a release that Escape calls off.
  await button('Rescan').focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 is still found, 0 are clean now', { exact: false }).waitFor();
  await button('Rescan all').focus();
  await page.keyboard.press('Enter');
  await page.getByText('1 is still found', { exact: false }).waitFor();
  await button('Release…').focus();
  await page.keyboard.press('Enter');
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('alertdialog').or(page.getByRole('dialog')).waitFor({ state: 'detached' });
  expect(inQuarantine()).toHaveLength(1);

  const zip = join(tree, 'held.zip');
  await face.app.evaluate(({ BrowserWindow }, path) => {
    BrowserWindow.getAllWindows()[0]?.webContents.session.prependListener('will-download', (_, item) => item.setSavePath(path));
  }, zip);
  await button('Export…').click();
  const script = 'import sys,zipfile; z=zipfile.ZipFile(sys.argv[1]); sys.stdout.buffer.write(z.read(z.namelist()[0], b"infected"))';
  const unzipped = () => {
    try {
      return execFileSync('python3', ['-c', script, zip], { stdio: 'pipe' });
    } catch {
      return Buffer.alloc(0);
    }
  };
  await expect.poll(() => existsSync(zip) && unzipped().equals(infected), { timeout: 20_000 }).toBe(true);

  await button('Release…').click();
  await confirmed('Release');
  await page.getByText('Released to joe@a.example', { exact: false }).waitFor();
  expect(inQuarantine()).toHaveLength(0);
  const released = filesOf(maildir)
    .map((path) => readFileSync(path))
    .find((bytes) => bytes.includes('X-Todoku-Released'));
  expect(released?.subarray(-infected.length).equals(infected)).toBe(true);
  expect(released?.toString('latin1')).toContain('X-Virus-Status: Infected (Eicar-Test-Signature');
  await page.getByText('Nothing is held').waitFor();
});

test('a folder is chosen, scanned, and what was found is moved away', { timeout: 60_000 }, async () => {
  await go('scan');
  await chosen(join(tree, 'some'));
  await button('Choose folder…').click();
  await page.getByText(join(tree, 'some')).first().waitFor();
  await button('Scan').click();
  const scan = page.getByRole('region', { name: join(tree, 'some') });
  await scan.getByText('Done', { exact: true }).waitFor();
  await scan.locator('[role=row]', { hasText: 'bad.com' }).waitFor();
  await radio(/Clean 1/)
    .first()
    .click();
  await scan.locator('[role=row]', { hasText: 'good.txt' }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await radio(/Infected 1/)
    .first()
    .click();
  await chosen(join(tree, 'away'));
  await button('Move to…').click();
  await confirmed('Move to');
  await scan.getByText('moved', { exact: true }).waitFor();
  await face.shot('scan-folder');
  expect(readdirSync(join(tree, 'some'))).toEqual(['good.txt']);
  expect(readFileSync(join(tree, 'away', 'bad.com'), 'latin1')).toBe(eicar);
});

test('a folder that is dropped is scanned; paused, continued, called off', { timeout: 60_000 }, async () => {
  const many = join(tree, 'many');
  const box = await page.locator('.scan-plan').boundingBox();
  const cdp = await page.context().newCDPSession(page);
  const place = { x: (box?.x ?? 0) + 20, y: (box?.y ?? 0) + 10, data: { items: [], files: [many], dragOperationsMask: 1 } };
  for (const type of ['dragEnter', 'dragOver', 'drop'] as const) await cdp.send('Input.dispatchDragEvent', { type, ...place });
  await page.locator('.scan-plan').getByText(many).first().waitFor();
  await button('Scan').click();
  const scan = page.getByRole('region', { name: many });
  await scan.getByText('Scanning', { exact: true }).waitFor();
  // Hung, so that it cannot be done before it is paused.
  process.kill(clamd.pid, 'SIGSTOP');
  try {
    await button('Pause').click();
    await scan.getByText('Paused', { exact: true }).waitFor();
    await face.shot('scan-paused');
    await button('Continue').click();
    await scan.getByText('Scanning', { exact: true }).waitFor();
    expect(Number(await scan.getByRole('progressbar').first().getAttribute('aria-valuenow'))).toBeLessThan(3000);
    await button('Cancel').click();
    await scan.getByText('Cancelled', { exact: true }).waitFor();
  } finally {
    process.kill(clamd.pid, 'SIGCONT');
  }
});

test('what a scan of the mailboxes finds goes into the quarantine', { timeout: 60_000 }, async () => {
  expect(filesOf(maildir)).toHaveLength(2);
  await page.locator('.scan-plan').getByRole('button', { name: /Place/ }).click();
  await page.getByRole('option', { name: 'All mailboxes' }).click();
  await button('Scan').click();
  await button('Move to quarantine…').click();
  await face.shot('scan-hold');
  await confirmed('Move to quarantine');
  await page.getByText('in quarantine', { exact: true }).waitFor();
  expect(filesOf(maildir)).toHaveLength(1);
  const [held] = inQuarantine();
  expect(
    readFileSync(held ?? '')
      .subarray(-infected.length)
      .equals(infected),
  ).toBe(true);
  await go('quarantine');
  await page.locator('[role=row]', { hasText: 'Eicar-Test-Signature' }).click();
  await expect.poll(() => page.locator('.hash .mono').textContent()).toBe(sha256(infected));
});

test('the dashboard is live', { timeout: 60_000 }, async () => {
  await go('scan');
  await radio(/Files and folders/).focus();
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Space');
  await page.getByText(/\d+ live, \d+ idle, of \d+/).waitFor();
  await page.getByText(/50 % \d+ ms/).waitFor();
  const scans = async () => Number(await page.locator('dt:has-text("Scans in the last minute") + dd').textContent());
  await expect.poll(scans, { timeout: 10_000 }).toBeGreaterThan(0);
  await button('Show as table').first().click();
  await page.getByRole('table', { name: /Scans a minute/ }).waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await face.shot('scan-watch');
  await clamd.kill();
  await page.getByText('Not reachable').or(page.getByText('not known').first()).first().waitFor();
  await clamd.restart();
  await page.getByText(/\d+ live, \d+ idle, of \d+/).waitFor();
  expect(face.violations()).toEqual([]);
});

test('in Japanese, in the dark', { timeout: 60_000 }, async () => {
  await face.close();
  face = await launchElectron(session, { home, locale: 'ja' });
  page = face.page;
  await page.emulateMedia({ colorScheme: 'dark' });
  await page.locator('.app').waitFor();
  await go('quarantine');
  await page.locator('[role=row]', { hasText: 'Eicar-Test-Signature' }).click();
  await page.getByText('SHA-256').first().waitFor();
  expect(await axeFindings(page)).toEqual([]);
  await face.shot('scan-quarantine-ja');
  for (const [tab, word] of [
    ['scan', '場所'],
    ['scan/watch', 'スレッド'],
  ] as const) {
    await go(tab);
    await page.getByText(word).first().waitFor();
    expect(await axeFindings(page)).toEqual([]);
    await face.shot(`scan-${tab.replace('/', '-')}-ja`);
  }
});
