// Bounds for one remote image (S21): it is asked of a host that the sender chose.

export const remoteLimits = {
  /** Octets of one image. */
  octets: 8_000_000,
  /** Octets of an answer's headers. */
  headerOctets: 16_384,
  /** Milliseconds for the whole of it, redirects included. */
  time: 20_000,
  redirects: 5,
  /** Characters of an address. */
  address: 8_000,
  /** Addresses of one name that are tried. */
  tries: 3,
} as const;
