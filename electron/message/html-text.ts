// Text out of HTML: for the index, the preview, and the pane when there is no plain part. One linear pass; it shows
// nothing and runs nothing, so it need not be exact, only fast and safe on any input.

const hidden = new Set(['script', 'style', 'head', 'title', 'template', 'noscript', 'svg', 'math', 'textarea', 'select']);
const breaks = new Set([
  'br',
  'p',
  'div',
  'tr',
  'li',
  'ul',
  'ol',
  'table',
  'blockquote',
  'pre',
  'hr',
  'h1',
  'h2',
  'h3',
  'h4',
  'h5',
  'h6',
  'section',
  'article',
  'header',
  'footer',
  'dt',
  'dd',
]);
const entities: Readonly<Record<string, string>> = {
  amp: '&',
  lt: '<',
  gt: '>',
  quot: '"',
  apos: "'",
  nbsp: ' ',
  copy: '©',
  reg: '®',
  trade: '™',
  hellip: '…',
  mdash: '—',
  ndash: '–',
  lsquo: '‘',
  rsquo: '’',
  ldquo: '“',
  rdquo: '”',
  laquo: '«',
  raquo: '»',
  bull: '•',
  middot: '·',
  yen: '¥',
  euro: '€',
  pound: '£',
  cent: '¢',
  sect: '§',
  times: '×',
  deg: '°',
  zwnj: '',
  zwj: '',
  shy: '',
  ensp: ' ',
  emsp: ' ',
  thinsp: ' ',
  auml: 'ä',
  ouml: 'ö',
  uuml: 'ü',
  Auml: 'Ä',
  Ouml: 'Ö',
  Uuml: 'Ü',
  szlig: 'ß',
  eacute: 'é',
  egrave: 'è',
  agrave: 'à',
  ccedil: 'ç',
  ntilde: 'ñ',
  oslash: 'ø',
  aring: 'å',
};

function entity(all: string, name: string): string {
  if (!name.startsWith('#')) return entities[name] ?? entities[name.toLowerCase()] ?? all;
  const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number.parseInt(name.slice(1), 10);
  return Number.isNaN(code) || code < 32 || code > 0x10ffff || (code >= 0xd800 && code < 0xe000) ? ' ' : String.fromCodePoint(code);
}

export function decodeEntities(text: string): string {
  return text.includes('&') ? text.replace(/&(#[xX]?[0-9a-fA-F]{1,8}|[A-Za-z]{2,8});?/g, entity) : text;
}

interface Tag {
  readonly name: string;
  readonly closing: boolean;
  /** Index after the tag. */
  readonly end: number;
}

/** The tag at `at` (a '<'), or null where the '<' is text. */
function tagAt(html: string, at: number): Tag | null {
  if (html.startsWith('<!--', at)) {
    const end = html.indexOf('-->', at + 4);
    return { name: '!', closing: false, end: end < 0 ? html.length : end + 3 };
  }
  const match = /^<(\/?)([A-Za-z][A-Za-z0-9]*|[!?])/.exec(html.slice(at, at + 40));
  if (match === null) return null;
  return { name: (match[2] ?? '').toLowerCase(), closing: match[1] === '/', end: tagEnd(html, at) };
}

/** After the '>' that ends the tag; '>' inside quotes does not, unless the quote never ends nearby. */
function tagEnd(html: string, at: number): number {
  let quote = '';
  const most = Math.min(html.length, at + 20_000);
  for (let index = at + 1; index < most; index += 1) {
    const character = html[index] ?? '';
    if (quote !== '') quote = character === quote ? '' : quote;
    else if (character === '"' || character === "'") quote = character;
    else if (character === '>') return index + 1;
  }
  const plain = html.indexOf('>', at);
  return plain < 0 ? html.length : plain + 1;
}

/** Where the content of a hidden element ends: after its own end tag. */
function afterHidden(html: string, lower: string, tag: Tag): number {
  const close = lower.indexOf(`</${tag.name}`, tag.end);
  return close < 0 ? html.length : tagEnd(html, close);
}

/** Lines of text, entities decoded, blanks folded. At most `most` characters. */
export function htmlToText(html: string, most: number): string {
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  while (at < html.length && text.length < most) {
    const open = html.indexOf('<', at);
    text += decodeEntities(html.slice(at, open < 0 ? html.length : open).replace(/\s+/g, ' '));
    if (open < 0) break;
    const tag = tagAt(html, open);
    if (tag === null) {
      text += '<';
      at = open + 1;
    } else {
      if (breaks.has(tag.name)) text += '\n';
      else if (tag.name === 'td' || tag.name === 'th') text += ' ';
      // A lower-cased copy may differ in length for a few letters; then nothing is skipped.
      at = hidden.has(tag.name) && !tag.closing && lower.length === html.length ? afterHidden(html, lower, tag) : tag.end;
    }
  }
  return tidy(text.slice(0, most));
}

function tidy(text: string): string {
  const lines = text.split('\n').map((line) => line.replace(/[ \t\u00a0]+/g, ' ').trim());
  return lines
    .filter((line, at) => line !== '' || (lines[at - 1] ?? '') !== '')
    .join('\n')
    .trim();
}
