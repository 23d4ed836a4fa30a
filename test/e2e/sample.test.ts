// The sample, from start to end, in both faces of the station: real Electron, and Chromium on the headless station.
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { launchBrowser } from '../support/browser.js';
import { launchElectron } from '../support/electron.js';
import { type Face, type Launch, temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';
import { changeSettings } from '../support/settings-call.js';

let session: DesktopSession;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());

const faces: readonly (readonly [string, (launch: Launch) => Promise<Face>])[] = [
  ['electron', (launch) => launchElectron(session, launch)],
  ['browser', (launch) => launchBrowser(launch)],
];

describe.each(faces)('sample in %s', (_name, launch) => {
  const place = temporaryHome();
  let face: Face;
  beforeAll(async () => {
    face = await launch({ home: place.home, sample: true });
  });
  afterAll(async () => {
    await face.close();
    place.remove();
  });

  test('it is fetched, scanned, and said in one line', async () => {
    const line = await face.printed('sample ready');
    expect(line).toBe(`sample ready: 41 delivered, 1 quarantined, 0 problems; data in ${place.home}`);
  });

  test('its mailboxes stand in the sidebar, domain by domain', async () => {
    const navigation = face.page.getByRole('navigation');
    for (const name of ['mori.example', 'kumiai.example', 'ayumi', 'maya', 'postmaster'])
      await navigation.getByText(name, { exact: true }).waitFor();
    await face.shot('sample-first');
  });

  test('a Japanese message is opened and read', async () => {
    await openInbox(face, 'ayumi');
    await face.page.getByRole('option', { name: /FAX受信のお知らせ/ }).click();
    const reader = face.page.getByRole('region', { name: 'Message' });
    await reader.getByText('送信元: 03-0000-0000').waitFor();
    await face.shot('sample-message');
  });

  test('a message in HTML shows no remote image, and runs nothing', async () => {
    await openInbox(face, 'ayumi');
    await face.page.getByRole('option', { name: /冬じたくの道具たち/ }).click();
    const reader = face.page.getByRole('region', { name: 'Message' });
    await reader.getByRole('button', { name: 'Show as HTML' }).click();
    await reader.frameLocator('iframe').getByRole('heading', { name: '冬じたくの道具たち' }).waitFor();
    await reader.getByText(/remote images? (is|are) not loaded/).waitFor();
    expect(await face.page.title()).not.toBe('ran');
    await face.shot('sample-html');
  });

  test('the test virus is in quarantine', async () => {
    await face.page.getByRole('link', { name: /^Quarantine/ }).click();
    await face.page.getByText('Unpaid invoice 88213').first().waitFor();
    await face.shot('sample-quarantine');
  });

  test('the language follows the settings', async () => {
    await changeSettings(face, { language: 'ja' });
    await face.page.getByRole('link', { name: /^隔離/ }).waitFor();
    await face.shot('sample-japanese');
    await changeSettings(face, { language: 'en' });
    await face.page.getByRole('link', { name: /^Quarantine/ }).waitFor();
  });

  test('the policy was not broken once', () => expect(face.violations()).toEqual([]));
});

async function openInbox(face: Face, user: string): Promise<void> {
  const navigation = face.page.getByRole('navigation');
  await navigation
    .getByRole('listitem')
    .filter({ has: face.page.getByRole('button', { name: user, exact: true }) })
    .last()
    .getByRole('link')
    .first()
    .click();
}
