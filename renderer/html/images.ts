// Bytes of a message's images as data: URLs. The frame has no origin, so it may load nothing by itself.
import type { MessageView } from '../../shared/message.js';
import type { ImageRef } from './clean.js';

/** Octets of one image, and of all: what a page can hold without stalling. */
const [oneLimit, allLimit] = [8_000_000, 32_000_000];
/** Images that are asked for at the same time. */
const atOnce = 6;
const bitmap = /^image\/(png|jpeg|gif|webp|bmp|avif)$/;

export interface LoadedImages {
  readonly urls: ReadonlyMap<number, string>;
  readonly failed: number;
}

/** Loads images of the message itself, and remote ones through the station when `remote` says so. */
export async function loadImages(view: MessageView, images: readonly ImageRef[], remote: boolean): Promise<LoadedImages> {
  const urls = new Map<number, string>();
  const wanted = [...images.entries()].filter(([, image]) => !image.tracker && (image.from === 'part' || remote));
  let room = allLimit;
  let failed = 0;
  const load = async ([index, image]: readonly [number, ImageRef]): Promise<void> => {
    const address = image.from === 'part' ? partAddress(view, image.name) : remoteAddress(view, image.name);
    const url = address === null ? null : await dataUrl(address, Math.min(oneLimit, room));
    if (url === null || url.length > room * 1.4) failed += 1;
    else {
      urls.set(index, url);
      room -= url.length;
    }
  };
  const next = wanted.values();
  await Promise.all(Array.from({ length: atOnce }, () => drain(next, load)));
  return { urls, failed };
}

/** Several of these share one iterator: each takes what the others have not taken. */
async function drain<T>(next: Iterator<T> & Iterable<T>, work: (one: T) => Promise<void>): Promise<void> {
  for (const one of next) await work(one);
}

/** The address as the message names it, spelled as the station spells it. */
function remoteAddress({ partsUrl }: MessageView, name: string): string | null {
  try {
    return `${partsUrl}/remote?url=${encodeURIComponent(new URL(name).href)}`;
  } catch {
    return null;
  }
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
