// Bytes of a message's images as data: URLs. The frame has no origin, so it may load nothing by itself.
import type { MessageView } from '../../shared/message.js';
import type { ImageRef } from './clean.js';

/** Octets of one image, and of all: what a page can hold without stalling. */
const [oneLimit, allLimit] = [8_000_000, 32_000_000];
const bitmap = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

export interface LoadedImages {
  readonly urls: ReadonlyMap<number, string>;
  readonly failed: number;
}

/** Loads images of the message itself, and remote ones through the station when `remote` says so. */
export async function loadImages(view: MessageView, images: readonly ImageRef[], remote: boolean): Promise<LoadedImages> {
  const urls = new Map<number, string>();
  let room = allLimit;
  let failed = 0;
  for (const [index, image] of images.entries()) {
    if (image.tracker || (image.from === 'remote' && !remote)) continue;
    const address = image.from === 'part' ? partAddress(view, image.name) : `${view.partsUrl}/remote?url=${encodeURIComponent(image.name)}`;
    const url = address === null ? null : await dataUrl(address, Math.min(oneLimit, room));
    if (url === null) failed += 1;
    else {
      urls.set(index, url);
      room -= url.length;
    }
  }
  return { urls, failed };
}

function partAddress(view: MessageView, contentId: string): string | null {
  const part = view.attachments.find((attachment) => attachment.contentId?.replace(/^<|>$/g, '') === contentId);
  return part === undefined ? null : `${view.partsUrl}/${part.part}`;
}

async function dataUrl(address: string, limit: number): Promise<string | null> {
  try {
    const answer = await fetch(address, { referrerPolicy: 'no-referrer' });
    const type = answer.headers.get('Content-Type')?.split(';')[0]?.trim() ?? '';
    if (!answer.ok || !bitmap.test(type)) return null;
    const bytes = new Uint8Array(await answer.arrayBuffer());
    return bytes.length > limit ? null : `data:${type};base64,${base64(bytes)}`;
  } catch {
    return null;
  }
}

function base64(bytes: Uint8Array): string {
  let text = '';
  for (let at = 0; at < bytes.length; at += 0x8000) text += String.fromCharCode(...bytes.subarray(at, at + 0x8000));
  return btoa(text);
}
