// An in-memory Station with everything in it, so that every screen can be looked at without servers.
import type { EventName, Events, Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import type { ListQuery, MessagePage } from '../../shared/list-query.js';
import type { Envelope, MessageView } from '../../shared/message.js';
import { type Settings, settings as settingsSchema } from '../../shared/settings.js';
import type { AccountState } from '../../shared/station.js';
import { makeAccounts, makeHours, makeLog, makeScanner, makeSignatures, makeStatus } from './fake-accounts.js';
import { fakeCompose } from './fake-compose.js';
import { makeBounces, makeProblems, makeQuarantine, makeTrace, openQuarantine, routes } from './fake-delivery.js';
import { makeReport } from './fake-doctor.js';
import { type FakeMessage, makeMailboxes, makeMessages } from './fake-mail.js';
import { fakeScans } from './fake-scans.js';
import { fakeTest } from './fake-test.js';

export interface FakeOptions {
  /** No accounts, no mail. */
  readonly empty?: boolean;
  /** That many messages more in the inbox. */
  readonly many?: number;
  /** That many messages h0, h1, ... whose HTML the server of parts has. */
  readonly html?: number;
  readonly settings?: Partial<Settings>;
  readonly partsBase?: string;
}
type Emit = <Name extends EventName>(name: Name, event: Events[Name]) => void;

export interface Fake {
  readonly station: Station;
  /** Set by whoever serves it. */
  emit: Emit;
  readonly calls: { readonly name: string; readonly input: unknown }[];
}

export function fakeStation(options: FakeOptions = {}): Fake {
  let messages = options.empty === true ? [] : [...makeMessages(Date.now()), ...filler(options.many ?? 0), ...withHtml(options.html ?? 0)];
  let accounts: readonly AccountState[] = options.empty === true ? [] : makeAccounts();
  let problems = options.empty === true ? [] : makeProblems();
  let quarantine = options.empty === true ? [] : makeQuarantine();
  let routing = routes;
  let settings: Settings = { ...settingsSchema.parse({}), ...options.settings };
  const bounces = options.empty === true ? [] : makeBounces();
  const mailboxes = () => (options.empty === true ? [] : makeMailboxes(messages));
  const announce = (folder: string | null = null) => fake.emit('mailbox.changed', { folder });
  const find = (id: string): FakeMessage => {
    const found = messages.find(({ envelope }) => envelope.id === id);
    if (found === undefined) throw new MailError('not-found', 'this message is not here any more', false);
    return found;
  };
  const change = (ids: readonly string[], edit: (envelope: Envelope) => Envelope) => {
    messages = messages.map((message) => (ids.includes(message.envelope.id) ? { ...message, envelope: edit(message.envelope) } : message));
    announce();
  };
  const account = (id: string): AccountState => {
    const found = accounts.find((state) => state.account.id === id);
    if (found === undefined) throw new MailError('not-found', 'no such account', false);
    return found;
  };
  const putAccount = (next: AccountState): AccountState => {
    accounts = [...accounts.filter((state) => state.account.id !== next.account.id), next];
    fake.emit('account.changed', { id: next.account.id });
    return next;
  };
  const status = () =>
    makeStatus({
      unread: messages.filter(({ envelope }) => !envelope.flags.seen && !['junk', 'trash'].includes(envelope.folder)).length,
      quarantined: quarantine.length,
      problems: problems.length,
      bounces: bounces.filter(({ read }) => !read).length,
    });

  const station: Station = {
    'status.read': async () => (options.empty === true ? { ...status(), next: null, notices: [] } : status()),
    'settings.read': async () => settings,
    'settings.write': async (input) => {
      settings = { ...settings, ...input };
      fake.emit('settings.changed', {});
      return settings;
    },
    'account.list': async () => accounts,
    'account.save': async ({ account: saved }) =>
      putAccount({
        account: saved,
        secretKnown: true,
        state: 'waiting',
        step: null,
        last: null,
        next: null,
        failures: 0,
        deliveredToday: 0,
      }),
    'account.remove': async ({ id }) => {
      accounts = accounts.filter((state) => state.account.id !== id);
      fake.emit('account.changed', { id });
    },
    'account.pause': async ({ id, paused }) => putAccount({ ...account(id), state: paused ? 'paused' : 'waiting' }),
    'account.order': async ({ ids }) => {
      const place = (state: AccountState) => (ids.includes(state.account.id) ? ids.indexOf(state.account.id) : ids.length);
      accounts = [...accounts].sort((a, b) => place(a) - place(b));
      fake.emit('account.changed', { id: null });
    },
    'account.export': async () => ({ name: 'todoku-accounts.json', text: '{}\n' }),
    'account.test': ({ run, account: tested, secret }) => fakeTest((event) => fake.emit('account.test', event), run, tested, secret),
    'account.unlock': async ({ id }) => putAccount({ ...account(id), state: 'waiting', secretKnown: true }),
    'account.transcript': async ({ id }) => transcript(id),
    'fetch.now': async () => [],
    'fetch.stop': async () => {},
    'poll.pause': async () => status(),
    'mailbox.list': async () => mailboxes(),
    'folder.create': async () => mailboxes(),
    'folder.rename': async () => mailboxes(),
    'folder.remove': async () => mailboxes(),
    'folder.subscribe': async () => mailboxes(),
    'message.list': async (query) => listMessages(messages, query),
    'message.thread': async ({ thread }) =>
      messages
        .map(({ envelope }) => envelope)
        .filter((envelope) => envelope.thread === thread)
        .sort((a, b) => a.received.localeCompare(b.received)),
    'message.open': async ({ id }) => view(find(id), options.partsBase ?? '/part'),
    'message.flag': async ({ ids, flag, on }) => change(ids, (envelope) => ({ ...envelope, flags: { ...envelope.flags, [flag]: on } })),
    'message.move': async ({ ids, folder }) => {
      change(ids, (envelope) => ({ ...envelope, folder }));
      return ids;
    },
    'message.copy': async ({ ids }) => ids,
    'message.remove': async ({ ids }) => {
      messages = messages.filter(({ envelope }) => !ids.includes(envelope.id));
      announce();
    },
    'message.images': async ({ id, allow }) => {
      const sender = find(id).envelope.from[0]?.address.toLowerCase() ?? '';
      const others = (list: readonly string[]) => list.filter((one) => one !== sender);
      const { remoteAllowed, remoteRefused } = settings.reading;
      if (allow === 'once') return { allow };
      const reading = {
        ...settings.reading,
        remoteAllowed: [...others(remoteAllowed), ...(allow === 'sender' ? [sender] : [])],
        remoteRefused: [...others(remoteRefused), ...(allow === 'never' ? [sender] : [])],
      };
      settings = { ...settings, reading };
      fake.emit('settings.changed', {});
      return { allow };
    },
    'message.card': async () => null,
    'message.trace': async () => makeTrace(),
    'message.dkim': async () => ({
      signatures: [
        { domain: 'example.com', selector: 's1', algorithm: 'rsa-sha256', pass: true, reason: 'verified', aligned: true, detail: '' },
      ],
    }),
    'route.read': async () => routing,
    'route.write': async (input) => {
      routing = input;
      return routing;
    },
    'route.secret': async () => undefined,
    'route.rehearse': async ({ account }) => ({
      account: account.id,
      messages: 2,
      rows: [
        {
          ...{ uidl: 'u2', octets: 4_210, from: 'Marie <marie@seine.example>', subject: 'Les photos', drop: 'multi-drop' as const },
          ...{ by: 'X-Original-To: info@example.com', recipients: ['info@example.com'], refusals: [] },
          targets: [{ mailbox: 'info@example.com', path: '/mail/example.com/info' }],
        },
        {
          ...{ uidl: 'u1', octets: 900, from: 'x@spam.example', subject: '', drop: 'multi-drop' as const, targets: [] },
          ...{ by: 'X-Original-To: nobody@example.com', recipients: ['nobody@example.com'] },
          refusals: [
            {
              ...{ address: 'nobody@example.com', code: 550, status: '5.1.1' },
              text: '550 5.1.1 <nobody@example.com>: Recipient address rejected: User unknown in virtual mailbox table',
            },
          ],
        },
      ],
    }),
    'route.try': async ({ address }) => tryRoute(address),
    'bounce.list': async ({ days }) => bounces.filter(({ when }) => Date.parse(when) > Date.now() - days * 86_400_000),
    'bounce.read': async () => {},
    ...fakeCompose(
      (id) => ({ ...find(id).envelope, text: find(id).text }),
      options.empty === true,
      () => fake.emit('outbox.changed', {}),
    ),
    'problem.list': async () => problems,
    'problem.settle': async ({ id }) => {
      problems = problems.filter((problem) => problem.id !== id);
      fake.emit('problem.changed', {});
      return problems;
    },
    'quarantine.list': async () => quarantine,
    'quarantine.open': async ({ id }) => {
      const row = quarantine.find((one) => one.id === id);
      if (row === undefined) throw new MailError('not-found', 'not in the quarantine', false);
      return openQuarantine(row);
    },
    'quarantine.rescan': async () => quarantine,
    'quarantine.release': async ({ id }) => {
      quarantine = quarantine.filter((row) => row.id !== id);
      fake.emit('quarantine.changed', {});
      return { mailbox: 'ayumi@mori.example', message: 'm0' };
    },
    'quarantine.remove': async ({ ids }) => {
      quarantine = quarantine.filter((row) => !ids.includes(row.id));
      fake.emit('quarantine.changed', {});
    },
    'scanner.read': async () => makeScanner(),
    'scanner.test': async () => makeScanner(),
    'scanner.restart': async () => makeScanner(),
    'scanner.settings': async (scanner) => {
      settings = { ...settings, scanner };
      return makeScanner();
    },
    'signatures.read': async () => makeSignatures(),
    'signatures.update': async () => makeSignatures(),
    ...fakeScans(),
    'statistics.read': async ({ hours }) => makeHours(hours),
    'log.read': async () => makeLog(),
    'doctor.run': async () => makeReport(),
    'import.preview': async () => preview(accounts),
    'import.apply': async () => preview(accounts),
    'sample.start': async () => {},
  };
  const fake: Fake = { station, emit: () => {}, calls: [] };
  return fake;
}

function filler(count: number): FakeMessage[] {
  const [pattern] = makeMessages(Date.now());
  if (pattern === undefined) return [];
  return Array.from({ length: count }, (_, index) => {
    const received = new Date(Date.now() - (20 + index * 0.7) * 3_600_000).toISOString();
    const envelope = {
      ...pattern.envelope,
      id: `f${index}`,
      subject: `Message ${index + 1}`,
      received,
      date: received,
      thread: `f${index}`,
      attachments: 0,
    };
    return { ...pattern, envelope, attachments: [], html: null };
  });
}

function withHtml(count: number): FakeMessage[] {
  return filler(count).map((message, index) => ({
    ...message,
    html: '',
    envelope: { ...message.envelope, id: `h${index}`, thread: `h${index}`, subject: `Sample ${index}` },
  }));
}

const order: Readonly<Record<string, (a: Envelope, b: Envelope) => number>> = {
  from: (a, b) => (a.from[0]?.name ?? '').localeCompare(b.from[0]?.name ?? ''),
  subject: (a, b) => a.subject.localeCompare(b.subject),
  octets: (a, b) => a.octets - b.octets,
};

function listMessages(messages: readonly FakeMessage[], query: Required<ListQuery>): MessagePage {
  const words = query.search.normalize('NFKC').toLowerCase().split(/\s+/).filter(Boolean);
  const matches = (message: FakeMessage) => {
    const { envelope } = message;
    if (query.folder !== null && envelope.folder !== query.folder) return false;
    if (query.folder === null && ['trash', 'junk', 'drafts'].includes(envelope.folder) && query.search === '') return false;
    if (query.smart === 'unread' && envelope.flags.seen) return false;
    if (query.smart === 'flagged' && !envelope.flags.flagged) return false;
    if (query.smart === 'attachments' && envelope.attachments === 0) return false;
    if (query.smart === 'today' && Date.now() - Date.parse(envelope.received) > 86_400_000) return false;
    const text = `${envelope.subject} ${envelope.from.map((one) => `${one.name} ${one.address}`).join(' ')} ${message.text}`
      .normalize('NFKC')
      .toLowerCase();
    return words.every((word) => text.includes(word.replace(/^(from|subject|body):/, '')));
  };
  const found = messages.filter(matches).map(({ envelope }) => envelope);
  const filtered = found.filter(
    (envelope) =>
      query.filter === 'all' ||
      (query.filter === 'unread' && !envelope.flags.seen) ||
      (query.filter === 'flagged' && envelope.flags.flagged) ||
      (query.filter === 'attachments' && envelope.attachments > 0),
  );
  const compare = order[query.sort] ?? ((a: Envelope, b: Envelope) => a.received.localeCompare(b.received));
  const sorted = [...filtered].sort((a, b) => (query.descending ? -compare(a, b) : compare(a, b)));
  const rows = query.threads === 'flat' ? sorted : firstOfThreads(sorted);
  return {
    total: rows.length,
    unread: found.filter(({ flags }) => !flags.seen).length,
    rows: rows.slice(query.offset, query.offset + query.limit),
    highlight: words,
  };
}

function firstOfThreads(sorted: readonly Envelope[]): readonly Envelope[] {
  const threads = new Map<string, Envelope>();
  for (const envelope of sorted) {
    const known = threads.get(envelope.thread);
    threads.set(envelope.thread, known === undefined ? envelope : { ...known, threadCount: known.threadCount + 1 });
  }
  return [...threads.values()];
}

function view(message: FakeMessage, base: string): MessageView {
  const { envelope } = message;
  return {
    envelope,
    cc: message.cc,
    replyTo: [],
    headers: [{ name: 'Subject', value: envelope.subject, raw: `Subject: ${envelope.subject}` }],
    text: message.text,
    textFrom: 'text',
    hasHtml: message.html !== null,
    remoteImages: message.remoteImages,
    attachments: message.attachments,
    protection: null,
    verdict:
      envelope.verdict === 'suspicious'
        ? { kind: 'suspicious', class: 'phishing', signatures: ['Heuristics.Phishing.Email.SpoofedDomain'] }
        : envelope.verdict === 'not-scanned'
          ? { kind: 'not-scanned', reason: 'larger than the scanner takes' }
          : { kind: 'clean' },
    language: message.language,
    charset: 'utf-8',
    unparsable: null,
    partsUrl: `${base}/${envelope.id}`,
  };
}

function transcript(account: string) {
  const line = (side: 'client' | 'server' | 'station' | 'scanner' | 'deliver', text: string, index: number) => ({
    account,
    time: new Date(Date.now() - 60_000 + index * 120).toISOString(),
    side,
    text,
  });
  return [
    line('station', 'connecting to pop.kaze-net.example:995', 0),
    line('server', '+OK Dovecot ready.', 1),
    line('client', 'CAPA', 2),
    line('server', '+OK (TOP UIDL PIPELINING SASL PLAIN)', 3),
    line('client', 'USER ayumi', 4),
    line('server', '+OK', 5),
    line('client', 'PASS ••••••', 6),
    line('server', '+OK Logged in.', 7),
    line('client', 'RETR 12', 8),
    line('server', '+OK 31020 octets', 9),
    line('scanner', 'UID12-4F1c: clean, 6 ms', 10),
    line('deliver', 'mori.example/ayumi/new/1764.M1P2.mori', 11),
  ];
}

function tryRoute(address: string) {
  if (!address.includes('@')) {
    return {
      address,
      steps: [{ kind: 'start' as const, key: address, result: [`${address}@localhost`], note: 'a bare name gets the local domain' }],
      targets: [],
      refusal: { code: 550, status: '5.1.1', text: `<${address}>: Recipient address rejected: User unknown in virtual mailbox table` },
    };
  }
  return {
    address,
    steps: [
      { kind: 'alias' as const, key: address, result: [], note: 'no alias' },
      { kind: 'mailbox' as const, key: address, result: ['mori.example/ayumi/'], note: 'found' },
    ],
    targets: [{ mailbox: address, path: 'mori.example/ayumi/' }],
    refusal: null,
  };
}

function preview(accounts: readonly AccountState[]) {
  return {
    accounts: accounts.map((state) => state.account),
    routing: { domains: ['kumiai.example'], mailboxes: 2, aliases: 1 },
    taken: ['line 3: poll pop.kaze-net.example protocol pop3', 'line 4: user ayumi is ayumi here'],
    notTaken: [{ line: 9, text: 'mda "/usr/bin/procmail -d %T"', why: 'delivery by a program is not done; mail goes to a Maildir' }],
  };
}
