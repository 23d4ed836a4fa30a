// Uuencoded and yEnc files of a message as attachments of the pane: numbered u1, u2 in reading order.
import { createHash } from 'node:crypto';
import type { Attachment } from '../../shared/message.js';
import { isExecutable, shownName, specialOf } from './attachment.js';
import { type EncodedFile, splitEncoded } from './encoded-body.js';
import { leafBytes, leafParts } from './parts.js';
import type { Beginning } from './view-raw.js';

const hint = /^(?:begin(?:-base64)? [0-7]{3,4} |=ybegin )/m;

/** Cheap: is it worth looking? */
export function mayHoldFiles(text: string): boolean {
  return hint.test(text);
}

/** The files that stand in the message's own plain texts. */
export function encodedFiles({ bytes, fields }: Beginning): readonly EncodedFile[] {
  return leafParts(bytes, fields)
    .filter(({ type, disposition }) => type === 'text/plain' && disposition !== 'attachment')
    .flatMap((leaf) => splitEncoded(leafBytes(leaf).toString('latin1').replace(/\r\n/g, '\n')).files);
}

/** The text as it is shown: a yEnc block's octets are no characters, so it is found by its own lines. */
export function withoutFiles(text: string): string {
  return splitEncoded(text).text.replace(/^=ybegin .*\n[\s\S]*?^=yend .*(?:\n|$)/gm, '');
}

const types: readonly (readonly [RegExp, string])[] = [
  [/\.(txt|asc|log|md)$/i, 'text/plain'],
  [/\.png$/i, 'image/png'],
  [/\.jpe?g$/i, 'image/jpeg'],
  [/\.gif$/i, 'image/gif'],
  [/\.pdf$/i, 'application/pdf'],
  [/\.zip$/i, 'application/zip'],
];

export function encodedAttachment({ name, bytes }: EncodedFile, index: number): Attachment {
  const type = types.find(([pattern]) => pattern.test(name))?.[1] ?? 'application/octet-stream';
  const part = `u${index + 1}`;
  const shown = shownName(name, type, part);
  return {
    part,
    name: shown,
    type,
    octets: bytes.length,
    inline: false,
    contentId: null,
    executable: isExecutable(shown, type),
    sha256: createHash('sha256').update(bytes).digest('hex'),
    special: specialOf(shown, type),
  };
}
