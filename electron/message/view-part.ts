// The bytes of one part of a message, by the number that view.ts gave it; or 'html': its HTML with cid: links pointed at
// the parts. The HTML is as the sender wrote it: the window sanitises it (DOMPurify) before it is shown.
import { encodedAttachment, encodedFiles } from './encoded-parts.js';
import { partOctets } from './limits.js';
import { remoteImageUrls } from './remote-urls.js';
import { chooseTexts } from './view.js';
import { type Parsed, parseFile } from './view-parse.js';
import { readBeginning } from './view-raw.js';
import { zipFiles } from './zip.js';

export interface PartBytes {
  readonly type: string;
  readonly name: string | null;
  readonly bytes: Uint8Array;
}

/** The whole of its own memory, so that it can be handed to another thread without a copy. */
function owned(chunks: readonly Buffer[]): Uint8Array {
  const total = chunks.reduce((sum, chunk) => sum + chunk.length, 0);
  const bytes = new Uint8Array(total);
  let at = 0;
  for (const chunk of chunks) {
    bytes.set(chunk, at);
    at += chunk.length;
  }
  return bytes;
}

function decoded(cid: string): string {
  try {
    return decodeURIComponent(cid);
  } catch {
    return cid;
  }
}

/** `base`/PART for each cid: that the message itself carries. */
export function pointCidLinks(html: string, attachments: Parsed['attachments'], base: string): string {
  const parts = new Map(
    attachments.flatMap(({ contentId, part }) => (contentId === null ? [] : [[contentId.toLowerCase(), part] as const])),
  );
  return html.replace(/\bcid:([^'"\s<>)]{1,300})/gi, (all, cid: string) => {
    const part = parts.get(decoded(cid).toLowerCase());
    return part === undefined ? all : `${base}/${part}`;
  });
}

/** Addresses of the remote images in the HTML that the pane shows. Throws what mailparser throws. */
export async function readRemoteUrls(path: string, charset: string | null): Promise<readonly string[]> {
  const { html } = chooseTexts(await parseFile(path), await readBeginning(path), charset);
  return html === null ? [] : remoteImageUrls(html);
}

async function readHtml(path: string, base: string, charset: string | null): Promise<PartBytes | null> {
  const parsed = await parseFile(path);
  const { html } = chooseTexts(parsed, await readBeginning(path), charset);
  if (html === null) return null;
  const pointed = pointCidLinks(html, parsed.attachments, base);
  return { type: 'text/html; charset=utf-8', name: null, bytes: owned([Buffer.from(pointed, 'utf8')]) };
}

/** A file inside the text: u1, u2. */
async function readEncoded(path: string, part: string): Promise<PartBytes | null> {
  const index = Number(part.slice(1)) - 1;
  const file = encodedFiles(await readBeginning(path))[index];
  if (file === undefined) return null;
  const { type, name } = encodedAttachment(file, index);
  return { type, name, bytes: owned([file.bytes]) };
}

/** Every attachment, in one ZIP. Throws for more than `partOctets` together. */
async function readAll(path: string): Promise<PartBytes | null> {
  const chunks = new Map<string, Buffer[]>();
  let octets = 0;
  const keep = (part: string) => {
    const own: Buffer[] = [];
    chunks.set(part, own);
    return (chunk: Buffer) => {
      octets += chunk.length;
      if (octets <= partOctets) own.push(chunk);
    };
  };
  const { attachments } = await parseFile(path, keep);
  if (octets > partOctets) throw new RangeError(`the attachments are larger than ${partOctets} octets`);
  const parts = attachments
    .filter(({ inline, contentId }) => !inline || contentId === null)
    .map(({ name, part }) => ({ name, bytes: Buffer.concat(chunks.get(part) ?? []) }));
  const inText = encodedFiles(await readBeginning(path)).map((file, index) => ({
    name: encodedAttachment(file, index).name,
    bytes: file.bytes,
  }));
  const files = [...parts, ...inText];
  return files.length === 0 ? null : { type: 'application/zip', name: 'attachments.zip', bytes: zipFiles(files) };
}

/** Null where there is no such part. Throws what mailparser throws, and for a part over `partOctets`. */
export async function readPart(path: string, part: string, base: string, charset: string | null): Promise<PartBytes | null> {
  if (part === 'html') return readHtml(path, base, charset);
  if (part === 'all') return readAll(path);
  if (part.startsWith('u')) return readEncoded(path, part);
  const chunks: Buffer[] = [];
  let octets = 0;
  const { attachments } = await parseFile(path, (number) =>
    number !== part
      ? null
      : (chunk) => {
          octets += chunk.length;
          if (octets <= partOctets) chunks.push(chunk);
        },
  );
  if (octets > partOctets) throw new RangeError(`the part is larger than ${partOctets} octets`);
  const found = attachments.find((attachment) => attachment.part === part);
  return found === undefined ? null : { type: found.type, name: found.name, bytes: owned(chunks) };
}
