// The account dialog without its drawing: what is typed, what is saved, what is refused, what a test will do.
import { describe, expect, test } from 'vitest';
import { addressOf, blankDraft, type Draft, nameOf, newId, portOf } from '../../../renderer/view/account/draft.js';
import { accountOf, copyOf, draftOf, pairs } from '../../../renderer/view/account/draft-account.js';
import { checkDraft } from '../../../renderer/view/account/draft-check.js';
import { fingerprintLines } from '../../../renderer/view/account/receiving.js';
import { expectedSteps, secretsOf, stepsToCome } from '../../../renderer/view/account/test-run.js';
import { account as accountSchema } from '../../../shared/account.js';

const typed = (change: Partial<Draft>): Draft => ({
  ...blankDraft('new-k3f9', 'keyring'),
  host: 'mail.kumiai.example',
  user: 'hanako',
  ...change,
});

describe('what follows what', () => {
  test.each([
    ['pop3', 'tls', null, '995'],
    ['pop3', 'starttls', null, '110'],
    ['pop3', 'none', null, '110'],
    ['imap', 'tls', null, '993'],
    ['imap', 'starttls', null, '143'],
    ['imap', 'tls', '10993', '10993'],
  ] as const)('%s with %s and port %s gives %s', (protocol, security, port, expected) => {
    expect(portOf(typed({ protocol, security, port }))).toBe(expected);
  });
  test.each([
    ['testuser@example.com', 'pop.other.example', 'testuser@example.com'],
    ['testuser', 'pop.example.com', 'testuser@example.com'],
    ['testuser', 'example.com', 'testuser@example.com'],
    ['testuser', 'localhost', 'testuser@localhost'],
    ['testuser', '', ''],
    ['', 'pop.example.com', ''],
  ])('user %j at %j is delivered to %j', (user, host, expected) => {
    expect(addressOf({ to: null, user, host })).toBe(expected);
  });
  test('an address that was written stays', () => {
    expect(addressOf({ to: 'a@b.example', user: 'other', host: 'pop.example.com' })).toBe('a@b.example');
  });
  test('a nameless account is called by its user and server', () => {
    expect(nameOf(typed({}))).toBe('hanako@mail.kumiai.example');
    expect(nameOf(typed({ user: 'hanako@kumiai.example' }))).toBe('hanako@kumiai.example');
    expect(nameOf(typed({ name: ' Work ' }))).toBe('Work');
  });
  test('an id is made of user and host, and is free', () => {
    expect(newId([], 'hanako-mail.kumiai.example', 'k3f9')).toBe('hanako-mail-kumiai-example-k3f9');
    expect(newId(['hanako-a-k3f9'], 'hanako-a', 'k3f9')).toBe('hanako-a-2-k3f9');
    expect(newId([], '花子', 'k3f9')).toBe('account-k3f9');
  });
});

describe('the account that is saved', () => {
  test('has the schema’s defaults', () => {
    expect(accountOf(typed({}))).toEqual(
      accountSchema.parse({
        id: 'new-k3f9',
        name: 'hanako@mail.kumiai.example',
        host: 'mail.kumiai.example',
        port: 995,
        user: 'hanako',
        secret: { kind: 'keyring' },
        drop: { kind: 'singledrop', to: ['hanako@kumiai.example'] },
      }),
    );
  });
  test('whose folders are shown needs nothing of delivery, and keeps what it had', () => {
    const shown = typed({ protocol: 'imap', source: false, to: '', minutes: '', multidrop: true, target: 'lmtp', socket: '' });
    expect(checkDraft(shown)).toEqual({});
    expect(accountOf(shown)).toMatchObject({
      source: false,
      drop: { kind: 'singledrop', to: ['hanako'] },
      target: { kind: 'maildir' },
      fetch: { interval: 180 },
    });
    const before = accountSchema.parse({ ...accountOf(shown), fetch: { timeout: 20 } });
    expect(accountOf(draftOf(before))).toEqual(before);
    expect(checkDraft({ ...shown, source: true })).toHaveProperty('minutes');
  });
  test('has what was chosen', () => {
    const saved = accountOf(
      typed({
        protocol: 'imap',
        security: 'starttls',
        secretKind: 'token',
        command: 'oauth token',
        multidrop: true,
        envelope: '',
        localDomains: 'a.example, b.example',
        names: 'boss = hanako@kumiai.example\nnonsense',
        retention: 'days',
        days: '14',
        minutes: '0.5',
        limited: true,
        megabytes: '1.5',
        target: 'lmtp',
        socket: '/run/lmtp',
        sending: true,
        fromAddress: 'hanako@kumiai.example',
        sendHost: 'smtp.kumiai.example',
        sendLogin: 'own',
        sendUser: 'sender',
      }),
    );
    expect(saved).toMatchObject({
      port: 143,
      auth: 'xoauth2',
      secret: { kind: 'command', command: 'oauth token' },
      drop: { kind: 'multidrop', envelope: null, localDomains: ['a.example', 'b.example'], names: { boss: 'hanako@kumiai.example' } },
      fetch: { retention: { kind: 'days', days: 14 }, interval: 30, sizeLimit: 1_500_000 },
      target: { kind: 'lmtp', socket: '/run/lmtp', port: 24 },
      sending: { host: 'smtp.kumiai.example', port: 587, user: 'sender', secret: { kind: 'keyring' }, anonymous: false },
      identities: [{ address: 'hanako@kumiai.example' }],
    });
  });
  test.each<[string, Partial<Draft>]>([
    ['plain', {}],
    ['multidrop', { multidrop: true, localDomains: 'a.example', names: 'a = b@c.example' }],
    ['relay', { target: 'smtp', targetHost: '127.0.0.1', targetPort: '2525' }],
    ['limits', { limited: true, megabytes: '52.4288', maxMessages: '10', maxMegabytes: '3', batchLimit: '5', timeout: '60', all: true }],
    ['sending', { sending: true, sendHost: 'smtp.a.example', sendSecurity: 'tls', sendPort: '2465', sendLogin: 'none' }],
    ['pinned', { pin: 'AA:BB', pinnedPem: 'PEM' }],
  ])('%s comes back as it was edited', (_, change) => {
    const saved = accountOf(typed(change));
    expect(accountOf(draftOf(saved))).toEqual(saved);
  });
  test('keeps what the dialog does not show', () => {
    const before = accountSchema.parse({
      ...accountOf(typed({ sending: true, sendHost: 'smtp.a.example', target: 'smtp' })),
      target: { kind: 'smtp', host: '127.0.0.1', port: 25, antispam: [571], batchLimit: 7 },
      identities: [
        { name: 'H', address: 'h@a.example', signature: '-- H' },
        { name: 'Two', address: 'two@a.example' },
      ],
    });
    expect(accountOf(draftOf(before))).toEqual(before);
  });
  test('a copy has an id of its own and no stored password', () => {
    const copy = copyOf(accountOf(typed({})), 'copy-1', 'Copy');
    expect(copy).toMatchObject({ id: 'copy-1', name: 'Copy', stored: false });
    expect(accountOf(copy).id).toBe('copy-1');
  });
  test('a password is only sent when one was typed', () => {
    expect(secretsOf(typed({ secret: '' })).secret).toBeNull();
    expect(secretsOf(typed({ secret: 'pw' })).secret).toBe('pw');
    expect(secretsOf(typed({ secret: 'pw', secretKind: 'command', command: 'x' })).secret).toBeNull();
    expect(secretsOf(typed({ sendSecret: 'pw', sending: false })).sendingSecret).toBeNull();
  });
  test('renamed recipients are lines of there = here', () => {
    expect(pairs('a = b@c.example\n\n x=y@z.example \nbroken')).toEqual([
      ['a', 'b@c.example'],
      ['x', 'y@z.example'],
    ]);
  });
});

describe('what is refused', () => {
  test('nothing, once server and user are there', () => {
    expect(checkDraft(typed({}))).toEqual({});
  });
  test.each<[Partial<Draft>, string]>([
    [{ host: '' }, 'host'],
    [{ host: 'two words' }, 'host'],
    [{ port: '0' }, 'port'],
    [{ port: '65536' }, 'port'],
    [{ port: 'x' }, 'port'],
    [{ user: '' }, 'user'],
    [{ secretKind: 'command', command: ' ' }, 'command'],
    [{ secretKind: 'token', command: '' }, 'command'],
    [{ minutes: '0' }, 'minutes'],
    [{ retention: 'days', days: '0' }, 'days'],
    [{ limited: true, megabytes: 'many' }, 'megabytes'],
    [{ maxMessages: '-1' }, 'maxMessages'],
    [{ timeout: '' }, 'timeout'],
    [{ target: 'smtp', targetHost: '' }, 'targetHost'],
    [{ target: 'imap' }, 'targetAccount'],
    [{ sending: true, sendHost: '' }, 'sendHost'],
    [{ sending: true, sendHost: 's', fromAddress: 'nobody' }, 'fromAddress'],
    [{ sending: true, sendHost: 's', sendLogin: 'own' }, 'sendUser'],
  ])('%j is wrong in %s', (change, field) => {
    expect(Object.keys(checkDraft(typed(change)))).toContain(field);
  });
});

describe('a test', () => {
  const plain = { security: 'tls', sending: false, sendSecurity: 'tls', sendLogin: 'same' } as const;
  test('of a TLS account goes through TLS and no STARTTLS', () => {
    expect(expectedSteps(plain)).toEqual(['dns', 'tcp', 'tls', 'greeting', 'capabilities', 'login', 'mailbox']);
  });
  test('of an account without security goes through neither', () => {
    expect(expectedSteps({ ...plain, security: 'none' })).toEqual(['dns', 'tcp', 'greeting', 'capabilities', 'login', 'mailbox']);
  });
  test('of sending comes after receiving', () => {
    const steps = expectedSteps({ ...plain, sending: true, sendSecurity: 'starttls', sendLogin: 'none' });
    expect(steps.slice(7)).toEqual(['smtp-dns', 'smtp-tcp', 'smtp-greeting', 'smtp-starttls']);
  });
  test('shows what is still to come after the last step, whatever was skipped', () => {
    const came = [{ step: 'tcp', ok: true, milliseconds: 1, detail: '', hint: null }] as const;
    expect(stepsToCome(['dns', 'tcp', 'tls', 'login'], came)).toEqual(['tls', 'login']);
    expect(stepsToCome(['dns', 'tcp'], [])).toEqual(['dns', 'tcp']);
  });
});

test('a fingerprint is four lines of eight octets', () => {
  const octets = Array.from({ length: 32 }, (_, index) => index.toString(16).padStart(2, '0'));
  const lines = fingerprintLines(octets.join(':'));
  expect(lines.map((line) => line.split(':').length)).toEqual([8, 8, 8, 8]);
  expect(lines.join(':')).toBe(octets.join(':'));
});
