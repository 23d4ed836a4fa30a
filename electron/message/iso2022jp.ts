// ISO-2022-JP as it is sent: with half-width kana (ESC ( I, or SO/SI), JIS X 0212, vendor rows, and a missing return
// to ASCII. Escape sequences choose the set (RFC 1468, JIS X 0202); each run goes through EUC-JP, which has the same tables.
import iconv from 'iconv-lite';

type CharacterSet = 'ascii' | 'kana' | 'jis0208' | 'jis0212';

const escapes: Readonly<Record<string, CharacterSet>> = {
  '(B': 'ascii',
  '(J': 'ascii',
  '(H': 'ascii',
  '(I': 'kana',
  $B: 'jis0208',
  '$@': 'jis0208',
  '$(B': 'jis0208',
  '$(@': 'jis0208',
  '$(D': 'jis0212',
};

function runText(run: Buffer, set: CharacterSet): string {
  switch (set) {
    case 'ascii':
      return run.some((byte) => byte > 0x7f) ? iconv.decode(run, 'cp932') : run.toString('latin1');
    case 'kana':
      return iconv.decode(Buffer.from(run.map((byte) => byte | 0x80)), 'cp932');
    case 'jis0208':
      return wideText(run, []);
    case 'jis0212':
      return wideText(run, [0x8f]);
  }
}

/** Pairs of 0x21-0x7E; a line end inside means that the sender forgot to return to ASCII. */
function wideText(run: Buffer, prefix: readonly number[]): string {
  const euc: number[] = [];
  for (let at = 0; at < run.length; at += 1) {
    const lead = run[at] ?? 0;
    const trail = run[at + 1];
    if (lead < 0x21 || lead > 0x7e || trail === undefined || trail < 0x21 || trail > 0x7e) euc.push(lead & 0x7f);
    else {
      euc.push(...prefix, lead | 0x80, trail | 0x80);
      at += 1;
    }
  }
  return iconv.decode(Buffer.from(euc), 'euc-jp');
}

/** Never throws: what fits no set stays as it is. */
export function decodeIso2022jp(bytes: Uint8Array): string {
  const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  let set: CharacterSet = 'ascii';
  let shifted = false;
  let start = 0;
  let text = '';
  const flush = (end: number) => {
    if (end > start) text += runText(buffer.subarray(start, end), shifted ? 'kana' : set);
  };
  for (let at = 0; at < buffer.length; at += 1) {
    const byte = buffer[at];
    if (byte === 0x1b) {
      const found = escapeAt(buffer, at + 1);
      flush(at);
      if (found !== null) set = found.set;
      at += found?.length ?? 0;
      start = at + 1;
    } else if (byte === 0x0e || byte === 0x0f) {
      flush(at);
      shifted = byte === 0x0e;
      start = at + 1;
    } else if (byte === 0x0a && set !== 'ascii') {
      flush(at);
      set = 'ascii';
      start = at;
    }
  }
  flush(buffer.length);
  return text;
}

function escapeAt(buffer: Buffer, at: number): { readonly set: CharacterSet; readonly length: number } | null {
  for (const length of [2, 3]) {
    const set = escapes[buffer.toString('latin1', at, at + length)];
    if (set !== undefined) return { set, length };
  }
  return null;
}
