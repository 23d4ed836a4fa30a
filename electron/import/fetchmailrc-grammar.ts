// The sentences of a fetchmailrc: `set` lines, and entries of server options followed by users with theirs.
import { MailError } from '../../shared/error.js';
import { type GlobalName, globalShapes, type OptionName, type Shape, serverShapes, userShapes } from './fetchmailrc-options.js';
import { type Token, tokens } from './fetchmailrc-tokens.js';

export interface Option<Name extends string = OptionName> {
  readonly name: Name;
  /** False after `no`. */
  readonly on: boolean;
  readonly values: readonly string[];
  readonly line: number;
}
/** `is there=here`; a plain name is both. */
export interface LocalName {
  readonly there: string;
  readonly here: string;
}
export interface RcUser {
  readonly remote: string | null;
  readonly local: readonly LocalName[];
  /** `*` in the list: names that are not in it pass as they are. */
  readonly wildcard: boolean;
  readonly options: readonly Option[];
  readonly line: number;
}
export interface RcEntry {
  readonly kind: 'poll' | 'skip' | 'defaults';
  readonly name: string;
  readonly server: readonly Option[];
  readonly users: readonly RcUser[];
  readonly line: number;
}
export interface Rc {
  readonly globals: readonly Option<GlobalName>[];
  readonly entries: readonly RcEntry[];
}

class Reader {
  private position = 0;
  constructor(private readonly all: readonly Token[]) {}

  peek(ahead = 0): Token {
    return this.all[Math.min(this.position + ahead, this.all.length - 1)] as Token;
  }
  next(): Token {
    const token = this.peek();
    this.position += 1;
    return token;
  }
  is(kind: Token['kind'], text?: string): boolean {
    const token = this.peek();
    return token.kind === kind && (text === undefined || token.text === text);
  }
  take(kind: Token['kind'], text?: string): boolean {
    const found = this.is(kind, text);
    if (found) this.position += 1;
    return found;
  }
  expect(kind: Token['kind'], wanted: string): string {
    const token = this.next();
    if (token.kind !== kind) fail(token, `${wanted} expected, found`);
    return token.text;
  }
}

function fail(token: Token, what: string): never {
  const shown = token.kind === 'end' ? token.text : JSON.stringify(token.text.slice(0, 60));
  throw new MailError('usage', `line ${token.line}, column ${token.column}: ${what} ${shown}`, false);
}

function own<Name extends string>(shapes: Readonly<Record<Name, Shape>>, name: string): Name | null {
  return Object.hasOwn(shapes, name) ? (name as Name) : null;
}

/** The option that stands next, with or without `no`; null when something else does. */
function upcoming<Name extends string>(reader: Reader, shapes: Readonly<Record<Name, Shape>>): Name | null {
  const token = reader.is('word', 'no') ? reader.peek(1) : reader.peek();
  return token.kind === 'word' ? own(shapes, token.text) : null;
}

function all(reader: Reader, kind: 'string' | 'number', wanted: string): readonly string[] {
  const values = [reader.expect(kind, wanted)];
  while (reader.is(kind)) values.push(reader.next().text);
  return values;
}

function values(reader: Reader, shape: Shape): readonly string[] {
  switch (shape) {
    case 'flag':
    case 'on':
      return [];
    case 'string':
      return [reader.expect('string', 'a string')];
    case 'number':
      return [reader.expect('number', 'a number')];
    case 'strings':
      return all(reader, 'string', 'a name');
    case 'numbers':
      return all(reader, 'number', 'a number');
    case 'port':
      return [reader.is('number') ? reader.next().text : reader.expect('string', 'a service name or a port')];
    case 'protocol':
      return [reader.expect('protocol', 'a protocol')];
    case 'authentication':
      return [reader.expect('authentication', 'a way to log in')];
    case 'envelope': {
      const skip = reader.is('number') ? reader.next().text : '0';
      return [skip, reader.expect('string', 'a header name')];
    }
    case 'header':
      if (!reader.is('word', 'accept') && !reader.is('word', 'reject')) fail(reader.peek(), 'accept or reject expected, found');
      return [reader.next().text];
  }
}

function option<Name extends string>(reader: Reader, name: Name, shape: Shape): Option<Name> {
  const { line } = reader.peek();
  const off = reader.take('word', 'no');
  if (off && shape !== 'flag' && shape !== 'envelope') fail(reader.peek(), '`no` does not go with');
  reader.next();
  return { name, on: !off, values: off ? [] : values(reader, shape), line };
}

function global(reader: Reader): Option<GlobalName> {
  const name = upcoming(reader, globalShapes);
  if (name === null) fail(reader.peek(), 'a global option expected after `set`, found');
  const [{ line }, off] = [reader.peek(), reader.take('word', 'no')];
  if (off && globalShapes[name] !== 'flag') fail(reader.peek(), '`no` does not go with');
  reader.next();
  if (globalShapes[name] !== 'flag') reader.take('=');
  return { name, on: !off, values: values(reader, globalShapes[name]), line };
}

/** After `user`, `is` or `to`: one name of there, or a list of names and mappings of here. */
function names(reader: Reader, user: MutableUser, verb: 'user' | 'is' | 'to'): void {
  const list: LocalName[] = [];
  const start = reader.peek();
  let [count, mapped, wildcard] = [0, false, false];
  do {
    count += 1;
    const there = reader.expect('string', 'a name');
    const maps = reader.take('=');
    mapped ||= maps;
    if (!maps && there === '*') wildcard = true;
    else list.push({ there, here: maps ? reader.expect('string', 'a local name') : there });
  } while (reader.is('string'));
  const single = count === 1 && !mapped;
  const here = reader.take('word', 'here');
  if (!here && single && (verb === 'user' || (verb === 'is' && reader.is('word', 'there')))) {
    reader.take('word', 'there');
    user.remote = start.text;
    return;
  }
  if (!here && verb === 'user') fail(start, '`here` expected after the names that begin with');
  user.wildcard ||= wildcard;
  user.local.push(...list);
}

interface MutableUser {
  remote: string | null;
  local: LocalName[];
  wildcard: boolean;
  options: Option[];
  line: number;
}

function userOptions(reader: Reader, user: MutableUser): void {
  for (;;) {
    const name = upcoming(reader, userShapes);
    if (name !== null) user.options.push(option(reader, name, userShapes[name]));
    else if (reader.take('word', 'is')) names(reader, user, 'is');
    else if (reader.take('word', 'to')) names(reader, user, 'to');
    else return;
  }
}

function users(reader: Reader): readonly RcUser[] {
  const found: RcUser[] = [];
  const blank = (): MutableUser => ({ remote: null, local: [], wildcard: false, options: [], line: reader.peek().line });
  if (!reader.is('word', 'user')) {
    const user = blank();
    userOptions(reader, user);
    return user.options.length === 0 && user.local.length === 0 && user.remote === null && !user.wildcard ? [] : [user];
  }
  while (reader.is('word', 'user')) {
    const user = blank();
    reader.next();
    names(reader, user, 'user');
    userOptions(reader, user);
    found.push(user);
  }
  return found;
}

function entry(reader: Reader): RcEntry {
  const head = reader.next();
  const kind = head.text as RcEntry['kind'];
  const name = kind === 'defaults' ? 'defaults' : reader.expect('string', 'a server name');
  const server: Option[] = [];
  for (let next = upcoming(reader, serverShapes); next !== null; next = upcoming(reader, serverShapes))
    server.push(option(reader, next, serverShapes[next]));
  const found = users(reader);
  if (upcoming(reader, serverShapes) !== null) fail(reader.peek(), 'server option after user options:');
  return { kind, name, server, users: found, line: head.line };
}

/** The whole file. Throws MailError `usage` with line and column of the first word that does not fit. */
export function parseFetchmailrc(text: string): Rc {
  const reader = new Reader(tokens(text));
  const globals: Option<GlobalName>[] = [];
  const entries: RcEntry[] = [];
  while (!reader.is('end')) {
    const token = reader.peek();
    if (reader.take('word', 'set')) globals.push(global(reader));
    else if (token.kind === 'word' && ['poll', 'skip', 'defaults'].includes(token.text)) {
      if (token.text === 'defaults' && entries.length > 0) fail(token, '`defaults` must stand once, before all other entries:');
      entries.push(entry(reader));
    } else fail(token, 'syntax error at');
  }
  return { globals, entries };
}
