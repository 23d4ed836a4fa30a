// freshclam.dat: until when the update service does not want to hear from us (403: a day; 429: its Retry-After).
// Written by freshclam: "FreshClamData", then struct { uint32 version; char uuid[37]; time_t retry_after; }.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';

const magic = 'FreshClamData';
/** After the magic: 4 + 37 octets, padded to 48. */
const retryAfterAt = magic.length + 48;

/** null: none, or over. */
export function readCoolDown(folder: string, now = Date.now()): Date | null {
  try {
    const bytes = readFileSync(join(folder, 'freshclam.dat'));
    if (bytes.toString('latin1', 0, magic.length) !== magic) return null;
    const until = Number(bytes.readBigInt64LE(retryAfterAt)) * 1000;
    return until > now ? new Date(until) : null;
  } catch {
    return null;
  }
}
