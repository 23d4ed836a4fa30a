// Bounds of the bounce reader, in one place (S21). A message beyond them is read as far as they reach.

/** Octets of a message looked at: a report stands in front of the message it returns. */
export const mostOctets = 4_000_000;
/** Octets of one part decoded to text. */
export const mostText = 256_000;
export const mostParts = 200;
export const deepest = 8;
/** Lines of prose looked at, and characters of each. */
export const mostLines = 2000;
export const longestLine = 2000;
export const mostRecipients = 1000;
export const longestSentence = 4000;
