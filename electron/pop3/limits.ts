// Every bound of a POP3 session in one place: what a server may make us hold, and for how long.

const kibi = 1024;
const mebi = 1024 * kibi;

export const limits = {
  /** RFC 2449 section 4 says 512; real servers put whole sentences into a refusal. */
  statusLine: 8 * kibi,
  /** CAPA: a dozen short lines. */
  capabilities: 64 * kibi,
  /** LIST and UIDL: 100,000 messages take about 8 MB. */
  listing: 96 * mebi,
  /** Characters of a UIDL; RFC 1939 says 70. */
  uidl: 255,
  /** One message. A size limit that a user wants is the caller's, before RETR. */
  message: 2048 * mebi,
  /** RETRs asked for and not yet taken by the caller: in number, and in the octets LIST announced. */
  windowMessages: 32,
  windowOctets: 2 * mebi,
  /** Octets of bodies held for the caller: the socket stops above the one and goes on below the other. */
  pauseAt: 512 * kibi,
  resumeAt: 128 * kibi,
  /** The same while another answer is awaited behind them, so that waiting for a DELE cannot block itself. */
  pauseAtLast: 8 * mebi,
  /** Commands sent and not answered: a server's input buffer is small. */
  outstanding: 100,
  /** One status line must be complete within this many times the idle time-out, however it drips. */
  lineFactor: 5,
  /** A session ends after six hours; the next one goes on where it stopped. */
  sessionSeconds: 6 * 3600,
  /** After QUIT's answer the server has this long to close. */
  closeSeconds: 2,
  /** PBKDF2 rounds a server may ask of us in SCRAM. */
  scramIterations: 2_000_000,
  /** RFC 2449 section 4: a command line with its CRLF. */
  commandLine: 255,
} as const;
