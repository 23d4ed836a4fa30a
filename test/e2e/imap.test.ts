// An IMAP account in the window, in both faces, on a real Dovecot: read, move, new mail, the server gone and back.
import { afterAll, afterEach, beforeAll, beforeEach, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { type Dovecot, startDovecot } from '../support/dovecot.js';
import { launchElectron } from '../support/electron.js';
import type { Face, Launch } from '../support/launch.js';
import { prepareImapHome } from '../support/prepared-home.js';
import { type DesktopSession, startSession } from '../support/session.js';
import { startTcpProxy, type TcpProxy } from '../support/tcp-proxy.js';

let session: DesktopSession;
let dovecot: Dovecot;
let proxy: TcpProxy;
let prepared: Awaited<ReturnType<typeof prepareImapHome>>;
let face: Face | null = null;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());
beforeEach(async () => {
  dovecot = await startDovecot({
    protocols: ['imap'],
    tls: false,
    users: [{ name: 'ayumi', password: 'sample' }],
    extra:
      'mail_plugins = quota\nprotocol imap {\n  mail_plugins = quota imap_quota\n}\nplugin {\n  quota = maildir:User quota\n  quota_rule = *:storage=1G\n}\nnamespace inbox {\n  mailbox Trash {\n    special_use = \\Trash\n    auto = subscribe\n  }\n}',
  });
  proxy = await startTcpProxy(dovecot.imapPort);
  prepared = await prepareImapHome(proxy.port);
});
afterEach(async () => {
  await face?.close();
  face = null;
  await proxy.close();
  await dovecot.stop();
  prepared.remove();
});

const mail = (subject: string) =>
  `From: Omar <omar@d.example>\nSubject: ${subject}\nMessage-ID: <${subject.replaceAll(' ', '-')}@d>\n\nText of ${subject}.\n`;
const faces: readonly (readonly [string, (launch: Launch) => Promise<Face>])[] = [
  ['electron', (launch) => launchElectron(session, launch)],
  ['browser', (launch) => launchBrowser(launch)],
];

test.each(faces)('an IMAP account in %s', async (_, launch) => {
  await dovecot.deposit('ayumi', mail('first letter'));
  face = await launch({ home: prepared.home });
  const { page } = face;
  const tree = page.getByRole('navigation');
  await tree.getByRole('button', { name: /Work/ }).waitFor();
  await tree.getByText(/of 1\.1 GB used/).waitFor();
  await page.getByRole('option', { name: /first letter/ }).click();
  await page.getByText('Text of first letter.').first().waitFor();
  await dovecot.deposit('ayumi', mail('second letter'));
  await page.getByRole('option', { name: /second letter/ }).waitFor();
  await face.shot('imap');
  await page.getByRole('option', { name: /first letter/ }).click();
  await page.keyboard.press('Delete');
  await page.getByRole('option', { name: /first letter/ }).waitFor({ state: 'detached' });
  const { port } = proxy;
  await proxy.close();
  await tree.getByText(/^Offline/).waitFor();
  await page.getByRole('option', { name: /second letter/ }).waitFor();
  await face.shot('imap-offline');
  expect(await axeFindings(page)).toEqual([]);
  proxy = await startTcpProxy(dovecot.imapPort, '127.0.0.1', port);
  await tree.getByText(/of 1\.1 GB used/).waitFor();
  await tree.getByRole('link', { name: /Trash/ }).click();
  await page.getByRole('option', { name: /first letter/ }).waitFor();
  expect(face.violations()).toEqual([]);
});
