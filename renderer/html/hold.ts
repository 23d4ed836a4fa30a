// Takes out of HTML text what may not even be parsed: under our CSP a style attribute, a <style> or an event attribute
// is a violation as soon as a parser sees it. Not a sanitiser: what this misses, DOMPurify removes and the CSP blocks.

export const heldStyle = 'data-held';

export interface Held {
  /** `style` attributes renamed to `data-held`; event attributes, comments, style and script elements gone. */
  readonly html: string;
  /** Texts of the style elements, in order. */
  readonly sheets: readonly string[];
}

/** Elements whose content is text up to their end tag, and is not shown. */
const unseen = new Set(['style', 'script', 'title', 'iframe', 'noembed', 'noframes']);
/** The same, but shown: their content is escaped, wherever they stand. */
const shown = new Set(['textarea', 'xmp']);
/** Tags that would take the body's place, or speak for the whole page. */
const dropped = new Set(['frameset', 'frame', 'base', 'meta', 'link']);

export function holdStyles(html: string): Held {
  const sheets: string[] = [];
  let out = '';
  let at = 0;
  for (let open = html.indexOf('<'); open >= 0; open = html.indexOf('<', at)) {
    out += html.slice(at, open);
    const { text, end, raw } = readMarkup(html, open);
    out += text;
    at = end;
    if (raw === null) continue;
    const close = endOf(html, raw, at);
    const content = html.slice(at, close);
    if (raw === 'style') sheets.push(content);
    else if (shown.has(raw)) out += content.replaceAll('<', '&lt;');
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
  if (html.startsWith('<!--', open)) return { text: '', end: endOfComment(html, open), raw: null };
  if (/^<[!?]/.test(html.slice(open, open + 2))) return { text: '', end: after(html, '>', open), raw: null };
  const [, slash = '', name = ''] = /^<(\/?)([a-zA-Z][^\s/>]*)/.exec(html.slice(open, open + 64)) ?? [];
  if (name === '') return { text: '<', end: open + 1, raw: null };
  const tag = name.toLowerCase();
  const { text, end } = readAttributes(html, open + 1 + slash.length + name.length);
  const raw = slash === '' && (unseen.has(tag) || shown.has(tag)) ? tag : null;
  return { text: unseen.has(tag) || dropped.has(tag) ? '' : `<${slash}${name}${text}`, end, raw };
}

function after(html: string, what: string, from: number): number {
  const found = html.indexOf(what, from);
  return found < 0 ? html.length : found + what.length;
}
/** `<!-->` and `<!--->` are whole comments, and `--!>` ends one too. */
function endOfComment(html: string, open: number): number {
  const [short] = /^<!---?>/.exec(html.slice(open, open + 6)) ?? [];
  if (short !== undefined) return open + short.length;
  const ends = [after(html, '-->', open + 4), after(html, '--!>', open + 4)];
  return Math.min(...ends);
}
function endOf(html: string, tag: string, from: number): number {
  const pattern = new RegExp(`</${tag}[\\s/>]`, 'gi');
  pattern.lastIndex = from;
  return pattern.exec(html)?.index ?? html.length;
}

const attribute = /([\s/]*)([^\s/>=][^\s/>=]*)?(\s*=\s*(?:"[^"]*"|'[^']*'|[^\s>"'][^\s>]*)?)?/y;

/** The rest of a tag, with `style` renamed and event attributes gone. */
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
    if (!/^on/i.test(name)) text += space + (name.toLowerCase() === 'style' ? heldStyle : name) + value;
    at += whole.length;
  }
  return { text: `${text}>`, end: Math.min(html.length, at + 1) };
}
