// Messages that are hard to read, each with something true that a list row and a reading pane must say of it.
import { gzipSync } from 'node:zlib';
import { encodeCharset, encodedWord, iso2022jp } from './mailgen.js';

export interface Torture {
  readonly name: string;
  readonly raw: Buffer;
  readonly subject?: string;
  /** Contained in the text of the pane. */
  readonly text?: string;
  /** Contained in the preview of the row; default: what `text` says is not checked there. */
  readonly preview?: string;
  readonly attachments?: readonly string[];
  readonly html?: boolean;
  readonly from?: 'text' | 'html' | 'raw';
  /** The pane says that it could not be parsed. */
  readonly unparsable?: boolean;
  readonly special?: string;
}

const bytes = (...parts: (string | Buffer)[]) =>
  Buffer.concat(parts.map((part) => (typeof part === 'string' ? Buffer.from(part, 'utf8') : part)));
const head = (subject: string, ...more: string[]) =>
  [
    'From: Alice <alice@example.com>',
    'To: bob@example.net',
    `Subject: ${subject}`,
    'Date: Tue, 24 Nov 2026 01:58:20 +0000',
    'Message-ID: <t@example.com>',
    ...more,
  ].join('\n');
const plain = (name: string, type: string, body: string | Buffer, expected: Partial<Torture>): Torture => ({
  name,
  raw: bytes(`${head(name, 'MIME-Version: 1.0', ...(type === '' ? [] : [type]))}\n\n`, body),
  subject: name,
  ...expected,
});
const multipart = (name: string, parts: readonly (string | Buffer)[], expected: Partial<Torture>, close = true): Torture =>
  plain(
    name,
    'Content-Type: multipart/mixed; boundary="bb"',
    bytes(...parts.flatMap((part) => ['--bb\n', part, '\n']), close ? '--bb--\n' : ''),
    expected,
  );
const attach = (field: string, type = 'application/octet-stream') =>
  `Content-Type: ${type}\nContent-Disposition: ${field}\nContent-Transfer-Encoding: base64\n\nSGVsbG8=\n`;

function nested(depth: number): Buffer {
  let inner = bytes('Content-Type: text/plain\n\nthe core\n');
  for (let level = 0; level < depth; level += 1)
    inner = bytes(`Content-Type: multipart/mixed; boundary="n${level}"\n\n--n${level}\n`, inner, `\n--n${level}--\n`);
  return inner;
}
function forwarded(depth: number): Buffer {
  let inner = bytes(`${head('the innermost')}\n\ncore\n`);
  for (let level = 0; level < depth; level += 1)
    inner = bytes(`${head(`forward ${level}`)}\nMIME-Version: 1.0\nContent-Type: message/rfc822\n\n`, inner);
  return inner;
}
const japanese = '会議の資料を送ります。ｶﾀｶﾅも読めますか。';

export const torture: readonly Torture[] = [
  plain('no MIME at all', '', 'just text\n', { text: 'just text', preview: 'just text' }),
  plain('empty body', 'Content-Type: text/plain', '', { text: '' }),
  { name: 'header without a body', raw: bytes(head('only a head')), subject: 'only a head', text: '' },
  { name: 'nothing at all', raw: bytes(''), subject: '' },
  { name: 'one newline', raw: bytes('\n'), subject: '' },
  { name: 'body without a header', raw: bytes('\nhello there\n'), text: 'hello there' },
  { name: 'text without a header', raw: bytes('hello there\nthis is no header\n\nand more\n'), unparsable: true, text: 'hello there' },
  { name: 'binary', raw: Buffer.from(Array.from({ length: 4096 }, (_, at) => (at * 197 + 13) % 256)), unparsable: true },
  { name: 'NULs', raw: bytes(`${head('nul')}\n\na\0b\0c\n`), subject: 'nul', text: 'b' },
  {
    name: 'mbox line first',
    raw: bytes('>From x@y Tue Nov 24\n', head('after the mbox line'), '\n\nbody\n'),
    subject: 'after the mbox line',
    text: 'body',
  },
  {
    name: 'a line without a colon',
    raw: bytes('From: a@b.c\nthis line is wrong\nSubject: still read\n\nbody\n'),
    subject: 'still read',
    text: 'body',
  },
  {
    name: 'CRLF',
    raw: bytes(`${head('crlf')}\n\nline one\nline two\n`.replaceAll('\n', '\r\n')),
    subject: 'crlf',
    text: 'line one\nline two',
  },
  { name: 'bare CR', raw: bytes(`${head('bare cr')}\n\none\rtwo\r\n`), subject: 'bare cr', text: 'one' },
  { name: 'folded subject', raw: bytes('From: a@b.c\nSubject: one\n two\n\tthree\n\nx\n'), subject: 'one two three' },
  { name: 'two subjects', raw: bytes('From: a@b.c\nSubject: first\nSubject: second\n\nx\n'), subject: 'first' },
  {
    name: '10,000 header lines',
    raw: bytes('Subject: many\n', 'X-Filler: y\n'.repeat(10_000), 'From: a@b.c\n\nthe end\n'),
    subject: 'many',
    text: 'the end',
  },
  {
    name: 'a header of two megabytes',
    raw: bytes('Subject: big\nX-Big: ', 'y'.repeat(2_000_000), '\n\nbody\n'),
    subject: 'big',
    unparsable: true,
  },
  { name: 'a subject of 100,000 characters', raw: bytes(`Subject: ${'z'.repeat(100_000)}\nFrom: a@b.c\n\nok\n`), text: 'ok' },
  plain('bad date', 'Date: next tuesday', 'x', { text: 'x' }),
  { name: 'a line of a megabyte', raw: bytes(`${head('long line')}\n\n`, 'w'.repeat(1_000_000), '\n'), subject: 'long line', text: 'wwww' },

  plain('ISO-2022-JP', 'Content-Type: text/plain; charset=iso-2022-jp', iso2022jp('会議の資料を送ります。'), {
    text: '会議の資料',
    preview: '会議の資料',
  }),
  plain('ISO-2022-JP with half-width kana', 'Content-Type: text/plain; charset=ISO-2022-JP', iso2022jp(japanese), {
    text: 'ｶﾀｶﾅも',
    preview: 'ｶﾀｶﾅも',
  }),
  plain('ISO-2022-JP undeclared', '', iso2022jp('請求書です。'), { text: '請求書', preview: '請求書' }),
  plain(
    'ISO-2022-JP that never returns to ASCII',
    'Content-Type: text/plain; charset=iso-2022-jp',
    bytes(iso2022jp('会議').subarray(0, -3), '\nplain again\n'),
    { text: 'plain again', preview: '会議 plain again' },
  ),
  plain(
    'Shift_JIS',
    'Content-Type: text/plain; charset=Shift_JIS\nContent-Transfer-Encoding: 8bit',
    encodeCharset('①会議㈱ソフト', 'shift_jis'),
    { text: '①会議㈱ソフト' },
  ),
  plain('Shift_JIS undeclared', '', encodeCharset('会議の資料について、よろしくお願いします。', 'shift_jis'), {
    text: '会議の資料',
    preview: '会議の資料',
  }),
  plain('EUC-JP undeclared', '', encodeCharset('会議の資料について、よろしくお願いします。', 'euc-jp'), {
    text: '会議の資料',
    preview: '会議の資料',
  }),
  plain('UTF-8 undeclared', '', '会議の資料について', { text: '会議の資料' }),
  plain('UTF-8 called ASCII', 'Content-Type: text/plain; charset=us-ascii', '会議の資料について', { text: '会議の資料' }),
  plain('Shift_JIS called UTF-8', 'Content-Type: text/plain; charset=utf-8', encodeCharset('会議の資料について、よろしく', 'shift_jis'), {
    text: '会議の資料',
  }),
  plain('an unknown charset', 'Content-Type: text/plain; charset=x-klingon', '会議', { text: '会議' }),
  plain('UTF-7 stays shut', 'Content-Type: text/plain; charset=utf-7', '+ADw-script+AD4-', { text: '+ADw-script' }),
  plain(
    'windows-1252',
    'Content-Type: text/plain; charset=windows-1252\nContent-Transfer-Encoding: 8bit',
    Buffer.from([0x93, 0x68, 0x69, 0x94, 0xe9]),
    { text: '“hi”é' },
  ),
  plain('UTF-8 cut in the middle', 'Content-Type: text/plain; charset=utf-8', Buffer.from('ok 会議').subarray(0, -1), { text: 'ok 会' }),
  plain(
    'quoted-printable',
    'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: quoted-printable',
    '=E4=BC=9A=E8=AD=B0 soft=\nbreak =ZZ =3D',
    { text: '会議 softbreak' },
  ),
  plain(
    'base64',
    'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64',
    Buffer.from('会議の資料').toString('base64'),
    { text: '会議の資料' },
  ),
  plain('base64 with rubbish in it', 'Content-Type: text/plain; charset=utf-8\nContent-Transfer-Encoding: base64', '5Lya!!\n6K2w\n', {
    text: '会議',
  }),
  plain('an unknown encoding', 'Content-Type: text/plain\nContent-Transfer-Encoding: x-zip', 'readable', { text: 'readable' }),
  plain('yEnc is not MIME', 'Content-Type: text/plain', '=ybegin line=128 size=5 name=a.bin\n)*+\n=yend\n', { text: '=ybegin' }),
  plain('uuencode', '', 'begin 644 cat.txt\n#0V%T\n`\nend\n', { attachments: ['cat.txt'] }),
  plain('format=flowed', 'Content-Type: text/plain; charset=utf-8; format=flowed', 'one line \nthat goes on\n', {
    text: 'one line that goes on',
  }),

  {
    name: 'encoded word split inside a character',
    raw: bytes('Subject: =?utf-8?B?5pel5g==?=\n =?utf-8?B?nKzoqp4=?=\nFrom: a@b.c\n\nx\n'),
    subject: '日本語',
  },
  {
    name: 'encoded word over the limit',
    raw: bytes(`Subject: =?utf-8?B?${Buffer.from('あ'.repeat(500)).toString('base64')}?=\n\nx\n`),
    subject: 'あ'.repeat(500),
  },
  { name: 'encoded words in ISO-2022-JP', raw: bytes(`Subject: ${encodedWord('ﾃｽﾄの件', 'iso-2022-jp')}\n\nx\n`), subject: 'ﾃｽﾄの件' },
  {
    name: 'raw Shift_JIS subject',
    raw: bytes('Subject: ', encodeCharset('会議の件について', 'shift_jis'), '\n\nx\n'),
    subject: '会議の件について',
  },
  { name: 'encoded word abuse', raw: bytes(`Subject: ${'=?utf-8?Q?a?='.repeat(5000)}\n\nx\n`) },

  multipart('two texts', ['Content-Type: text/plain\n\none', 'Content-Type: text/plain\n\ntwo'], { text: 'two' }),
  multipart('no closing boundary', ['Content-Type: text/plain\n\nstill here'], { text: 'still here' }, false),
  multipart('a part without a header', ['\nbare part'], { text: 'bare part' }),
  plain('boundary that never comes', 'Content-Type: multipart/mixed; boundary="missing"', 'text that stands here\n', {
    text: 'text that stands here',
    unparsable: true,
  }),
  plain('multipart without a boundary', 'Content-Type: multipart/mixed', 'text that stands here\n', {
    text: 'text that stands here',
    unparsable: true,
  }),
  plain(
    'boundary with a comment',
    'Content-Type: multipart/mixed; boundary=cc (really)',
    '--cc\nContent-Type: text/plain\n\ninside\n--cc--\n',
    { text: 'inside' },
  ),
  plain(
    'boundary that is a prefix of another',
    'Content-Type: multipart/mixed; boundary=b',
    '--b\nContent-Type: multipart/alternative; boundary=b1\n\n--b1\nContent-Type: text/plain\n\ninner\n--b1--\n--b--\n',
    { text: 'inner' },
  ),
  plain('preamble and epilogue', 'Content-Type: multipart/mixed; boundary=b', 'preamble\n--b\n\nbody\n--b--\nepilogue\n', { text: 'body' }),
  plain(
    'alternative',
    'Content-Type: multipart/alternative; boundary=b',
    '--b\nContent-Type: text/plain\n\nthe plain\n--b\nContent-Type: text/html\n\n<p>the html\n--b--\n',
    { text: 'the plain', html: true, from: 'text' },
  ),
  plain('HTML only', 'Content-Type: text/html; charset=utf-8', '<html><style>x</style><p>会議</p><script>1</script></html>', {
    text: '会議',
    html: true,
    from: 'html',
    preview: '会議',
  }),
  plain('HTML nested 5,000 deep', 'Content-Type: text/html', `${'<b>'.repeat(5000)}deep`, { text: 'deep', html: true }),
  { name: 'nested 50 deep', raw: bytes('Subject: deep\nMIME-Version: 1.0\n', nested(50)), subject: 'deep', text: 'the core' },
  { name: 'nested 500 deep', raw: bytes('Subject: deeper\nMIME-Version: 1.0\n', nested(500)), subject: 'deeper' },
  { name: 'forwarded 20 deep', raw: forwarded(20), subject: 'forward 19', attachments: ['message.eml'], special: 'message' },
  multipart(
    '10,000 parts',
    Array.from({ length: 10_000 }, (_, at) => `Content-Type: text/plain\n\np${at}`),
    { text: 'p0' },
  ),
  multipart(
    '2,500 attachments',
    Array.from({ length: 2500 }, (_, at) => attach(`attachment; filename="f${at}"`)),
    {},
  ),

  multipart('RFC 2231 name', [attach("attachment; filename*0*=utf-8''%E8%B3; filename*1*=%87%E6%96%99; filename*2=.pdf")], {
    attachments: ['資料.pdf'],
  }),
  multipart('encoded word name', [attach('attachment; filename="=?utf-8?B?6LOH5paZ?=.pdf"')], { attachments: ['資料.pdf'] }),
  multipart('a name with a path', [attach('attachment; filename="../../etc/passwd"')], { attachments: ['.._.._etc_passwd'] }),
  multipart('a name that turns around', [attach("attachment; filename*=utf-8''invoice%E2%80%AEfdp.exe")], {
    attachments: ['invoicefdp.exe'],
  }),
  multipart('a name of 4,000 characters', [attach(`attachment; filename="${'n'.repeat(4000)}.exe"`)], {}),
  multipart('no name', [attach('attachment')], { attachments: ['part-1'] }),
  multipart('TNEF', [attach('attachment; filename="winmail.dat"', 'application/ms-tnef')], {
    attachments: ['winmail.dat'],
    special: 'tnef',
  }),
  multipart('calendar', ['Content-Type: text/calendar; method=REQUEST\n\nBEGIN:VCALENDAR\nEND:VCALENDAR\n'], {
    attachments: ['invitation.ics'],
    special: 'calendar',
  }),
  multipart('vCard', [attach('attachment; filename="a.vcf"', 'text/vcard')], { attachments: ['a.vcf'], special: 'contact' }),
  multipart('S/MIME', [attach('attachment; filename="smime.p7m"', 'application/pkcs7-mime')], {
    attachments: ['smime.p7m'],
    special: 'smime',
  }),
  plain(
    'PGP',
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b',
    '--b\nContent-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream; name="encrypted.asc"\n\n-----BEGIN PGP MESSAGE-----\n--b--\n',
    { special: 'pgp' },
  ),
  multipart(
    'forwarded as an attachment',
    [`Content-Type: message/rfc822\nContent-Disposition: attachment; filename="old.eml"\n\n${head('the old one')}\n\nold text\n`],
    { attachments: ['old.eml'], special: 'message' },
  ),
  plain(
    'delivery report',
    'Content-Type: multipart/report; report-type=delivery-status; boundary=b',
    '--b\n\nYour mail failed.\n--b\nContent-Type: message/delivery-status\n\nReporting-MTA: dns; x\n\nFinal-Recipient: rfc822; a@b.c\nAction: failed\n--b--\n',
    { text: 'Your mail failed' },
  ),
  plain('a lone attachment', 'Content-Type: application/pdf; name="one.pdf"\nContent-Transfer-Encoding: base64', 'JVBERi0=\n', {
    attachments: ['one.pdf'],
  }),
  plain('compressed body', 'Content-Type: application/gzip\nContent-Transfer-Encoding: base64', gzipSync('x').toString('base64'), {}),
];
