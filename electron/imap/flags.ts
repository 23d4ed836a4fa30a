// Flags as IMAP names them and as a Maildir's letters (RFC 9051 section 2.3.2; $Forwarded is a keyword of RFC 5788's registry).

/** The letter of each flag that we show. */
const letterOf: Readonly<Record<string, string>> = {
  '\\seen': 'S',
  '\\flagged': 'F',
  '\\answered': 'R',
  $forwarded: 'P',
  '\\draft': 'D',
  '\\deleted': 'T',
};
const flagOf: Readonly<Record<string, string>> = {
  S: '\\Seen',
  F: '\\Flagged',
  R: '\\Answered',
  P: '$Forwarded',
  D: '\\Draft',
  T: '\\Deleted',
};

/** In the order of the alphabet, as in a file name. Keywords of other programs are left out, and left alone. */
export function lettersOf(flags: Iterable<string>): string {
  const letters = [...flags].map((flag) => letterOf[flag.toLowerCase()] ?? '');
  return [...new Set(letters)].sort().join('');
}

export function flagsOfLetters(letters: string): readonly string[] {
  return [...letters].flatMap((letter) => flagOf[letter] ?? []);
}
