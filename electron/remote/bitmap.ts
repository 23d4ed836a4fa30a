// What an image is by its first bytes, whatever its server calls it. SVG is a document with scripts, so it is none of these.

export type BitmapType = 'image/png' | 'image/jpeg' | 'image/gif' | 'image/webp';

const starts = (bytes: Uint8Array, text: string, at = 0) =>
  Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength).toString('latin1', at, at + text.length) === text;

/** Null for everything that is not a PNG, JPEG, GIF or WebP. */
export function bitmapType(bytes: Uint8Array): BitmapType | null {
  if (starts(bytes, '\x89PNG\r\n\x1a\n')) return 'image/png';
  if (starts(bytes, '\xff\xd8\xff')) return 'image/jpeg';
  if (starts(bytes, 'GIF87a') || starts(bytes, 'GIF89a')) return 'image/gif';
  return starts(bytes, 'RIFF') && starts(bytes, 'WEBP', 8) ? 'image/webp' : null;
}
