// Hostile HTML made harmless: DOMPurify with a strict list, then links, images and styles each put in order.
import DOMPurify, { type Config } from 'dompurify';
import { judgeLink, type LinkTarget } from '../link/judge.js';
import { cleanDeclarations, cleanSheet } from './css.js';
import { heldStyle, holdStyles } from './hold.js';

export interface CleanHtml {
  /** For the body of the frame. */
  readonly body: string;
  readonly css: string;
  readonly links: readonly LinkTarget[];
  readonly images: readonly ImageRef[];
}
/** An image that stands in the body as `data-image="N"` until its bytes are known. */
export interface ImageRef {
  readonly from: 'part' | 'remote';
  /** Content-ID without brackets, or the address. */
  readonly name: string;
  /** One pixel: it only tells the sender that the message was opened. It is taken out, and never loaded. */
  readonly tracker: boolean;
}

const config: Config & { RETURN_DOM_FRAGMENT: true } = {
  USE_PROFILES: { html: true },
  FORBID_TAGS: [
    'style',
    'form',
    'input',
    'button',
    'textarea',
    'select',
    'option',
    'dialog',
    'audio',
    'video',
    'source',
    'track',
    'picture',
    'template',
    'slot',
    'marquee',
    'map',
    'area',
  ],
  FORBID_ATTR: [
    'style',
    'srcset',
    'sizes',
    'background',
    'poster',
    'action',
    'autofocus',
    'tabindex',
    'contenteditable',
    'accesskey',
    'download',
    'ping',
    'popover',
    'popovertarget',
    'usemap',
    'name',
    'is',
    'slot',
  ],
  ALLOW_DATA_ATTR: false,
  ALLOW_ARIA_ATTR: false,
  ADD_ATTR: [heldStyle, 'bgcolor'],
  // DOMPurify asks this of every attribute's value: an address we know, or no address with a scheme at all.
  ALLOWED_URI_REGEXP: /^(?:(?:https?|mailto|cid):|data:image\/(?:png|jpe?g|gif|webp|bmp|avif)[;,]|[^a-z]|[a-z+.-]+(?:[^a-z+.\-:]|$))/i,
  ADD_URI_SAFE_ATTR: [heldStyle],
  // A frameset would take the body's place.
  FORCE_BODY: true,
  RETURN_DOM_FRAGMENT: true,
};

/** Characters of HTML that are looked at; the rest is cut off (S21). */
export const htmlLimit = 5_000_000;

/** Where link N leads inside the frame. */
export type LinkHref = (index: number) => string;

export function cleanHtml(text: string, linkHref: LinkHref): CleanHtml {
  const held = holdStyles(text.slice(0, htmlLimit));
  const fragment = DOMPurify.sanitize(held.html, config);
  const trackers = findTrackers(fragment);
  const css = [held.sheets.map(cleanSheet).join('\n'), styleClasses(fragment)].join('\n');
  const links = tameLinks(fragment, linkHref);
  const images = holdImages(fragment, trackers);
  const root = document.implementation.createHTMLDocument('').createElement('div');
  root.append(fragment);
  return { body: root.innerHTML, css, links, images };
}

/** DOMPurify lets every data: URL stand in an image. */
const bitmapUrl = /^data:image\/(?:png|jpe?g|gif|webp|bmp|avif)[;,]/i;

/** Style attributes become classes: the frame's one style element carries the nonce, attributes cannot. */
function styleClasses(fragment: DocumentFragment): string {
  const names = new Map<string, string>();
  for (const element of fragment.querySelectorAll(`[${heldStyle}]`)) {
    const text = cleanDeclarations(element.getAttribute(heldStyle) ?? '');
    element.removeAttribute(heldStyle);
    if (text === '') continue;
    const name = names.get(text) ?? `held-${names.size}`;
    names.set(text, name);
    element.classList.add(name);
  }
  // Doubled, so that an attribute still wins over the message's own sheets.
  return [...names].map(([text, name]) => `.${name}.${name}.${name}{${text}}`).join('\n');
}

function tameLinks(fragment: DocumentFragment, linkHref: LinkHref): readonly LinkTarget[] {
  const links: LinkTarget[] = [];
  for (const anchor of fragment.querySelectorAll('a[href]')) {
    const target = judgeLink(anchor.getAttribute('href') ?? '', anchor.textContent ?? '');
    anchor.removeAttribute('href');
    anchor.removeAttribute('target');
    if (target === null) continue;
    anchor.setAttribute('href', linkHref(links.length));
    anchor.setAttribute('target', '_top');
    anchor.setAttribute(
      'title',
      target.kind === 'web' && target.readable !== target.host ? `${target.readable} = ${target.url}` : target.url,
    );
    if (target.doubts.includes('mismatch')) anchor.classList.add('todoku-doubt');
    links.push(target);
  }
  return links;
}

function holdImages(fragment: DocumentFragment, trackers: ReadonlySet<Element>): readonly ImageRef[] {
  const images: ImageRef[] = [];
  for (const image of fragment.querySelectorAll('img')) {
    const source = image.getAttribute('src') ?? '';
    if (bitmapUrl.test(source)) continue;
    image.removeAttribute('src');
    const part = /^cid:/i.test(source);
    if (!part && !/^https?:/i.test(source)) continue;
    image.setAttribute('data-image', String(images.length));
    const tracker = !part && trackers.has(image);
    images.push({ from: part ? 'part' : 'remote', name: part ? decodeCid(source.slice(4)) : source, tracker });
    if (tracker) image.remove();
  }
  return images;
}

function decodeCid(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Before style attributes are turned into classes: an image may be made invisible by either. */
function findTrackers(fragment: DocumentFragment): ReadonlySet<Element> {
  return new Set([...fragment.querySelectorAll('img')].filter(isTracker));
}

const unseen =
  /(?:^|[;\s])(?:display\s*:\s*none|visibility\s*:\s*hidden|opacity\s*:\s*0(?:\.0+)?\s*(?:[;!]|$)|(?:max-)?(?:width|height)\s*:\s*[01](?:px)?\s*(?:[;!]|$))/i;

function isTracker(image: Element): boolean {
  const tiny = (name: string) => /^[01](px)?$/.test(image.getAttribute(name)?.trim() ?? '');
  return tiny('width') || tiny('height') || unseen.test(image.getAttribute(heldStyle) ?? '');
}
