import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { indexMessage } from '../../../electron/message/text.js';
import { readView } from '../../../electron/message/view.js';
import { torture } from '../../support/torture.js';

const folder = mkdtempSync(join(tmpdir(), 'todoku-torture-'));
afterAll(() => rmSync(folder, { recursive: true }));

test('there are at least 60', () => {
  expect(torture.length).toBeGreaterThanOrEqual(60);
  expect(new Set(torture.map(({ name }) => name)).size).toBe(torture.length);
});

test.each(torture.map((one) => [one.name, one] as const))(
  '%s',
  async (_name, { raw, subject, text, preview, attachments, html, from, unparsable, special }) => {
    const row = indexMessage('/x', raw, raw.length, 0);
    if (subject !== undefined) expect(row.head.subject).toBe(subject);
    if (preview !== undefined) expect(row.preview).toContain(preview);
    const path = join(folder, 'message');
    writeFileSync(path, raw);
    const view = await readView(path, null);
    expect(view.unparsable === null ? 'parsed' : 'unparsable').toBe(unparsable === true ? 'unparsable' : 'parsed');
    if (text !== undefined) expect(view.text).toContain(text);
    if (attachments !== undefined) expect(view.attachments.map(({ name }) => name)).toEqual(attachments);
    if (html !== undefined) expect(view.hasHtml).toBe(html);
    if (from !== undefined) expect(view.textFrom).toBe(from);
    if (special !== undefined) expect(view.attachments.map((one) => one.special)).toContain(special);
    for (const { name } of view.attachments) expect([...name].length).toBeLessThanOrEqual(200);
  },
);
