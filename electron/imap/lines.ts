// CRLF to LF, over chunks that may be cut anywhere; every other octet is left as it is.

const cr = 13;
const lf = 10;

export class LineEnds {
  /** The last chunk ended with CR: it may be half of a line end. */
  private held = false;

  feed(chunk: Uint8Array): Uint8Array {
    const out = Buffer.allocUnsafe(chunk.length + 1);
    let length = 0;
    let from = 0;
    if (this.held && chunk.length > 0) {
      if (chunk[0] !== lf) out[length++] = cr;
      this.held = false;
    }
    for (let at = chunk.indexOf(cr); at !== -1; at = chunk.indexOf(cr, at + 1)) {
      const last = at + 1 === chunk.length;
      if (!last && chunk[at + 1] !== lf) continue;
      out.set(chunk.subarray(from, at), length);
      length += at - from;
      from = at + 1;
      if (last) this.held = true;
    }
    out.set(chunk.subarray(from), length);
    return out.subarray(0, length + chunk.length - from);
  }

  /** A CR at the very end belongs to no line end. */
  end(): Uint8Array {
    const rest = this.held ? Uint8Array.of(cr) : new Uint8Array();
    this.held = false;
    return rest;
  }
}
