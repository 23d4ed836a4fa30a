// The addresses in a header field (RFC 5322 3.4): names, comments, quotes and groups are left behind. Never throws.

/** More than this in one field is an attack; the rest is not read. */
const most = 2000;

/** Text in quotes and comments, one unit each, so that a comma inside is no separator. Linear. */
function* units(text: string): Generator<{ readonly kind: 'quoted' | 'comment' | 'sign' | 'text'; readonly text: string }> {
  let at = 0;
  while (at < text.length) {
    const start = at;
    const first = text.charAt(at);
    at += 1;
    if (first === '"') {
      while (at < text.length && text[at] !== '"') at += text[at] === '\\' ? 2 : 1;
      at += 1;
      yield { kind: 'quoted', text: text.slice(start, at) };
    } else if (first === '(') {
      for (let depth = 1; at < text.length && depth > 0; at += 1) {
        if (text[at] === '\\') at += 1;
        else if (text[at] === '(') depth += 1;
        else if (text[at] === ')') depth -= 1;
      }
      yield { kind: 'comment', text: '' };
    } else if (',;:<>'.includes(first)) yield { kind: 'sign', text: first };
    else {
      while (at < text.length && !'"(,;:<>'.includes(text.charAt(at))) at += 1;
      yield { kind: 'text', text: text.slice(start, at) };
    }
  }
}

/** Addresses as written, in order; display names are dropped, and words that are no address. */
export function addressesIn(field: string): readonly string[] {
  const found: string[] = [];
  let [plain, angle, inside] = ['', '', false];
  const close = (): void => {
    const address = (angle === '' ? plain : angle).trim();
    if (address !== '' && !/\s/.test(address.replace(/^".*"@/, '')) && found.length < most) found.push(address);
    [plain, angle, inside] = ['', '', false];
  };
  for (const unit of units(field)) {
    if (unit.kind === 'comment') continue;
    if (unit.kind !== 'sign') {
      if (inside) angle += unit.text;
      else plain += unit.text;
    } else if (unit.text === '<') [angle, inside] = ['', true];
    else if (unit.text === '>') inside = false;
    else if (unit.text === ':' && !inside) plain = '';
    // A source route, `<@a,@b:user@c>` (RFC 5322 4.4): what follows the colon counts.
    else if (inside) angle = unit.text === ':' ? '' : angle;
    else close();
  }
  close();
  return found;
}
