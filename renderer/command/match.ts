// How well a title answers what was typed: its words in any order, beginnings of words better than middles.

/** 0: not at all. All typed words must be found. */
export function matchScore(title: string, typed: string): number {
  const text = fold(title);
  const words = fold(typed).split(/\s+/).filter(Boolean);
  let score = 1;
  for (const word of words) {
    const at = text.indexOf(word);
    if (at < 0) return 0;
    const begins = at === 0 || /\s/.test(text[at - 1] ?? '');
    score += (begins ? 10 : 1) + word.length / (1 + at);
  }
  return score;
}

function fold(text: string): string {
  return text.normalize('NFKC').toLowerCase();
}
