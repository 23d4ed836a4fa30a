// A station with an account of its own, in both faces: fetch now, kill -9 and resume, a clean end.
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { axeFindings } from '../support/axe.js';
import { launchBrowser } from '../support/browser.js';
import { launchElectron } from '../support/electron.js';
import type { Face, Launch } from '../support/launch.js';
import { type PreparedHome, prepareHome } from '../support/prepared-home.js';
import { type DesktopSession, startSession } from '../support/session.js';

let session: DesktopSession;
beforeAll(async () => {
  session = await startSession();
});
afterAll(() => session.stop());

const faces: readonly (readonly [string, (launch: Launch) => Promise<Face>])[] = [
  ['electron', (launch) => launchElectron(session, launch)],
  ['browser', (launch) => launchBrowser(launch)],
];

const many = Array.from({ length: 400 }, (_, index) => `letter ${String(index).padStart(3, '0')}`);

describe.each(faces)('station in %s', (name, launch) => {
  let prepared: PreparedHome;
  let face: Face | null = null;
  const maildir = () => {
    const folder = join(prepared.home, 'mail', 'mori.example', 'ayumi');
    return ['new', 'cur'].flatMap((part) => readdirSync(join(folder, part)));
  };
  beforeEach(async () => {
    prepared = await prepareHome(many);
  });
  afterEach(async () => {
    await face?.close();
    face = null;
    await prepared.close();
  });

  test('what arrives on the server is there after "fetch now"', async () => {
    face = await launch({ home: prepared.home });
    await total(face, 400);
    prepared.deposit('one more letter');
    await face.page.getByRole('button', { name: 'Fetch now' }).click();
    await total(face, 401);
    await face.page.getByRole('option', { name: /one more letter/ }).waitFor();
    await face.shot('station-fetched');
    await face.page
      .getByRole('button', { name: 'Station' })
      .or(face.page.getByRole('link', { name: 'Station' }))
      .first()
      .click();
    await face.page.getByRole('button', { name: 'Doctor' }).click();
    const checks = face.page.getByRole('list', { name: 'Doctor' });
    await checks.getByText('ledger.db is whole: 401 messages are known.').waitFor();
    await checks.getByText(name === 'electron' ? /Electron \d/ : /on Node \d+\.\d+\.\d+\./).waitFor();
    expect(await axeFindings(face.page)).toEqual([]);
    await face.shot('doctor');
    expect(face.violations()).toEqual([]);
  });

  test('killed with -9 in the middle of a fetch, it resumes: every letter once', async () => {
    const first = await launch({ home: prepared.home });
    await first.page
      .getByText(/letter \d/)
      .first()
      .waitFor();
    await first.kill();
    const before = maildir().length;
    face = await launch({ home: prepared.home });
    await total(face, 400);
    expect(maildir()).toHaveLength(400);
    expect(before).toBeLessThanOrEqual(400);
  });

  test('it ends cleanly, and gives the folder back', async () => {
    const first = await launch({ home: prepared.home });
    await total(first, 400);
    expect(await first.close()).toBe(0);
    face = await launch({ home: prepared.home });
    await total(face, 400);
  });

  test('a second station on the folder is refused in words', async () => {
    face = await launch({ home: prepared.home });
    await total(face, 400);
    await expect(launchBrowser({ home: prepared.home })).rejects.toThrow(name === 'browser' ? /station|lock/i : /station|lock/i);
  });
});

async function total(face: Face, count: number): Promise<void> {
  const list = face.page.getByRole('listbox');
  await list.getByRole('option').first().waitFor({ timeout: 60_000 });
  await expect.poll(() => list.getByRole('option').first().getAttribute('aria-setsize'), { timeout: 60_000 }).toBe(String(count));
}
