// The reader alone: one recorded stream, cut everywhere, gives the same lines and the same octets.
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { limits } from '../../../electron/pop3/limits.js';
import { Reader } from '../../../electron/pop3/reader.js';
import { canonical, stuffed } from '../../../electron/sample/maildrop.js';

/** Each status line, then what its body brought, as one list. */
function read(chunks: readonly Buffer[]): (string | Buffer)[] {
  const seen: (string | Buffer)[] = [];
  let parts: Buffer[] = [];
  const reader = new Reader({
    line: (line) => {
      seen.push(line.toString('latin1'));
      return line.toString('latin1').endsWith('follows') ? 'body' : 'line';
    },
    chunk: (bytes) => parts.push(Buffer.from(bytes)),
    end: (raw) => {
      seen.push(Buffer.concat(parts), `raw ${raw}`);
      parts = [];
    },
  });
  for (const chunk of chunks) reader.feed(Buffer.from(chunk));
  return seen;
}

const message = Buffer.from('Subject: x\n\n.\n..\n.a\r.\r\r.\n\0\xff\x80 8-bit\n\n.\r x\rend\n', 'latin1');
const stream = Buffer.concat([
  Buffer.from('+OK hello\r\n+OK follows\r\n'),
  stuffed(canonical(message)),
  Buffer.from('-ERR no\r\n+OK follows\r\n.\r\n+OK bye\r\n'),
]);
const expected = [
  '+OK hello',
  '+OK follows',
  message,
  `raw ${canonical(message).length}`,
  '-ERR no',
  '+OK follows',
  Buffer.alloc(0),
  'raw 0',
  '+OK bye',
];

describe('any packet boundary', () => {
  it('in one packet', () => expect(read([stream])).toEqual(expected));
  it('one octet a packet', () => expect(read([...stream].map((octet) => Buffer.of(octet)))).toEqual(expected));
  it('cut at every boundary', () => {
    for (let at = 0; at <= stream.length; at += 1)
      expect(read([stream.subarray(0, at), stream.subarray(at)]), `cut at ${at}`).toEqual(expected);
  });
  it('cut at every pair of boundaries', () => {
    for (let one = 0; one <= stream.length; one += 1) {
      for (let two = one; two <= stream.length; two += 1) {
        const seen = read([stream.subarray(0, one), stream.subarray(one, two), stream.subarray(two)]);
        if (JSON.stringify(seen) !== JSON.stringify(expected)) expect(seen, `cut at ${one} and ${two}`).toEqual(expected);
      }
    }
  });
});

it('gives back every message, whatever it holds, with LF line ends', () => {
  const octet = fc.constantFrom(0, 10, 13, 46, 65, 0x80, 0xff);
  fc.assert(
    fc.property(fc.array(octet, { maxLength: 40 }), fc.array(fc.nat(60), { maxLength: 4 }), (octets, cuts) => {
      const wire = canonical(Buffer.from(octets));
      const bytes = Buffer.concat([Buffer.from('+OK follows\r\n'), stuffed(wire)]);
      const places = [0, ...cuts.map((cut) => Math.min(cut, bytes.length)).sort((a, b) => a - b), bytes.length];
      const chunks = places.slice(1).map((place, at) => bytes.subarray(places[at], place));
      const lf = Buffer.from(wire.toString('latin1').replace(/\r\n/g, '\n'), 'latin1');
      expect(read(chunks)).toEqual(['+OK follows', lf, `raw ${wire.length}`]);
    }),
    { numRuns: 3000 },
  );
});

describe('line ends of sloppy servers', () => {
  const cases: [string, string, string][] = [
    ['bare LF throughout', '+OK follows\na\n..b\n.\n', 'a\n.b\n'],
    ['CRLF status, LF body', '+OK follows\r\na\n..b\n.\r\n', 'a\n.b\n'],
    ['LF body, CRLF terminator of its own', '+OK follows\r\na\nb\r\n.\r\n', 'a\nb\n'],
    ['a dot after a bare LF inside a CRLF message is text', '+OK follows\r\na\r\nb\n.\r\nc\r\n.\r\n', 'a\nb\n.\nc\n'],
    ['bare CR is text', '+OK follows\r\na\r.\r\r\n.\r\n', 'a\r.\r\n'],
    ['a dot alone with text behind its CR', '+OK follows\r\n.\rx\r\n.\r\n', '\rx\n'],
    ['a lone dot that was not stuffed', '+OK follows\r\n.x\r\n.\r\n', 'x\n'],
  ];
  it.each(cases)('%s', (_, wire, text) => {
    const octets = [...Buffer.from(wire)].map((octet) => Buffer.of(octet));
    for (const chunks of [[Buffer.from(wire)], octets]) expect(read(chunks)[1]?.toString()).toBe(text);
  });
});

describe('limits', () => {
  it('a status line without an end', () => {
    const reader = new Reader({ line: () => 'line', chunk: () => undefined, end: () => undefined });
    const feed = () => {
      for (let fed = 0; fed < 100 * 1024 * 1024; fed += 65536) reader.feed(Buffer.alloc(65536, 'x'));
    };
    expect(feed).toThrow(expect.objectContaining({ code: 'limit', facts: { limit: `status line: ${limits.statusLine} octets` } }));
  });
  it('a long status line that ends is taken', () => {
    expect(read([Buffer.from(`+OK ${'x'.repeat(2000)}\r\n`)])[0]).toHaveLength(2004);
  });
});
