// The body of a multi-line response, chunk by chunk: dots unstuffed, CRLF to LF, terminator found, every other octet
// as it came (bare CR, NUL, 8-bit). Works in place in the received chunk; holds back two octets at most.

const LF = 10;
const CR = 13;
const DOT = 46;

/** Where the last chunk ended: within a line, at a line's start, or after octets whose meaning is still open. */
type State = 'text' | 'start' | 'cr' | 'dot' | 'dot-cr';
/**
 * What ends a line. The first line end of a body decides, because a message may hold bare LFs that are not line
 * ends to a correct server (so LF "." CRLF inside it is text), and a sloppy server sends nothing but bare LFs.
 */
type Ends = 'unknown' | 'crlf' | 'lf';

export class BodyScanner {
  /** Octets as LIST counts them: CRLF is two, unstuffed, without the terminator. */
  rawOctets = 0;
  private state: State = 'start';
  private ends: Ends;

  /** `bareLf`: the status line ended so. */
  constructor(bareLf: boolean) {
    this.ends = bareLf ? 'lf' : 'unknown';
  }

  /** Emits body octets (views into `chunk`, which is changed). Returns the index after the terminator, or -1. */
  scan(chunk: Buffer, from: number, emit: (bytes: Uint8Array) => void): number {
    const loose: number[] = [];
    let at = from;
    let ended = false;
    while (at < chunk.length && !ended && this.state !== 'text' && this.state !== 'start') {
      ended = this.step(chunk[at] ?? 0, loose);
      at += 1;
    }
    if (loose.length > 0) emit(Uint8Array.from(loose));
    if (ended) return at;
    return this.run(chunk, at, emit);
  }

  /** One octet after an open state. True: that was the terminator. */
  private step(octet: number, out: number[]): boolean {
    const before = this.state;
    if (octet === LF && (before === 'dot' || before === 'dot-cr')) return true;
    if (octet === LF) {
      this.endLine(true);
      this.rawOctets += 2;
      out.push(LF);
      return false;
    }
    if (before !== 'dot') this.put(CR, out);
    if (octet === CR) this.state = before === 'dot' ? 'dot-cr' : 'cr';
    else {
      this.put(octet, out);
      this.state = 'text';
    }
    return false;
  }

  private put(octet: number, out: number[]): void {
    this.rawOctets += 1;
    out.push(octet);
  }

  private endLine(crlf: boolean): void {
    if (this.ends === 'unknown') this.ends = crlf ? 'crlf' : 'lf';
    this.state = crlf || this.ends === 'lf' ? 'start' : 'text';
  }

  /** Line by line with indexOf and copyWithin, writing behind the place it reads from. */
  private run(chunk: Buffer, from: number, emit: (bytes: Uint8Array) => void): number {
    const end = chunk.length;
    let read = from;
    let write = from;
    let after = -1;
    let dropped = 0;
    while (read < end) {
      if (this.state === 'start' && chunk[read] === DOT) {
        const next = chunk[read + 1];
        if (next === LF) after = read + 2;
        else if (next === CR && chunk[read + 2] === LF) after = read + 3;
        if (after >= 0) break;
        read += 1;
        dropped += 1;
        if (this.holdDot(chunk, read)) {
          dropped += end - read;
          read = end;
          break;
        }
      }
      const lf = chunk.indexOf(LF, read);
      const stop = lf < 0 ? end : lf;
      const crlf = stop > read && chunk[stop - 1] === CR;
      const text = crlf ? stop - 1 : stop;
      if (write !== read) chunk.copyWithin(write, read, text);
      write += text - read;
      if (lf < 0) {
        this.state = crlf ? 'cr' : 'text';
        if (crlf) dropped += 1;
        read = end;
        break;
      }
      chunk[write] = LF;
      write += 1;
      read = lf + 1;
      this.endLine(crlf);
    }
    this.rawOctets += read - from - dropped;
    if (write > from) emit(chunk.subarray(from, write));
    return after;
  }

  /** A dot at a line's start with too little behind it to tell a terminator from text. */
  private holdDot(chunk: Buffer, afterDot: number): boolean {
    this.state = 'text';
    if (afterDot === chunk.length) this.state = 'dot';
    else if (afterDot + 1 === chunk.length && chunk[afterDot] === CR) this.state = 'dot-cr';
    return this.state !== 'text';
  }
}
