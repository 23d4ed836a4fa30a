// The words of an HTML part, a block a line. Not a sanitiser: nothing it returns is shown as HTML.

const blocks = /^(?:br|p|div|tr|li|h[1-6]|table|ul|ol|pre|blockquote|hr|title)$/;
const names: Readonly<Record<string, string>> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'", nbsp: ' ' };

/** Linear: one pass, each `<` looked at once. */
export function htmlText(html: string): string {
  const lower = html.toLowerCase();
  let text = '';
  let at = 0;
  while (at < html.length) {
    const open = html.indexOf('<', at);
    if (open < 0) break;
    text += html.slice(at, open);
    const close = html.indexOf('>', open);
    if (close < 0) {
      at = open;
      break;
    }
    const tag = /^\/?([a-z][a-z0-9]{0,15})/i.exec(html.slice(open + 1, open + 20))?.[1]?.toLowerCase();
    // `<user@example.com>` left unescaped by a careless server is an address, not a tag.
    if (tag === undefined || (html.slice(open, close).includes('@') && !/\s/.test(html.slice(open, close)))) {
      text += html.slice(open, close + 1);
      at = close + 1;
    } else {
      if (blocks.test(tag)) text += '\n';
      at = tag === 'style' || tag === 'script' ? afterElement(lower, tag, close) : close + 1;
    }
  }
  return entities(text + html.slice(at));
}

/** An element that is never closed runs to the end, as in a browser. */
function afterElement(lower: string, tag: string, from: number): number {
  const end = lower.indexOf(`</${tag}`, from);
  return end < 0 ? lower.length : end;
}

function entities(text: string): string {
  return text.replaceAll(/&(?:#(\d{1,6})|#x([0-9a-f]{1,5})|([a-z]{2,8}));/gi, (all, decimal?: string, hex?: string, name?: string) => {
    if (name !== undefined) return names[name.toLowerCase()] ?? all;
    const code = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}
