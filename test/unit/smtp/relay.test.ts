// The relay client against a server that answers as told: what each reply means, for each recipient.
import fc from 'fast-check';
import { afterEach, describe, expect, it } from 'vitest';
import { dotted } from '../../../electron/smtp/dots.js';
import { openRelay, type RelayTarget } from '../../../electron/smtp/relay.js';
import { parseReply } from '../../../electron/smtp/reply.js';
import { relayTarget } from '../../../electron/smtp/target.js';
import { target } from '../../../shared/account.js';
import { type FakeSmtp, type FakeSmtpScript, fakeSmtp } from '../../support/fake-smtp.js';

let server: FakeSmtp | null = null;
afterEach(async () => {
  await server?.close();
  server = null;
});

async function start(script: FakeSmtpScript, options: Partial<RelayTarget> = {}) {
  server = await fakeSmtp(script);
  const kind = script.lmtp === true ? 'lmtp' : 'smtp';
  const place = { host: '127.0.0.1', port: server.port };
  return openRelay({ kind, place, batchLimit: 0, antispam: [], ...options }, { name: 'station.example', timeout: 2, endTimeout: 1 });
}
const mail = (recipients: readonly string[], text = 'Subject: x\n\nhello\n', sender = 's@example.com') => ({
  sender,
  recipients,
  octets: text.length,
  body: () => [Buffer.from(text, 'latin1')],
});
async function outcomes(script: FakeSmtpScript, recipients: readonly string[] = ['a@x'], options: Partial<RelayTarget> = {}) {
  const relay = await start(script, options);
  const found = await relay.send(mail(recipients));
  await relay.close();
  return found.map((one) => [one.address, one.kind, one.code, one.status, ...(one.kind === 'refused' ? [one.cause] : [])].join(' '));
}

describe('one recipient, SMTP', () => {
  it.each<[string, FakeSmtpScript['answers'], string]>([
    ['taken', {}, 'accepted 250 2.0.0'],
    ['greeting 554', { greeting: '554 no' }, 'deferred 451 4.4.2'],
    ['greeting 421', { greeting: '421 busy' }, 'deferred 451 4.4.2'],
    ['no EHLO, but HELO', { EHLO: '502 what' }, 'accepted 250 2.0.0'],
    ['MAIL 450', { MAIL: '450 4.1.1 later' }, 'deferred 450 4.1.1'],
    ['MAIL 530', { MAIL: '530 5.7.0 Must issue a STARTTLS command first' }, 'deferred 530 5.7.0'],
    ['MAIL 552', { MAIL: '552 5.3.4 Message size exceeds fixed limit' }, 'refused 552 5.3.4 too-big'],
    ['MAIL 553', { MAIL: '553 5.1.8 bad sender' }, 'refused 553 5.1.8 bad-sender'],
    ['MAIL 501', { MAIL: '501 5.1.7 bad sender' }, 'refused 501 5.1.7 bad-sender'],
    ['MAIL 571, not named as antispam', { MAIL: '571 spam' }, 'refused 571 5.0.0 other'],
    ['RCPT 450', { RCPT: '450 4.2.0 greylisted' }, 'deferred 450 4.2.0'],
    ['RCPT 452', { RCPT: '452 4.2.2 full' }, 'deferred 452 4.2.2'],
    ['RCPT 530', { RCPT: '530 login first' }, 'deferred 530 5.0.0'],
    ['RCPT 550', { RCPT: '550 5.1.1 unknown' }, 'refused 550 5.1.1 bad-recipient'],
    ['RCPT 554', { RCPT: '554 no' }, 'refused 554 5.0.0 bad-recipient'],
    ['DATA 451', { DATA: '451 4.3.0 later' }, 'deferred 451 4.3.0'],
    ['DATA 554', { DATA: '554 5.5.1 no valid recipients' }, 'refused 554 5.5.1 other'],
    ['end 452', { end: '452 4.3.1 full' }, 'deferred 452 4.3.1'],
    ['end 552', { end: '552 5.3.4 too big' }, 'refused 552 5.3.4 too-big'],
    ['end 550', { end: '550 5.7.1 content' }, 'refused 550 5.7.1 other'],
    ['end in several lines', { end: '550-5.7.1 one\r\n550 5.7.1 two' }, 'refused 550 5.7.1 other'],
    ['garbage for a reply', { RCPT: 'hello there' }, 'deferred 451 4.4.2'],
    ['cut at the greeting', { greeting: 'cut' }, 'deferred 451 4.4.2'],
    ['cut at MAIL', { MAIL: 'cut' }, 'deferred 451 4.4.2'],
    ['cut at DATA', { DATA: 'cut' }, 'deferred 451 4.4.2'],
    ['cut after the message', { end: 'cut' }, 'unknown 451 4.4.2'],
    ['silence after the message', { end: 'silence' }, 'unknown 451 4.4.2'],
    ['silence at RCPT', { RCPT: 'silence' }, 'deferred 451 4.4.2'],
  ])('%s', async (_, answers, expected) => expect(await outcomes({ answers })).toEqual([`a@x ${expected}`]));

  it('antispam codes count for MAIL FROM only', async () => {
    expect(await outcomes({ answers: { MAIL: '571 spam' } }, ['a@x'], { antispam: [571, 450] })).toEqual(['a@x refused 571 5.0.0 spam']);
    await server?.close();
    expect(await outcomes({ answers: { MAIL: '450 spam' } }, ['a@x'], { antispam: [571, 450] })).toEqual(['a@x refused 450 4.0.0 spam']);
    await server?.close();
    expect(await outcomes({ answers: { RCPT: '450 later' } }, ['a@x'], { antispam: [450] })).toEqual(['a@x deferred 450 4.0.0']);
  });
  it('a server that is not there defers', async () => {
    const relay = openRelay({ kind: 'smtp', place: { socket: '/nowhere/lmtp' }, batchLimit: 0, antispam: [] }, { name: 'x' });
    expect((await relay.send(mail(['a@x']))).map(({ kind }) => kind)).toEqual(['deferred']);
  });
  it('cut within the message defers: its end was never sent', async () => {
    const relay = await start({ cutAt: 100_000 });
    const [one] = await relay.send({ ...mail(['a@x']), body: () => Array.from({ length: 500 }, () => Buffer.alloc(100_000, 'x\n')) });
    expect(one?.kind).toBe('deferred');
    expect(server?.messages).toEqual([]);
  });
});

describe('several recipients', () => {
  it('the refused are refused and the others get it once', async () => {
    expect(await outcomes({ answers: { 'RCPT TO:<b@x>': '550 5.1.1 no' } }, ['a@x', 'b@x', 'c@x'])).toEqual([
      'a@x accepted 250 2.0.0',
      'b@x refused 550 5.1.1 bad-recipient',
      'c@x accepted 250 2.0.0',
    ]);
    expect(server?.messages.map(({ to }) => to)).toEqual([['a@x', 'c@x']]);
  });
  it('nobody gets it while one has to wait, so that nobody gets it twice', async () => {
    expect(await outcomes({ answers: { 'RCPT TO:<b@x>': '450 4.2.0 greylisted' } }, ['a@x', 'b@x'])).toEqual([
      'a@x deferred 451 4.0.0',
      'b@x deferred 450 4.2.0',
    ]);
    expect(server?.messages).toEqual([]);
    expect(server?.lines).toContain('RSET');
  });
  it('452 after some: the others go in another transaction', async () => {
    expect(await outcomes({ answers: { 'RCPT TO:<b@x>': ['452 4.5.3 too many', '250 ok'] } }, ['a@x', 'b@x'])).toEqual([
      'a@x accepted 250 2.0.0',
      'b@x accepted 250 2.0.0',
    ]);
    expect(server?.messages.map(({ to }) => to)).toEqual([['a@x'], ['b@x']]);
  });
  it('what was taken stays taken when the next transaction breaks', async () => {
    expect(await outcomes({ answers: { 'RCPT TO:<b@x>': ['452 4.5.3 too many', 'cut'] } }, ['a@x', 'b@x'])).toEqual([
      'a@x accepted 250 2.0.0',
      'b@x deferred 451 4.4.2',
    ]);
  });
});

describe('LMTP', () => {
  it('answers once for each recipient', async () => {
    const answers = { 'end b@x': '452 4.2.2 over quota', 'end c@x': '550 5.2.1 closed', 'RCPT TO:<d@x>': '550 5.1.1 no' };
    expect(await outcomes({ lmtp: true, answers }, ['a@x', 'b@x', 'c@x', 'd@x'])).toEqual([
      'a@x accepted 250 2.0.0',
      'b@x deferred 452 4.2.2',
      'c@x refused 550 5.2.1 other',
      'd@x refused 550 5.1.1 bad-recipient',
    ]);
    expect(server?.lines[0]).toBe('LHLO station.example');
  });
  it('lost between the answers: those that came are known, the rest are not', async () => {
    expect(await outcomes({ lmtp: true, answers: { 'end b@x': 'cut' } }, ['a@x', 'b@x', 'c@x'])).toEqual([
      'a@x accepted 250 2.0.0',
      'b@x unknown 451 4.4.2',
      'c@x unknown 451 4.4.2',
    ]);
  });
});

describe('the conversation', () => {
  it('keeps a connection for several messages, up to the batch limit', async () => {
    const relay = await start({}, { batchLimit: 2 });
    for (let count = 0; count < 5; count += 1) await relay.send(mail(['a@x']));
    await relay.close();
    expect([server?.connections(), server?.messages.length, server?.lines.filter((line) => line === 'QUIT').length]).toEqual([3, 5, 3]);
  });
  it('goes on after a refusal on the same connection', async () => {
    const relay = await start({ answers: { RCPT: ['550 no', '250 ok'] } });
    expect((await relay.send(mail(['a@x'])))[0]?.kind).toBe('refused');
    expect((await relay.send(mail(['a@x'])))[0]?.kind).toBe('accepted');
    expect(server?.connections()).toBe(1);
  });
  it('connects again after a loss', async () => {
    const relay = await start({ answers: { end: ['cut', '250 ok'] } });
    expect((await relay.send(mail(['a@x'])))[0]?.kind).toBe('unknown');
    expect((await relay.send(mail(['a@x'])))[0]?.kind).toBe('accepted');
  });
  it('says what the server can take', async () => {
    const relay = await start({ extensions: ['SIZE 1000', '8BITMIME', 'SMTPUTF8'] });
    await relay.send(mail(['あ@x'], 'Subject: x\n\nhello\n', ''));
    expect(server?.lines[1]).toBe('MAIL FROM:<> SIZE=18 BODY=8BITMIME SMTPUTF8');
  });
  it('is not led astray by an address', async () => {
    const relay = await start({});
    const found = await relay.send(mail(['a@x>\r\nRCPT TO:<evil@x', 'b@x', '']));
    expect(found.map(({ kind, code }) => [kind, code])).toEqual([
      ['refused', 501],
      ['accepted', 250],
      ['refused', 501],
    ]);
    expect(server?.lines.filter((line) => line.startsWith('RCPT'))).toEqual(['RCPT TO:<b@x>']);
  });
  it('is not led astray by the message', async () => {
    const text = 'Subject: x\n\n.\nMAIL FROM:<evil@x>\n\r.\r\nRCPT TO:<evil@x>\n..\n\r\n.\r\r\n.\n\rend';
    const relay = await start({});
    await relay.send(mail(['a@x'], text));
    expect(server?.messages).toHaveLength(1);
    expect(server?.messages[0]?.text).toBe(
      'Subject: x\r\n\r\n..\r\nMAIL FROM:<evil@x>\r\n .\r\nRCPT TO:<evil@x>\r\n...\r\n\r\n..\x20\r\n..\r\n end\r\n',
    );
  });
});

describe('dots', () => {
  const whole = async (chunks: readonly Uint8Array[]) => {
    const out: Uint8Array[] = [];
    for await (const chunk of dotted(chunks)) out.push(chunk);
    return Buffer.concat(out).toString('latin1');
  };
  it('never ends early, undoes to the same lines, and does not depend on the cuts', async () => {
    const text = fc.array(fc.constantFrom('.', '\n', '\r', 'a', '\r\n', '\0', 'é'), { maxLength: 40 }).map((parts) => parts.join(''));
    await fc.assert(
      fc.asyncProperty(text, fc.nat(40), async (source, cut) => {
        const bytes = Buffer.from(source, 'latin1');
        const sent = await whole([bytes]);
        expect(await whole([bytes.subarray(0, cut), bytes.subarray(cut)])).toBe(sent);
        expect(`\r\n${sent}`.indexOf('\r\n.\r\n')).toBe(`\r\n${sent}`.length - 5);
        expect(sent.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
        const lines = sent.slice(0, -3).replaceAll('\r\n', '\n').replaceAll(/^\./gm, '');
        const expected = source.replaceAll('\r\n', '\n').replaceAll('\r', ' ');
        expect(lines).toBe(expected === '' || expected.endsWith('\n') ? expected : `${expected}\n`);
      }),
      { numRuns: 500 },
    );
  });
});

it.each([
  [['250 2.1.0 Ok'], { code: 250, status: '2.1.0', text: '250 2.1.0 Ok' }],
  [['550-5.1.1 a', '550 5.1.1 b'], { code: 550, status: '5.1.1', text: '550 5.1.1 a b' }],
  [['450 try again'], { code: 450, status: '4.0.0', text: '450 try again' }],
  [['250'], { code: 250, status: '2.0.0', text: '250' }],
  [['550 \x1b[31mred'], { text: '550  [31mred' }],
])('reply %j', (lines, expected) => expect(parseReply(lines)).toMatchObject(expected));
it.each([[['hello']], [['25 x']], [['250-a', '550 b']]])('%j is no reply', (lines) => expect(parseReply(lines)).toBeNull());

it('targets of the settings', () => {
  expect(relayTarget(target.parse({ kind: 'smtp', host: 'h', port: 2525 }))?.place).toEqual({ host: 'h', port: 2525 });
  expect(relayTarget(target.parse({ kind: 'lmtp', socket: '/run/lmtp' }))?.place).toEqual({ socket: '/run/lmtp' });
  expect(relayTarget({ kind: 'maildir' })).toBeNull();
});
