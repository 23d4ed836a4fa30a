// Takes CSS out of HTML text before any parser sees it: parsing a style attribute or a <style> under our CSP is
// already a violation. Not a sanitiser: what this misses, DOMPurify removes and the CSP blocks.

export const heldStyle = 'data-held';

export interface Held {
  /** `style` attributes renamed to `data-held`, style elements gone. */
  readonly html: string;
  /** Texts of the style elements, in order. */
  readonly sheets: readonly string[];
}

/** Elements whose content is text up to their end tag; it is copied as it stands. */
const rawText = new Set(['script', 'textarea', 'title', 'xmp', 'iframe', 'noembed', 'noframes']);

export function holdStyles(html: string): Held {
  const sheets: string[] = [];
  let out = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    out += html.slice(at, open);
    const step = readMarkup(html, open);
    out += step.text;
    at = step.end;
    if (step.raw === null) continue;
    const close = endOf(html, step.raw, at);
    if (step.raw === 'style') sheets.push(html.slice(at, close));
    else out += html.slice(at, close);
    at = close;
  }
  return { html: out + html.slice(at), sheets };
}

interface Markup {
  readonly text: string;
  readonly end: number;
  /** An element has begun whose content is text. */
  readonly raw: string | null;
}

function readMarkup(html: string, open: number): Markup {
  if (html.startsWith('<!--', open)) return copyTo(html, open, endOfComment(html, open));
  if (/^<[!?]/.test(html.slice(open, open + 2))) return copyTo(html, open, after(html, '>', open));
  const [, slash = '', name = ''] = /^<(\/?)([a-zA-Z][^\s/>]*)/.exec(html.slice(open, open + 64)) ?? [];
  if (name === '') return copyTo(html, open, open + 1);
  const tag = name.toLowerCase();
  const { text, end } = readAttributes(html, open + 1 + slash.length + name.length);
  if (tag === 'style') return { text: '', end, raw: slash === '' ? 'style' : null };
  return { text: `<${slash}${name}${text}`, end, raw: slash === '' && rawText.has(tag) ? tag : null };
}

function copyTo(html: string, from: number, end: number): Markup {
  return { text: html.slice(from, end), end, raw: null };
}
function after(html: string, what: string, from: number): number {
  const found = html.indexOf(what, from);
  return found < 0 ? html.length : found + what.length;
}
/** `<!-->` and `<!--->` are whole comments. */
function endOfComment(html: string, open: number): number {
  const [short] = /^<!---?>/.exec(html.slice(open, open + 6)) ?? [];
  return short === undefined ? after(html, '-->', open + 4) : open + short.length;
}
function endOf(html: string, tag: string, from: number): number {
  const found = html.slice(from).search(new RegExp(`</${tag}[\\s/>]`, 'i'));
  return found < 0 ? html.length : from + found;
}

const attribute = /([\s/]*)([^\s/>=][^\s/>=]*)?(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?/y;

/** The rest of a start tag, with `style` renamed. */
function readAttributes(html: string, from: number): { text: string; end: number } {
  let text = '';
  let at = from;
  while (at < html.length && html[at] !== '>') {
    attribute.lastIndex = at;
    const [whole = '', space = '', name = '', value = ''] = attribute.exec(html) ?? [];
    if (whole === '') {
      text += html[at];
      at += 1;
      continue;
    }
    text += space + (name.toLowerCase() === 'style' ? heldStyle : name) + value;
    at += whole.length;
  }
  return { text: `${text}>`, end: Math.min(html.length, at + 1) };
}
