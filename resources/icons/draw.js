// Draws the icons from one shape: `node resources/icons/draw.js` (needs chromium). Their files are committed.
import { writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { chromium } from 'playwright-core';

const folder = dirname(fileURLToPath(import.meta.url));
// An envelope that is also a tray with an arrow going in: 届く, to arrive.
const envelope = (line, fill) => `
  <rect x="5" y="14" width="54" height="40" rx="7" fill="${fill}" stroke="${line}" stroke-width="4"/>
  <path d="M8 20 L32 38 L56 20" fill="none" stroke="${line}" stroke-width="4" stroke-linecap="round" stroke-linejoin="round"/>`;
const badges = {
  idle: '',
  unread: '<circle cx="51" cy="15" r="12" fill="#1f7ae0" stroke="#fff" stroke-width="3"/>',
  trouble:
    '<circle cx="50" cy="16" r="13" fill="#d0342c" stroke="#fff" stroke-width="3"/><path d="M50 9 v8" stroke="#fff" stroke-width="4" stroke-linecap="round"/><circle cx="50" cy="22.5" r="2.3" fill="#fff"/>',
  paused:
    '<circle cx="50" cy="16" r="13" fill="#6b7280" stroke="#fff" stroke-width="3"/><path d="M46 11 v10 M54 11 v10" stroke="#fff" stroke-width="4" stroke-linecap="round"/>',
};
const svg = (body, background = '') => `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 64 64">${background}${body}</svg>`;
// A mid grey line on a light body reads on light and dark panels alike.
const tray = (state) => svg(envelope('#4b5563', '#f3f4f6') + badges[state]);
const logo = svg(
  '<g transform="translate(8.5 10) scale(0.735)">' + envelope('#ffffff', '#2f6fdb') + '</g>',
  '<defs><linearGradient id="g" x1="0" y1="0" x2="0" y2="1"><stop offset="0" stop-color="#3b82f6"/><stop offset="1" stop-color="#1e4fb0"/></linearGradient></defs><rect width="64" height="64" rx="15" fill="url(#g)"/>',
);

const browser = await chromium.launch({ executablePath: process.env.CHROMIUM ?? '/usr/bin/chromium', args: ['--no-sandbox'] });
async function draw(name, source, size) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>*{margin:0}svg{display:block;width:${size}px;height:${size}px}</style>${source}`);
  await page.screenshot({ path: join(folder, `${name}.png`), omitBackground: true });
  await page.close();
}
for (const state of Object.keys(badges)) {
  await draw(`tray-${state}`, tray(state), 22);
  await draw(`tray-${state}@2x`, tray(state), 44);
}
for (const size of [16, 32, 48, 128, 256, 512]) await draw(`todoku-${size}`, logo, size);
await writeFile(join(folder, 'todoku.svg'), `${logo}\n`);
await browser.close();
