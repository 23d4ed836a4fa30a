// Postfix's virtual domains -> routing: mailboxes where their Maildirs lie, aliases, limits. Pure but for the files it
// asks for: the sources of the maps that main.cf names.
import { isAbsolute, join } from 'node:path';
import { type Routing, routing, type VirtualAlias, type VirtualMailbox } from '../../shared/settings.js';
import type { ImportFiles } from './files.js';
import type { Imported, NotTaken } from './imported.js';
import { type Entry, listOf, MainCf, readInline, readTable } from './postfix-table.js';

/** postconf -d, as far as it matters here. */
const defaults: Readonly<Record<string, string>> = {
  config_directory: '/etc/postfix',
  mydomain: 'localdomain',
  myhostname: 'localhost',
  myorigin: '$myhostname',
  mydestination: '$myhostname, localhost.$mydomain, localhost',
  virtual_alias_maps: '$virtual_maps',
  virtual_mailbox_domains: '$virtual_mailbox_maps',
  virtual_alias_domains: '$virtual_alias_maps',
  message_size_limit: '10240000',
  virtual_mailbox_limit: '51200000',
  hopcount_limit: '50',
};
/** Text files beside the built ones; `proxy:` stands before any of them. */
const textual = new Set(['hash', 'btree', 'lmdb', 'cdb', 'dbm', 'sdbm', 'texthash']);
const taken = new Set([
  ...[
    'virtual_mailbox_domains',
    'virtual_mailbox_base',
    'virtual_mailbox_maps',
    'virtual_alias_maps',
    'virtual_alias_domains',
    'virtual_maps',
  ],
  ...['message_size_limit', 'virtual_mailbox_limit', 'mailbox_size_limit', 'recipient_delimiter', 'hopcount_limit', 'myorigin'],
  ...['mydomain', 'myhostname', 'mydestination', 'config_directory'],
]);
const reasons: Readonly<Record<string, string>> = {
  virtual_uid_maps: 'mail is written as the user who runs the station; that user must own the Maildirs',
  virtual_gid_maps: 'mail is written as the user who runs the station; that user must own the Maildirs',
  virtual_minimum_uid: 'mail is written as the user who runs the station',
  virtual_transport: 'the station delivers itself; for a relay, set the account’s target',
  alias_maps: 'local aliases belong to the system’s users; add those you want as aliases here',
  canonical_maps: 'addresses in mail are never rewritten',
  recipient_canonical_maps: 'addresses in mail are never rewritten',
  relocated_maps: 'there is no such list; unknown users are refused',
  transport_maps: 'the station delivers itself; for a relay, set the account’s target',
  relay_domains: 'the station does not relay for others',
};

export function importPostfix(text: string, files: ImportFiles): Imported {
  const main = new MainCf(text, defaults);
  const reading = new Reading(main, files);
  // The maps before the domains, which may be named by them: what is wrong with a map is said at its own line.
  const [mailboxes, aliases] = [reading.mailboxes(), reading.aliases()];
  const found: Partial<Routing> = { domains: reading.domains(), mailboxes, aliases, ...reading.limits() };
  return { accounts: [], routing: found, secrets: {}, taken: reading.taken, notTaken: [...reading.notTaken, ...others(main)] };
}

class Reading {
  readonly taken: string[] = [];
  readonly notTaken: NotTaken[] = [];
  private readonly base: string;
  private readonly inPlace: boolean;

  constructor(
    private readonly main: MainCf,
    private readonly files: ImportFiles,
  ) {
    this.base = main.value('virtual_mailbox_base');
    this.inPlace = this.base !== '' && files.isFolder(this.base);
    if (this.base !== '')
      this.take(
        'virtual_mailbox_base',
        this.inPlace
          ? `Maildirs below ${this.base} are used where they are`
          : `${this.base} is not on this machine; the same folders are made below the mail folder`,
      );
  }

  domains(): string[] {
    const names = ['virtual_mailbox_domains', 'virtual_alias_domains'].flatMap((name) => this.domainList(name));
    return [...new Set(names.map((domain) => domain.toLowerCase()))];
  }

  mailboxes(): VirtualMailbox[] {
    const boxes = this.entries('virtual_mailbox_maps').flatMap((entry): VirtualMailbox[] => {
      if (!entry.key.includes('@')) return [];
      if (entry.value.endsWith('/')) return [{ address: entry.key, path: this.path(entry.value), limit: null }];
      this.refuse(entry.line, `${entry.key} ${entry.value}`, 'it is an mbox file; only Maildirs (a path that ends in /) are delivered to');
      return [];
    });
    this.take('virtual_mailbox_maps', `${boxes.length} mailboxes`);
    return once(boxes, ({ address }) => address);
  }

  aliases(): VirtualAlias[] {
    const all = this.entries('virtual_alias_maps').flatMap((entry): VirtualAlias[] => {
      // A bare domain declares a virtual alias domain (virtual(5)); it is no alias.
      if (!entry.key.includes('@') && entry.key.includes('.')) return [];
      return [{ from: entry.key, to: [...listOf(entry.value)] }];
    });
    for (const { from } of all.filter((alias) => alias.from.startsWith('@') && !alias.to.every((to) => to.startsWith('@'))))
      this.taken.push(
        `${from}: a catch-all also takes mail for the mailboxes of its domain, as in Postfix, unless they have an entry of their own`,
      );
    this.take('virtual_alias_maps', `${all.length} aliases`);
    return once(all, ({ from }) => from);
  }

  limits(): Partial<Routing> {
    const delimiter = this.main.value('recipient_delimiter');
    if (delimiter.length > 1)
      this.refuse(
        this.main.line('recipient_delimiter'),
        `recipient_delimiter = ${delimiter}`,
        `one character is used: ${delimiter.charAt(0)}`,
      );
    const box =
      this.main.parameters.has('virtual_mailbox_limit') || !this.main.parameters.has('mailbox_size_limit')
        ? 'virtual_mailbox_limit'
        : 'mailbox_size_limit';
    const local = this.main.value('myorigin').toLowerCase();
    for (const name of ['message_size_limit', box])
      this.take(name, `${this.number(name)} octets${this.main.parameters.has(name) ? '' : ' (Postfix’s default)'}`);
    return {
      messageSizeLimit: this.number('message_size_limit'),
      mailboxSizeLimit: this.number(box),
      hopLimit: Math.max(1, this.number('hopcount_limit')),
      recipientDelimiter: delimiter.charAt(0),
      localDomain: /^[^\s/]{1,255}$/.test(local) ? local : routing.parse({}).localDomain,
    };
  }

  /** What is no number is as if it were not there: 0 would take the limit away. */
  private number(name: string): number {
    const text = this.main.value(name).trim();
    if (/^\d{1,15}$/.test(text)) return Number(text);
    this.refuse(this.main.line(name), `${name} = ${text}`, 'it is not a number; Postfix’s default is used');
    return Number(defaults[name] ?? defaults.virtual_mailbox_limit);
  }

  private path(value: string): string {
    if (this.inPlace) return join(this.base, value);
    const inside = value
      .replace(/^\/+/, '')
      .split('/')
      .filter((part) => part !== '..' && part !== '.');
    return this.base === '' && isAbsolute(value) ? value : inside.join('/');
  }

  private domainList(name: string): readonly string[] {
    const domains = listOf(this.main.value(name)).flatMap((word) => {
      if (word.startsWith('/')) return this.main.parameters.has(name) ? this.fileList(name, word) : [];
      if (/^[a-z]+:/.test(word)) return this.table(name, word).flatMap(({ key }) => (key.includes('@') || key === '*' ? [] : [key]));
      return [word];
    });
    const proper = domains.filter((domain) => domain.includes('.') || this.main.parameters.has(name));
    if (this.main.parameters.has(name)) this.take(name, proper.join(', '));
    return proper;
  }

  private fileList(name: string, path: string): readonly string[] {
    const text = this.files.read(path);
    if (text === null) this.refuse(this.main.line(name), path, 'the file could not be read');
    return (text ?? '')
      .split('\n')
      .map((line) => line.replace(/#.*/, '').trim())
      .filter((line) => line !== '');
  }

  private entries(name: string): readonly Entry[] {
    return listOf(this.main.value(name)).flatMap((word) => this.table(name, word));
  }

  private table(name: string, word: string): readonly Entry[] {
    const [, type = '', rest = ''] = /^(?:proxy:)?([a-z]+):(.*)$/s.exec(word) ?? [];
    if (type === 'inline') return readInline(rest);
    const line = this.main.line(name);
    const text = textual.has(type) ? this.files.read(rest) : null;
    const why = textual.has(type)
      ? `its source ${rest} could not be read`
      : `a table of type ${type || word} cannot be read here; export it as text`;
    if (text === null && !this.notTaken.some((one) => one.text === word)) this.refuse(line, word, why);
    return text === null
      ? []
      : readTable(text, (odd) => this.refuse(odd.line, odd.text, `a line of ${rest} is no entry: KEY VALUE is wanted`));
  }

  private take(name: string, text: string): void {
    const line = this.main.line(name);
    if (line !== null || text.includes('default')) this.taken.push(`${line === null ? '' : `line ${line}: `}${name}: ${text}`);
  }

  private refuse(line: number | null, text: string, why: string): void {
    // A map is read twice where it names the domains, too.
    if (!this.notTaken.some((one) => one.text === text && one.why === why && (line === null || one.line === line)))
      this.notTaken.push({ line, text, why });
  }
}

/** As in Postfix the first table that has a key wins. */
function once<One>(all: readonly One[], key: (one: One) => string): One[] {
  const seen = new Set<string>();
  return all.filter((one) => !seen.has(key(one).toLowerCase()) && seen.add(key(one).toLowerCase()));
}

function others(main: MainCf): readonly NotTaken[] {
  const odd = main.odd.map(
    ({ line, text }): NotTaken => ({ line, text: text.slice(0, 100), why: 'it is no setting: NAME = VALUE is wanted' }),
  );
  const settings = [...main.parameters].flatMap(([name, { value, line }]): NotTaken[] =>
    taken.has(name) ? [] : [{ line, text: `${name} = ${value.slice(0, 100)}`, why: reasons[name] ?? 'it has no counterpart here' }],
  );
  return [...odd, ...settings];
}
