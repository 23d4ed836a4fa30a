// XML and property lists, read without following anything they point to.
import { XMLParser } from 'fast-xml-parser';
import { MailError } from '../../shared/error.js';

export type Node = { readonly [name: string]: unknown };
/** Octets; a configuration is a few thousand. */
const longest = 2_000_000;

/** Ordered: each node is {tag: children, ':@': attributes}. Throws MailError `usage`. */
export function readXml(text: string): readonly Node[] {
  if (text.length > longest) throw new MailError('usage', 'the file is too long for a configuration', false);
  try {
    return new XMLParser({
      preserveOrder: true,
      ignoreAttributes: false,
      attributeNamePrefix: '',
      parseTagValue: false,
      trimValues: true,
    }).parse(text, true) as Node[];
  } catch (cause) {
    throw new MailError('usage', `this is not XML: ${(cause as Error).message}`, false, { cause });
  }
}

export function children(nodes: readonly Node[], tag: string): readonly { readonly inner: readonly Node[]; readonly attributes: Node }[] {
  return nodes.flatMap((node) =>
    Object.hasOwn(node, tag) ? [{ inner: node[tag] as Node[], attributes: (node[':@'] ?? {}) as Node }] : [],
  );
}

export function textOf(nodes: readonly Node[]): string {
  return nodes
    .map((node) => (typeof node['#text'] === 'string' ? node['#text'] : ''))
    .join('')
    .trim();
}

export type Plist = string | boolean | readonly Plist[] | { readonly [key: string]: Plist };

/** The value of a property list; a signed .mobileconfig has it in clear within its envelope. */
export function readPlist(bytes: string): Plist {
  const start = bytes.indexOf('<?xml');
  const end = bytes.lastIndexOf('</plist>');
  if (start < 0 || end < start) throw new MailError('usage', 'there is no property list in this file; it may be encrypted', false);
  const [plist] = children(readXml(bytes.slice(start, end + 8)), 'plist');
  const [first] = plist?.inner ?? [];
  return first === undefined ? {} : plistValue(first);
}

function plistValue(node: Node): Plist {
  const [tag = ''] = Object.keys(node).filter((name) => name !== ':@');
  const inner = node[tag] as readonly Node[];
  if (tag === 'true' || tag === 'false') return tag === 'true';
  if (tag === 'array') return inner.map(plistValue);
  if (tag !== 'dict') return textOf(inner);
  const pairs: [string, Plist][] = [];
  for (let index = 0; index + 1 < inner.length; index += 2) {
    const [key, value] = [inner[index] as Node, inner[index + 1] as Node];
    pairs.push([textOf((key.key ?? []) as readonly Node[]), plistValue(value)]);
  }
  return Object.fromEntries(pairs);
}
