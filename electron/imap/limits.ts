// Every bound of an IMAP session in one place: what a server may make us hold, and for how long.

const kibi = 1024;
const mebi = 1024 * kibi;

export const limits = {
  /** One response line without a literal; a SEARCH answer is the longest. */
  line: 8 * mebi,
  /** Octets of a message asked for at once. */
  chunk: 1 * mebi,
  /** A literal is a chunk of a message; some servers round up. */
  literal: 4 * mebi,
  response: 16 * mebi,
  tokens: 100_000,
  /** Messages of one folder. */
  listing: 2_000_000,
  /** One message. A size limit that a user wants is the caller's, before the fetch. */
  message: 2048 * mebi,
  /** Messages asked for in one command, in number and in the octets they are said to have. */
  batchMessages: 32,
  batchOctets: 2 * mebi,
  /** UIDs named in one command: a server's input buffer is small. */
  uids: 500,
  /** A session ends after six hours; the next one goes on where it stopped. */
  sessionSeconds: 6 * 3600,
} as const;
