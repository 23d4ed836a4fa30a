// A trace as `todoku trace --json` prints it and the window copies it: the fields in their order, oldest hop first.
import type { Hop, Trace } from './trace.js';

type PrintedHop = Omit<Hop, 'maker' | 'trusted'>;

export function traceJson(trace: Trace): Omit<Trace, 'hops'> & { readonly hops: readonly PrintedHop[] } {
  const { totalSeconds, boundary, authentication, anomalies } = trace;
  return { hops: trace.hops.map(hopJson), totalSeconds, boundary, authentication, anomalies };
}

function hopJson(hop: Hop): PrintedHop {
  const { maker: _maker, trusted: _trusted, ...rest } = hop;
  const { from, fromIp, by, with: protocol, id, for: recipient, drop, tls, date, delaySeconds, raw } = rest;
  return { from, fromIp, by, with: protocol, id, for: recipient, drop, tls, date, delaySeconds, raw };
}
