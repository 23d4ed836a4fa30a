// Postfix's text: main.cf with its continuation lines and $names, and look-up tables as postmap reads them.

export interface Entry {
  readonly key: string;
  readonly value: string;
  readonly line: number;
}

export interface Line {
  readonly text: string;
  readonly line: number;
}

/** postconf(5), postmap(1): a line that begins with a blank goes on; comments and empty lines are skipped, also in between. */
export function logicalLines(text: string): readonly Line[] {
  const found: { text: string; line: number }[] = [];
  for (const [index, line] of text
    .replace(/^\uFEFF/, '')
    .split(/\r?\n/)
    .entries()) {
    if (/^\s*(#|$)/.test(line)) continue;
    const last = found.at(-1);
    if (/^\s/.test(line) && last !== undefined) last.text += ` ${line.trim()}`;
    else found.push({ text: line.trim(), line: index + 1 });
  }
  return found;
}

/** `key value`; a key in quotes may hold blanks. `odd`: told of each line that is none. */
export function readTable(text: string, odd: (line: Line) => void = () => undefined): readonly Entry[] {
  return logicalLines(text).flatMap((whole) => {
    const found = /^(?:"([^"]*)"|(\S+))\s+(.+)$/.exec(whole.text);
    const key = found?.[1] ?? found?.[2];
    if (key !== undefined && found?.[3] !== undefined) return [{ key, value: found[3].trim(), line: whole.line }];
    odd(whole);
    return [];
  });
}

/** inline:{ key=value, { key = value with blanks } } (postconf(1)). */
export function readInline(text: string): readonly Entry[] {
  const inner = text.replace(/^\s*\{/, '').replace(/\}\s*$/, '');
  return [...inner.matchAll(/\{\s*([^={}]+?)\s*=\s*([^{}]*?)\s*\}|([^\s,={}]+)=([^\s,{}]*)/g)].flatMap((found) => {
    const [key, value] = [found[1] ?? found[3], found[2] ?? found[4]];
    return key === undefined || value === undefined ? [] : [{ key, value, line: 1 }];
  });
}

export interface Parameter {
  readonly value: string;
  readonly line: number;
}
/** Octets of one value; names may double each other's length without end. */
const longest = 100_000;

/** main.cf or `postconf -n`: the last setting wins; $name is replaced where it is asked for. */
export class MainCf {
  readonly parameters = new Map<string, Parameter>();
  /** Lines that set nothing. */
  readonly odd: Line[] = [];
  /** Each name once; while a name is being replaced it stands for nothing, so that names that name each other come to an end. */
  private readonly known = new Map<string, string>();

  constructor(
    text: string,
    private readonly defaults: Readonly<Record<string, string>>,
  ) {
    for (const { text: whole, line } of logicalLines(text)) {
      const found = /^([A-Za-z0-9_]+)\s*=\s*(.*)$/s.exec(whole);
      if (found?.[1] !== undefined) this.parameters.set(found[1], { value: found[2] ?? '', line });
      else this.odd.push({ text: whole, line });
    }
  }

  line(name: string): number | null {
    return this.parameters.get(name)?.line ?? null;
  }

  /** With every $name replaced; '' where nothing is known. */
  value(name: string): string {
    const before = this.known.get(name);
    if (before !== undefined) return before;
    this.known.set(name, '');
    const value = this.replaced(this.parameters.get(name)?.value ?? this.defaults[name] ?? '').slice(0, longest);
    this.known.set(name, value);
    return value;
  }

  private replaced(text: string): string {
    return text.replaceAll(
      /\$(?:\{([^{}]*(?:\{[^{}]*\}[^{}]*)*)\}|\(([^()]*)\)|([A-Za-z0-9_]+)|(\$))/g,
      (_, braces?: string, round?: string, plain?: string, dollar?: string) =>
        dollar === undefined ? this.named(braces ?? round ?? plain ?? '') : '$',
    );
  }

  /** name, name?if-set, name:if-not, name?{if-set}:{if-not}. */
  private named(expression: string): string {
    const found = /^\s*([A-Za-z0-9_]+)\s*(?:\?\s*(\{[^{}]*\}|[^:]*))?(?::\s*(.*))?$/s.exec(expression);
    if (found?.[1] === undefined) return '';
    const value = this.value(found[1]);
    const bare = (part: string | undefined): string => this.replaced((part ?? '').replace(/^\{(.*)\}$/s, '$1').trim());
    if (found[2] === undefined) return value === '' ? bare(found[3]) : value;
    return value === '' ? bare(found[3]) : bare(found[2]);
  }
}

/** A list of names and tables: blanks or commas between, but not within braces. */
export function listOf(text: string): readonly string[] {
  return (text.match(/(?:[^\s,{}]|\{(?:[^{}]|\{[^{}]*\})*\})+/g) ?? []).filter((one) => one !== '');
}
