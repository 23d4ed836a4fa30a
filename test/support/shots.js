// Pictures of the window on the fake station, into shots/ (git ignores it).
//   node test/support/shots.js                       every screen, light/dark, en/ja, two sizes
//   node test/support/shots.js station bounces/b0    those screens only; add --quick for one picture each
//   --url http://127.0.0.1:PORT uses a server that already runs.
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { chromium } from 'playwright-core';
import { createServer } from 'vite';

const root = join(import.meta.dirname, '..', '..');
const folder = join(root, 'shots');
const args = process.argv.slice(2);
const given = args.includes('--url') ? args[args.indexOf('--url') + 1] : undefined;
const quick = args.includes('--quick');
const named = args.filter((arg, index) => !arg.startsWith('--') && args[index - 1] !== '--url');
const screens =
  named.length > 0
    ? named
    : [
        'mail',
        'mail/folder/inbox/m0',
        'station',
        'account/new',
        'quarantine',
        'bounces',
        'problems',
        'routes',
        'welcome',
        'settings',
        'log',
        'doctor',
      ];
const looks = quick
  ? [{ lang: 'en', theme: 'light', width: 1280, height: 800 }]
  : [
      { lang: 'en', theme: 'light', width: 1280, height: 800 },
      { lang: 'ja', theme: 'dark', width: 1280, height: 800 },
      { lang: 'ja', theme: 'light', width: 900, height: 700 },
      { lang: 'en', theme: 'dark', width: 900, height: 700 },
    ];

async function shoot(page, base, screen, { lang, theme, width, height }) {
  await page.setViewportSize({ width, height });
  const empty = screen.startsWith('welcome') ? '&empty' : '';
  await page.goto(`${base}/test/support/fake.html?lang=${lang}&theme=${theme}${empty}#/${screen}`);
  await page.waitForSelector('.app');
  await page.waitForTimeout(700);
  const name = `${screen.replaceAll('/', '-')}-${theme}-${lang}-${width}.png`;
  await page.screenshot({ path: join(folder, name) });
  console.log(name);
}

mkdirSync(folder, { recursive: true });
const server = given === undefined ? await createServer({ configFile: join(root, 'test/support/fake.vite.ts'), root }) : null;
await server?.listen();
const base = given ?? server.resolvedUrls.local[0].replace(/\/$/, '');
const browser = await chromium.launch({ executablePath: '/usr/bin/chromium', args: ['--no-sandbox'] });
const page = await browser.newPage();
page.on('console', (message) => (message.type() === 'error' ? console.log('console:', message.text()) : undefined));
page.on('pageerror', (error) => console.log('error:', error.message));
for (const look of looks) {
  for (const screen of screens) {
    await shoot(page, base, screen, look);
    await page.goto('about:blank');
  }
}
await browser.close();
await server?.close();
