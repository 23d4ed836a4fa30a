// Plain text as format=flowed (RFC 3676): lines that end in a blank go on in the next one. Text without blanks between its
// words (Japanese) is cut with DelSp=yes, where the reader drops the blank at the cut.

/** Columns; a wide character takes two. RFC 3676 4.2 wants 78 at most, quote marks included. */
const widest = 72;
const wide = /[\u1100-\u115f\u2e80-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe6f\uff00-\uff60\uffe0-\uffe6]/;
/** Signs that may not begin a line (kinsoku). */
const notFirst = /^[、。，．・：；？！）」』】〕〉》ー々ゝゞぁぃぅぇぉっゃゅょァィゥェォッャュョ,.;:!?)\]}]/;

export interface Flowed {
  readonly text: string;
  readonly delSp: boolean;
}

/** Each line of `text` is a paragraph; quoted lines (`>`) are kept as they are. LF line ends, the last one included. */
export function flowed(text: string): Flowed {
  const paragraphs = text.replace(/\r\n?/g, '\n').replace(/\n+$/, '').split('\n');
  const delSp = wide.test(text);
  const lines = paragraphs.flatMap((paragraph) => {
    if (paragraph === '-- ') return [paragraph];
    // A blank at the end would join it to the next paragraph.
    const bare = paragraph.replace(/ +$/, '');
    if (/^>/.test(bare)) return [bare];
    const cut = cutLine(bare);
    return cut.map((line, at) => stuffed(at < cut.length - 1 && delSp ? `${line} ` : line));
  });
  return { text: `${lines.join('\n')}\n`, delSp };
}

/** RFC 3676 4.4: a line that begins with a blank, `>` or `From ` gets a blank before it. */
function stuffed(line: string): string {
  return /^(?: |>|From )/.test(line) ? ` ${line}` : line;
}

/** Joined again, the pieces are the line: a piece that was cut at a blank ends in it. */
function cutLine(line: string): readonly string[] {
  const pieces: string[] = [];
  let piece = '';
  let columns = 0;
  for (const word of line.match(/[^\s\u1100-\uffe6]+\s*|\s+|./gsu) ?? []) {
    const width = [...word].reduce((sum, sign) => sum + (wide.test(sign) ? 2 : 1), 0);
    const may = / $/.test(piece) || wide.test(piece.at(-1) ?? '') || wide.test(word[0] ?? '');
    if (columns + width > widest && piece !== '' && may && !notFirst.test(word) && !/^\s/.test(word)) {
      if (/ $/.test(piece) || wide.test(line)) {
        pieces.push(piece);
        piece = '';
        columns = 0;
      }
    }
    piece += word;
    columns += width;
  }
  return [...pieces, piece];
}
