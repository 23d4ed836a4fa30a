// Host names back from their ASCII form (RFC 3492), so that a person reads what a name pretends to be.

const [base, tMin, tMax, skew, damp, initialBias, initialN] = [36, 1, 26, 38, 700, 72, 128];

function adapt(delta: number, points: number, first: boolean): number {
  let rest = first ? Math.floor(delta / damp) : delta >> 1;
  rest += Math.floor(rest / points);
  let k = 0;
  for (; rest > ((base - tMin) * tMax) >> 1; k += base) rest = Math.floor(rest / (base - tMin));
  return k + Math.floor(((base - tMin + 1) * rest) / (rest + skew));
}

function digit(character: string): number {
  const code = character.charCodeAt(0);
  if (code >= 48 && code <= 57) return code - 22;
  return code >= 97 && code <= 122 ? code - 97 : base;
}

/** One label without its `xn--`; null when it is not valid. */
function decodeLabel(label: string): string | null {
  const edge = label.lastIndexOf('-');
  const output = Array.from(edge > 0 ? label.slice(0, edge) : '').map((character) => character.codePointAt(0) ?? 0);
  let [n, index, bias] = [initialN, 0, initialBias];
  for (let at = edge > 0 ? edge + 1 : 0; at < label.length; ) {
    const before = index;
    for (let weight = 1, k = base; ; k += base) {
      const value = digit(label[at] ?? '');
      at += 1;
      if (value >= base) return null;
      index += value * weight;
      const threshold = k <= bias ? tMin : Math.min(k - bias, tMax);
      if (value < threshold) break;
      weight *= base - threshold;
      if (weight > 2 ** 31) return null;
    }
    bias = adapt(index - before, output.length + 1, before === 0);
    n += Math.floor(index / (output.length + 1));
    index %= output.length + 1;
    if (n > 0x10ffff) return null;
    output.splice(index, 0, n);
    index += 1;
  }
  return String.fromCodePoint(...output);
}

/** The host with its `xn--` labels decoded; labels that are not valid stay as they are. */
export function readableHost(host: string): string {
  return host
    .split('.')
    .map((label) => (label.startsWith('xn--') ? (decodeLabel(label.slice(4)) ?? label) : label))
    .join('.');
}
