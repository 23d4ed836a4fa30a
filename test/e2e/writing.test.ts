// Writing on real Electron, by keyboard: a draft that survives kill -9, sending taken back, a server that is away and comes
// back, and the two kinds of answer.
import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { existsSync, readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, expect, test } from 'vitest';
import { findRuntime } from '../../scripts/runtime.js';
import { axeFindings } from '../support/axe.js';
import { type ElectronFace, launchElectron, rootSwitches } from '../support/electron.js';
import { type FakeSmtp, fakeSmtp } from '../support/fake-smtp.js';
import { root } from '../support/launch.js';
import { freePort } from '../support/ports.js';
import { type PreparedHome, prepareHome } from '../support/prepared-home.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
const undo: (() => Promise<unknown>)[] = [];
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());
afterEach(async () => {
  for (const work of undo.splice(0).reverse()) await work();
});

async function prepared(port: number, look: Parameters<typeof prepareHome>[2] = {}): Promise<PreparedHome> {
  const identities = [{ name: '森 歩美', address: 'ayumi@mori.example', signature: 'Ayumi' }];
  const sending = { host: '127.0.0.1', port, security: 'none' as const, anonymous: true };
  const made = await prepareHome(['first letter'], { identities, sending }, look);
  undo.push(() => made.close());
  return made;
}
async function launched(home: string): Promise<ElectronFace> {
  const face = await launchElectron(session, { home });
  undo.push(() => face.close());
  return face;
}
async function server(port: number): Promise<FakeSmtp> {
  const smtp = await fakeSmtp({ port });
  undo.push(() => smtp.close());
  return smtp;
}
const drafts = (home: string) => {
  const cur = join(home, 'mail', 'mori.example', 'ayumi', '.Drafts', 'cur');
  return existsSync(cur) ? readdirSync(cur) : [];
};

test('written, killed, gone on with, sent, taken back, and sent when the server is there again', async () => {
  const port = await freePort();
  const { home } = await prepared(port);
  const first = await launchElectron(session, { home });
  await first.page.getByRole('option', { name: /first letter/ }).click();
  await first.page.keyboard.press('Control+n');
  await first.page.getByRole('combobox', { name: 'To', exact: true }).waitFor();
  await first.page.keyboard.type('omar');
  await first.page.getByRole('option', { name: /omar@delivery.example/ }).waitFor();
  await first.page.keyboard.press('Enter');
  await first.page.getByRole('textbox', { name: 'Subject' }).focus();
  await first.page.keyboard.type('The minutes');
  await first.page.getByRole('textbox', { name: 'Text' }).focus();
  await first.page.keyboard.type('What we decided on Tuesday.');
  await first.page.locator('[data-saved]').waitFor();
  await first.kill();
  expect(drafts(home)).toHaveLength(1);

  const { page } = await launched(home);
  await page.getByRole('link', { name: /Drafts/ }).click();
  await page.getByRole('option', { name: /The minutes/ }).click();
  await page.getByRole('button', { name: 'Continue writing' }).waitFor();
  await page.keyboard.press('e');
  const text = page.getByRole('textbox', { name: 'Text' });
  await expect.poll(() => text.inputValue()).toBe('What we decided on Tuesday.\n\n-- \nAyumi');
  expect(await page.getByRole('combobox', { name: 'To', exact: true }).inputValue()).toContain('Omar <omar@delivery.example>');

  await page.keyboard.press('Control+Enter');
  await page.getByText(/is sent in \d+ seconds/).waitFor();
  expect(drafts(home)).toHaveLength(0);
  await page.getByRole('button', { name: 'Undo', exact: true }).click();
  await expect.poll(() => text.inputValue()).toBe('What we decided on Tuesday.\n\n-- \nAyumi');
  expect(drafts(home)).toHaveLength(1);

  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
  await page.getByRole('link', { name: /Outbox/ }).click();
  await page.getByRole('row', { name: /The minutes/ }).click();
  await page
    .locator('.det')
    .getByText(/127\.0\.0\.1/)
    .waitFor();
  const smtp = await server(port);
  await page.locator('.deeds').getByRole('button', { name: 'Send now' }).click();
  await page
    .getByRole('row', { name: /The minutes/ })
    .getByText('Sent', { exact: true })
    .waitFor();
  expect(smtp.messages).toHaveLength(1);
  expect(smtp.messages[0]).toMatchObject({ to: ['omar@delivery.example'] });
  await page.getByRole('link', { name: /^Sent/ }).click();
  await page.getByRole('option', { name: /The minutes/ }).waitFor();
});

test('an answer to the topic goes on with it, branching off begins one, forwarding takes the text along', async () => {
  const smtp = await server(0);
  const { home } = await prepared(smtp.port);
  const { page } = await launched(home);
  const letter = page.getByRole('option', { name: /first letter/ });
  const write = async (key: string) => {
    await page.getByRole('link', { name: /Inbox/ }).click();
    await letter.click();
    await page.getByRole('button', { name: 'Reply', exact: true }).waitFor();
    await page.keyboard.press(key);
    await page.getByRole('textbox', { name: 'Text' }).waitFor();
  };
  const sent = async (count: number) => {
    await page.keyboard.press('Control+Enter');
    await page.getByRole('button', { name: 'Send now' }).click();
    await expect.poll(() => smtp.messages.length, { timeout: 20_000 }).toBe(count);
    return smtp.messages.at(-1)?.text ?? '';
  };
  await write('t');
  await page.getByText('This answer goes on with the topic.').waitFor();
  await page.keyboard.type('Agreed.');
  const answer = await sent(1);
  expect(answer).toMatch(/^In-Reply-To: <first-letter@delivery.example>\r\nReferences: <first-letter@delivery.example>\r$/m);
  expect(answer).toContain('Subject: Re: first letter');
  expect(answer).toContain('> Text of first letter.');

  await write('Shift+T');
  await page.getByText('This answer begins a topic of its own.').waitFor();
  await page.keyboard.type('Lunch');
  const branched = await sent(2);
  expect(branched).toContain('Subject: Lunch (Was: first letter)');
  expect(branched).toContain('X-Todoku-Branched-From: <first-letter@delivery.example>');
  expect(branched).not.toMatch(/^(In-Reply-To|References):/m);

  await write('l');
  await page.keyboard.type('eve@c.example');
  const forwarded = await sent(3);
  expect(forwarded).toContain('Subject: Fwd: first letter');
  expect(forwarded).toMatch(/-------- Forwarded message --------\r\nFrom: Omar <omar@delivery.example>/);
  expect(smtp.messages.at(-1)?.to).toEqual(['eve@c.example']);
});

test('a forgotten attachment and an empty subject are asked about; a file goes along', async () => {
  const smtp = await server(0);
  const { home } = await prepared(smtp.port);
  const { page } = await launched(home);
  await page.getByRole('option', { name: /first letter/ }).waitFor();
  await page.keyboard.press('Control+n');
  await page.keyboard.press('Control+Enter');
  await page.getByText('Nobody is named who should get it.').waitFor();
  await page.keyboard.type('eve@c.example');
  await page.getByRole('textbox', { name: 'Text' }).focus();
  await page.keyboard.type('The plan is attached.');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('alertdialog', { name: 'Send without a subject?' }).getByRole('button', { name: 'Send' }).click();
  await page.getByRole('alertdialog', { name: 'Send without an attachment?' }).getByRole('button', { name: 'Cancel' }).click();
  const bytes = Buffer.alloc(2_000_000, '計');
  await page.locator('input[type=file]').setInputFiles({ name: '計画.pdf', mimeType: 'application/pdf', buffer: bytes });
  await page.getByRole('list', { name: '1 attachment' }).waitFor();
  await page.getByRole('textbox', { name: 'Subject' }).focus();
  await page.keyboard.type('plan');
  await page.keyboard.press('Control+Enter');
  await page.getByRole('button', { name: 'Send now' }).click();
  await expect.poll(() => smtp.messages.length, { timeout: 20_000 }).toBe(1);
  const [, encoded = ''] =
    /base64\r\n(?:.*\r\n)*?\r\n([A-Za-z0-9+/=\r\n]+)/.exec(
      smtp.messages[0]?.text.slice(smtp.messages[0].text.indexOf('application/pdf')) ?? '',
    ) ?? [];
  expect(Buffer.from(encoded, 'base64').equals(bytes)).toBe(true);
});

test.each([
  ['en', 'light'],
  ['ja', 'dark'],
] as const)('the sheet and the outbox in %s, %s: axe is content', async (language, theme) => {
  const { home } = await prepared(await freePort(), { language, theme });
  const face = await launched(home);
  await face.page.getByRole('option', { name: /first letter/ }).click();
  await face.page.locator('.mf').waitFor();
  expect(await axeFindings(face.page)).toEqual([]);
  await face.page.keyboard.press('r');
  await face.page.locator('.write-text').waitFor();
  expect(await axeFindings(face.page)).toEqual([]);
  await face.shot(`writing-${language}-${theme}`);
  await face.page.keyboard.press('Control+Enter');
  await face.page.locator('.sent-bar').waitFor();
  await face.page.evaluate(() => {
    location.hash = '#/outbox';
  });
  await face.page.getByRole('row', { name: /first letter/ }).click();
  await face.page.locator('.deeds').waitFor();
  expect(await axeFindings(face.page)).toEqual([]);
  expect(face.violations()).toEqual([]);
  await face.shot(`outbox-${language}-${theme}`);
});

test('a mail address opened with the app begins a message, at the start and while it runs', async () => {
  const { home } = await prepared(await freePort());
  const face = await launchElectron(session, { home, args: ['mailto:ken@kawa.example?subject=The%20first'] });
  undo.push(() => face.close());
  const subject = face.page.getByRole('textbox', { name: 'Subject' });
  await expect.poll(() => subject.inputValue(), { timeout: 20_000 }).toBe('The first');
  const runtime = await findRuntime(root, () => undefined);
  const address = 'mailto:maya@kumiai.example?subject=The%20second';
  const second = spawn(runtime.executable, [...runtime.args, ...rootSwitches(), `--home=${home}`, address], {
    env: { ...process.env, ...session.env },
    stdio: 'ignore',
  });
  expect(await once(second, 'exit')).toEqual([0, null]);
  await expect.poll(() => subject.inputValue(), { timeout: 20_000 }).toBe('The second');
  expect(await face.page.getByRole('combobox', { name: 'To', exact: true }).inputValue()).toContain('maya@kumiai.example');
});
