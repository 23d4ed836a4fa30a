// The manual's pictures, from the sample in real Electron, in both languages. Into shots/, where git ignores them; with
// TODOKU_PICTURES=1 (npm run docs:pictures) into docs/picture. Each picture that a manual names is one of these.
import { mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { launchElectron } from '../support/electron.js';
import { root, temporaryHome } from '../support/launch.js';
import { type DesktopSession, startSession } from '../support/session.js';

const screens = {
  mail: 'mail',
  account: 'account/new',
  station: 'station',
  quarantine: 'quarantine',
  routes: 'routes',
  settings: 'settings',
};
const folder = process.env.TODOKU_PICTURES === '1' ? join(root, 'docs', 'picture') : join(root, 'shots');
let session: DesktopSession;
beforeAll(async () => {
  session = await startSession();
  mkdirSync(folder, { recursive: true });
});
afterAll(() => session.stop());

test.each(['en', 'ja'] as const)('the pictures of manual.%s.md', async (locale) => {
  const place = temporaryHome();
  const face = await launchElectron(session, { home: place.home, sample: true, locale });
  const made: string[] = [];
  try {
    await face.printed('sample ready');
    await face.page.setViewportSize({ width: 1040, height: 700 });
    for (const [name, screen] of Object.entries(screens)) {
      await face.page.evaluate((to) => location.assign(`#/${to}`), screen);
      await face.page
        .locator(name === 'account' ? '[role=alertdialog] form' : name === 'mail' ? '[role=option]' : 'main, section[data-pane]')
        .first()
        .waitFor();
      // What is being read is there when no part of the screen says that it waits.
      await face.page.waitForFunction(() => document.querySelectorAll('[aria-busy="true"]').length === 0);
      await face.page.screenshot({ path: join(folder, `${name}-${locale}.png`), animations: 'disabled' });
      made.push(`picture/${name}-${locale}.png`);
    }
  } finally {
    await face.close();
    place.remove();
  }
  const manual = readFileSync(join(root, 'docs', `manual.${locale}.md`), 'utf8');
  const named = [...manual.matchAll(/!\[[^\]]+\]\(([^)]+)\)/g)].map(([, path]) => path);
  expect(named.toSorted()).toEqual(made.toSorted());
});
