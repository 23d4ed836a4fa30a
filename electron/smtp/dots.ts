// A message as it goes over the wire after DATA (RFC 5321 4.5.2): every line ends in CRLF, a leading dot is doubled, and
// a CR that ends no line becomes a blank (as Postfix's cleanup_replace_stray_cr_lf does), so that no server can be made
// to see an end of data inside. Streams; holds back one octet at most.

const [lf, cr, dot, blank] = [0x0a, 0x0d, 0x2e, 0x20];

/** Ends with CRLF.CRLF. */
export async function* dotted(body: AsyncIterable<Uint8Array> | Iterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  const state = { start: true, pendingCr: false };
  for await (const chunk of body) {
    const sent = stuff(chunk, state);
    if (sent.length > 0) yield sent;
  }
  const end = state.pendingCr ? ' ' : '';
  yield Buffer.from(state.start && end === '' ? '.\r\n' : `${end}\r\n.\r\n`);
}

function stuff(chunk: Uint8Array, state: { start: boolean; pendingCr: boolean }): Uint8Array {
  const out = Buffer.allocUnsafe(chunk.length * 2 + 1);
  let length = 0;
  for (const octet of chunk) {
    if (state.pendingCr && octet !== lf) {
      out[length++] = blank;
      state.start = false;
    }
    state.pendingCr = octet === cr;
    if (octet === cr) continue;
    if (octet === lf) out[length++] = cr;
    else if (octet === dot && state.start) out[length++] = dot;
    out[length++] = octet;
    state.start = octet === lf;
  }
  return out.subarray(0, length);
}
