// Exclude patterns: `*` and `?` within a name, `**` across folders, [a-z]. A pattern without a slash is compared with
// names, one with a slash with whole paths; `dir/` or `dir` leaves out the folder and all below it.

/** True when the path is left out. */
export type Excludes = (path: string) => boolean;

export function excluder(patterns: readonly string[]): Excludes {
  const rules = patterns.filter((pattern) => pattern !== '').map(compile);
  return (path) => rules.some(({ wholePath, pattern }) => pattern.test(wholePath ? path : path.slice(path.lastIndexOf('/') + 1)));
}

function compile(text: string): { readonly wholePath: boolean; readonly pattern: RegExp } {
  const glob = text.length > 1 ? text.replace(/\/+$/, '') : text;
  const source = [...glob.matchAll(/\*\*\/?|\*|\?|\[!?[^\]/]+\]|./gsu)].map(([piece]) => translate(piece)).join('');
  const wholePath = glob.includes('/');
  const start = wholePath && !glob.startsWith('/') && !glob.startsWith('**') ? '(?:^|/)' : '^';
  return { wholePath, pattern: new RegExp(`${start}${source}$`, 'su') };
}

function translate(piece: string): string {
  if (piece.startsWith('**')) return piece.endsWith('/') ? '(?:.*/)?' : '.*';
  if (piece === '*') return '[^/]*';
  if (piece === '?') return '[^/]';
  if (piece.length > 2 && piece.startsWith('[')) return piece.replace(/^\[!/, '[^').replace(/\\/g, '\\\\');
  return piece.replace(/[\\^$.|?*+()[\]{}/-]/g, '\\$&');
}
