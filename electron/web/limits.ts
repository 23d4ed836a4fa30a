// Bounds of the web face; each is about what one window on this machine needs, many times over.
import { requestLimit } from '../../shared/port.js';

export const webLimits = {
  /** Octets of one frame; a request's text may be UTF-8 of several octets a character. */
  frameOctets: requestLimit * 2,
  /** Octets of a request's headers. */
  headerOctets: 16_384,
  sockets: 16,
  connections: 128,
  /** Octets waiting for a window that does not read; it is cut off, and will come back. */
  backlogOctets: 64_000_000,
  /** Milliseconds: for a request's headers; between pings. */
  headersTimeout: 10_000,
  pingInterval: 30_000,
} as const;
