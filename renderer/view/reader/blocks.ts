// Plain text of a message in blocks: paragraphs, quotes by depth, and the signature after "-- ".

export type Block =
  | { readonly kind: 'text'; readonly text: string }
  | { readonly kind: 'quote'; readonly depth: number; readonly text: string; readonly lines: number }
  | { readonly kind: 'signature'; readonly text: string };

/** Characters of text that are drawn; more would stall the page. */
export const textLimit = 400_000;

interface Line {
  readonly depth: number;
  readonly text: string;
}

function readLine(line: string): Line {
  const [marks = ''] = /^(?:> ?)+/.exec(line) ?? [];
  // "From" lines are stored as ">From" (mbox): not a quotation.
  if (/^>From /.test(line)) return { depth: 0, text: line.slice(1) };
  return { depth: marks.replaceAll(' ', '').length, text: line.slice(marks.length) };
}

export function textBlocks(text: string): readonly Block[] {
  const lines = text.slice(0, textLimit).replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const cut = lines.lastIndexOf('-- ');
  const sign = cut >= 0 && lines.length - cut <= 20 ? cut : lines.length;
  const blocks = group(lines.slice(0, sign).map(readLine));
  const signature = lines.slice(sign + 1).join('\n');
  return signature.trim() === '' ? blocks : [...blocks, { kind: 'signature', text: signature }];
}

function group(lines: readonly Line[]): readonly Block[] {
  const blocks: Block[] = [];
  let run: Line[] = [];
  const flush = () => {
    const block = toBlock(run);
    if (block !== null) blocks.push(block);
    run = [];
  };
  for (const line of lines) {
    if (run[0] !== undefined && run[0].depth > 0 !== line.depth > 0) flush();
    run.push(line);
  }
  flush();
  return blocks;
}

function toBlock(run: readonly Line[]): Block | null {
  const [first] = run;
  if (first === undefined) return null;
  const text = run.map((line) => (line.depth > 1 ? '> '.repeat(line.depth - 1) : '') + line.text).join('\n');
  if (first.depth > 0) return { kind: 'quote', depth: first.depth, text: text.trim(), lines: run.length };
  const trimmed = text.replace(/^\n+|\n+$/g, '');
  return trimmed === '' ? null : { kind: 'text', text: trimmed };
}

/** Quotes longer than this many lines are folded. */
export const foldAbove = 5;

/** An address ends where Japanese begins: in Japanese mail the sentence goes on without a space. */
const address = /https?:\/\/[^\s<>"'`\u3000-\u30ff\u3400-\u9fff\uff00-\uffef]+|mailto:[^\s<>"']+|[\w.+-]+@[\w-]+(?:\.[\w-]+)+/gi;

export type Piece = { readonly text: string; readonly href: string | null };

/** Text with the addresses in it told apart; punctuation that ends a sentence is not part of one. */
export function linkPieces(text: string): readonly Piece[] {
  const pieces: Piece[] = [];
  let done = 0;
  for (const match of text.matchAll(address)) {
    const found = trimEnd(match[0]);
    pieces.push({ text: text.slice(done, match.index), href: null });
    pieces.push({ text: found, href: /^(https?:|mailto:)/i.test(found) ? found : `mailto:${found}` });
    done = match.index + found.length;
  }
  return [...pieces, { text: text.slice(done), href: null }].filter((piece) => piece.text !== '');
}

function trimEnd(url: string): string {
  let end = url.replace(/[.,;:!?'"*_]+$/, '');
  while (end.endsWith(')') && count(end, ')') > count(end, '(')) end = end.slice(0, -1).replace(/[.,;:!?]+$/, '');
  return end;
}
const count = (text: string, character: string) => text.split(character).length - 1;
