// Messages we write: the two kinds of reply pinned, and everything read back by Python's email package.
import { execFileSync } from 'node:child_process';
import { expect, test } from 'vitest';
import { type Composed, compose } from '../../../electron/message/compose.js';
import { flowed } from '../../../electron/message/compose-flowed.js';
import { branchPlace, forwardSubject, replyPlace } from '../../../electron/message/compose-thread.js';

const answered = { messageId: '<c@x>', references: ['<a@x>', '<b@x>'], inReplyTo: ['<b@x>'], subject: 'Re: RE: 会議 the plan' };

test('a reply continues the topic', () => {
  expect(replyPlace(answered)).toEqual({
    subject: 'Re: 会議 the plan',
    inReplyTo: '<c@x>',
    references: ['<a@x>', '<b@x>', '<c@x>'],
    branchedFrom: null,
  });
  expect(replyPlace({ ...answered, references: [] }).references).toEqual(['<b@x>', '<c@x>']);
});

test('branching off begins a topic of its own, with a link back', () => {
  const expected = { subject: 'Lunch (Was: 会議 the plan)', inReplyTo: null, references: [], branchedFrom: '<c@x>' };
  expect(branchPlace(answered, 'Lunch')).toEqual(expected);
  expect(branchPlace({ ...answered, subject: 'Lunch (Was: old)' }, 'Tea').subject).toBe('Tea (Was: Lunch)');
});

test('a forwarded subject says so once', () => {
  expect([forwardSubject('plan'), forwardSubject('Fwd: plan')]).toEqual(['Fwd: plan', 'Fwd: plan']);
});

/** RFC 3676 4.1, as a reader undoes it. */
function unflow(text: string, delSp: boolean): string {
  return text
    .split('\n')
    .map((line) => line.replace(/^ /, ''))
    .reduce((all, line) => (/ $/.test(all) && !/(^|\n)-- $/.test(all) ? (delSp ? all.slice(0, -1) : all) + line : `${all}\n${line}`));
}

test('flowed text is what was written, in lines that are not too long', () => {
  const long = 'A paragraph of words that goes on and on, so that it has to be cut somewhere before its end comes.';
  const japanese =
    '吾輩は猫である。名前はまだ無い。どこで生れたかとんと見当がつかぬ。何でも薄暗いじめじめした所でニャーニャー泣いていた事だけは記憶している。';
  for (const text of [long, `From here\n> quoted ${long}\n indented`, japanese, `${japanese} mixed with ${long}`]) {
    const { text: lines, delSp } = flowed(text);
    expect(unflow(lines.replace(/\n$/, ''), delSp)).toBe(text);
    for (const line of lines.split('\n').filter((one) => !one.startsWith('>'))) expect(line.length).toBeLessThanOrEqual(79);
  }
});

const python = `
import sys, json, email
from email import policy
m = email.message_from_bytes(sys.stdin.buffer.read(), policy=policy.default)
def part(p):
    c = p.get_content()
    return {'type': p.get_content_type(), 'name': p.get_filename(), 'disposition': p.get_content_disposition(), 'id': p['content-id'],
            'content': c.replace('\\r\\n', '\\n') if isinstance(c, str) else c.hex(), 'format': p['content-type'].params.get('format')}
print(json.dumps({'headers': {k.lower(): str(v) for k, v in m.items()}, 'defects': [str(d) for d in m.defects],
  'parts': [part(p) for p in m.walk() if not p.is_multipart()], 'types': [p.get_content_type() for p in m.walk()]}))
`;
async function readBack(message: Composed) {
  const bytes = await compose(message);
  expect(bytes.every((octet) => octet < 128)).toBe(true);
  return JSON.parse(execFileSync('python3', ['-c', python], { input: bytes, maxBuffer: 1e9 }).toString()) as {
    readonly headers: Readonly<Record<string, string>>;
    readonly defects: readonly string[];
    readonly types: readonly string[];
    readonly parts: readonly Readonly<Record<'type' | 'name' | 'disposition' | 'id' | 'content' | 'format', string>>[];
  };
}
const plain: Composed = {
  from: { name: '山田 太郎', address: 'taro@a.example' },
  replyTo: [],
  to: [{ name: 'Müller, Ann', address: 'ann@b.example' }],
  cc: [],
  bcc: [{ name: '', address: 'secret@b.example' }],
  place: replyPlace({ ...answered, subject: '来週の会議についてのとても長い件名を持つメッセージであるということの確認' }),
  text: '田中様\n\nよろしくお願いします。\n',
  html: null,
  files: [],
  date: new Date('2026-11-24T01:02:03Z'),
  messageId: '<new@a.example>',
};

test('Python reads names, subject, references and text as they were written', async () => {
  const { headers, defects, parts } = await readBack(plain);
  expect(defects).toEqual([]);
  expect(headers).toMatchObject({
    from: '山田 太郎 <taro@a.example>',
    to: '"Müller, Ann" <ann@b.example>',
    bcc: 'secret@b.example',
    subject: `Re: 来週の会議についてのとても長い件名を持つメッセージであるということの確認`,
    'in-reply-to': '<c@x>',
    references: '<a@x> <b@x> <c@x>',
    'message-id': '<new@a.example>',
  });
  expect(new Date(headers.date ?? '').getTime()).toBe(plain.date.getTime());
  expect(parts).toMatchObject([{ type: 'text/plain', format: 'flowed', content: '田中様\n\nよろしくお願いします。\n' }]);
});

test('Python reads HTML with its image, and a file with a Japanese name', async () => {
  const image = { name: 'dot.png', type: 'image/png', content: Buffer.from([137, 80, 0, 255]), contentId: 'dot@a.example' };
  const file = {
    name: '見積書 二〇二六年十一月分の詳細な内訳.pdf',
    type: 'application/pdf',
    content: Buffer.from('\0pdf\r\n\xff', 'latin1'),
    contentId: null,
  };
  const { types, parts, defects } = await readBack({ ...plain, html: '<p>猫<img src="cid:dot@a.example">', files: [image, file] });
  expect(defects).toEqual([]);
  expect(types).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'multipart/related',
    'text/html',
    'image/png',
    'application/pdf',
  ]);
  expect(parts.slice(2)).toMatchObject([
    { name: 'dot.png', disposition: 'inline', id: '<dot@a.example>', content: image.content.toString('hex') },
    { name: file.name, disposition: 'attachment', content: file.content.toString('hex') },
  ]);
});
