// The address a hop's server saw its client at. What the client said of itself (HELO) is not that.
import { isIP } from 'node:net';
import type { Clause } from './clauses.js';

const v4 = /(?<![\w.-])\d{1,3}(?:\.\d{1,3}){3}(?![\w-]|\.\w)/;
const v6 = /(?<![\w:.])(?:IPv6:)?([0-9a-f]{0,4}(?::[0-9a-f]{0,4}){2,8}(?::\d{1,3}(?:\.\d{1,3}){3})?)(?![\w:])/i;
/** A comment, or the part of one, that repeats the client's greeting. */
const greeting = /\b(?:HELO|EHLO|LHLO)[\s=]+\S+/gi;

/** From text, the first IP address in it, IPv6 in lower case; null where there is none. */
export function ipIn(text: string): string | null {
  const short = text.slice(0, 500);
  const four = v4.exec(short);
  if (four && isIP(four[0]) === 4) return four[0];
  const six = v6.exec(short)?.[1];
  return six !== undefined && isIP(six) === 6 ? six.toLowerCase() : null;
}

/** Brackets are written by the server, bare numbers may be: `name ([1.2.3.4])` before `name (1.2.3.4)` before `[1.2.3.4]`. */
export function clientIp(from: Clause): string | null {
  const comments = from.comments.map((comment) => comment.replaceAll(greeting, ' '));
  const bracketed = comments.flatMap((comment) => /\[[^\]]{3,60}\]/.exec(comment)?.[0] ?? []);
  const words = from.words.slice(0, 8);
  for (const text of [...bracketed, ...comments, ...words.slice(1), ...words.slice(0, 1)]) {
    const ip = ipIn(text);
    if (ip !== null) return ip;
  }
  return null;
}

/** Not reachable from the Internet: RFC 1918, 6598, 3927, 4193, 4291, loopback. */
export function isPrivate(ip: string): boolean {
  if (ip.includes(':')) return /^(?:::1$|f[cd]|fe[89ab])/.test(ip);
  const [a = 0, b = 0] = ip.split('.').map(Number);
  return a === 10 || a === 127 || a === 0 || (a === 172 && b >= 16 && b < 32) || (a === 192 && b === 168) || shared(a, b);
}

function shared(a: number, b: number): boolean {
  return (a === 100 && b >= 64 && b < 128) || (a === 169 && b === 254);
}

export function isLoopback(ip: string): boolean {
  return ip === '::1' || ip.startsWith('127.');
}
