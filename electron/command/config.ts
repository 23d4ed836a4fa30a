// `todoku config get|set`: settings by dotted name. Accounts and routing have commands of their own, but can be read here.
import { MailError } from '../../shared/error.js';
import { settings as schema } from '../../shared/settings.js';
import type { CommandIo } from './io.js';
import { withOffice, withSettings } from './office.js';

type Tree = { [key: string]: unknown };

export async function getConfig(key: string | undefined, io: CommandIo): Promise<number> {
  return withSettings(io, async ({ settings }) => {
    const value = key === undefined ? settings.read() : lookUp(settings.read() as unknown as Tree, key);
    io.out(typeof value === 'string' && !io.json ? value : JSON.stringify(value, null, io.json ? undefined : 2));
    return 0;
  });
}

export async function setConfig(key: string, text: string, io: CommandIo): Promise<number> {
  return withOffice(io, async ({ settings }) => {
    const before = lookUp(settings.read() as unknown as Tree, key);
    const next = schema.safeParse(withValue(settings.read() as unknown as Tree, key.split('.'), asValue(text, before)));
    if (!next.success) {
      const [issue] = next.error.issues;
      throw new MailError('usage', `${key}: ${issue?.message ?? 'not a value for this setting'}`, false, {
        name: key,
        said: issue?.message,
      });
    }
    await settings.update(() => next.data);
    const now = lookUp(settings.read() as unknown as Tree, key);
    io.out(io.json ? JSON.stringify({ [key]: now }) : `${key} = ${typeof now === 'string' ? now : JSON.stringify(now)}`);
    return 0;
  });
}

function lookUp(tree: Tree, key: string): unknown {
  let value: unknown = tree;
  for (const part of key.split('.')) {
    if (typeof value !== 'object' || value === null || !Object.hasOwn(value, part))
      throw new MailError('usage', `there is no setting ${key}`, false, { name: key });
    value = (value as Tree)[part];
  }
  return value;
}

function withValue(tree: Tree, path: readonly string[], value: unknown): Tree {
  const [first = '', ...rest] = path;
  return { ...tree, [first]: rest.length === 0 ? value : withValue(tree[first] as Tree, rest, value) };
}

/** Text stays text where text stood; everything else is read as JSON. */
function asValue(text: string, before: unknown): unknown {
  if (typeof before === 'string') return text;
  try {
    return JSON.parse(text);
  } catch {
    return text;
  }
}
