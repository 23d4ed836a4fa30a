// A message's Received chain taken apart. The shape is also what `todoku trace --json` prints.

export interface HopTls {
  readonly version: string | null;
  readonly cipher: string | null;
  readonly bits: number | null;
}
export interface Hop {
  readonly from: string | null;
  readonly fromIp: string | null;
  readonly by: string | null;
  readonly with: string | null;
  readonly id: string | null;
  readonly for: string | null;
  readonly drop: 'single' | 'multi' | null;
  readonly tls: HopTls | null;
  /** ISO 8601 UTC. */
  readonly date: string | null;
  readonly delaySeconds: number | null;
  readonly raw: string;
  /** Which table entry read it (`postfix`, `fetchmail`, ...), `unknown` where none did. */
  readonly maker: string;
  /** Sits at or above the trusted boundary, so it was written by a server of ours. */
  readonly trusted: boolean;
}
export type AnomalyKind =
  | 'clock-skew'
  | 'negative-delay'
  | 'long-delay'
  | 'private-address'
  | 'forged'
  | 'loop'
  | 'no-date'
  | 'future'
  | 'unparsed'
  | 'helo-mismatch'
  | 'too-many-hops'
  /** A from or by that the line does not state, concluded from the lines beside it. */
  | 'derived';
export interface Anomaly {
  readonly kind: AnomalyKind;
  /** Index into hops, oldest first; null: the whole chain. */
  readonly hop: number | null;
  readonly detail: string;
}
export interface AuthenticationMethod {
  readonly method: string;
  readonly result: string;
  readonly domain: string | null;
  readonly detail: string;
}
export interface AuthenticationResult {
  readonly authservId: string;
  /** Written inside the trusted boundary. Others are shown greyed. */
  readonly trusted: boolean;
  readonly methods: readonly AuthenticationMethod[];
}
export interface HeaderGroup {
  readonly group: 'envelope' | 'addressing' | 'identity' | 'list' | 'automatic' | 'authentication' | 'station' | 'mime' | 'other';
  readonly headers: readonly { readonly name: string; readonly value: string; readonly explained: string | null }[];
}
export interface Trace {
  /** Oldest first. */
  readonly hops: readonly Hop[];
  readonly totalSeconds: number | null;
  /** Index of the hop at which our own servers took the message; null: unknown. */
  readonly boundary: number | null;
  readonly authentication: readonly AuthenticationResult[];
  readonly anomalies: readonly Anomaly[];
}
