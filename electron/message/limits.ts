// Bounds for what a hostile message can make us do (S21). One place; an error names the limit by these words.

/** Parts of one message that are looked at, and how deep they nest. */
export const partLimit = 10_000;
export const nestingLimit = 100;
/** Octets of one message that are read for the index; the rest of a larger one is not searched. */
export const indexOctets = 32 * 1_048_576;
/** Characters of text of one message in the index, and in the pane. */
export const indexCharacters = 200_000;
export const textCharacters = 2_000_000;
/** Characters of HTML given to the pane; what is longer is shown as text. */
export const htmlCharacters = 8_000_000;
/** Octets of raw source shown for what cannot be parsed. */
export const rawOctets = 1_048_576;
/** Attachments that are listed. */
export const attachmentLimit = 2_000;
/** Octets of one decoded part that are given out. */
export const partOctets = 512 * 1_048_576;
