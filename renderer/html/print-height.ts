// How tall a message's HTML is, so that all of it is printed: a frame is cut at its edge, and the message's own frame may
// not be looked into. A copy of the page is laid out unseen, without scripts, measured, and gone.

/** CSS pixels of a sheet between its margins: A4, as browsers print it. */
const sheetWidth = 718;

export async function pageHeight(page: string, width = sheetWidth): Promise<number> {
  const frame = document.createElement('iframe');
  // Same origin, so that its height can be read; without scripts, so that nothing in it can use that.
  frame.setAttribute('sandbox', 'allow-same-origin');
  frame.setAttribute('aria-hidden', 'true');
  frame.tabIndex = -1;
  Object.assign(frame.style, { position: 'fixed', left: '-10000px', top: '0', width: `${width}px`, height: '10px', visibility: 'hidden' });
  const loaded = new Promise((resolve) => frame.addEventListener('load', resolve, { once: true }));
  frame.srcdoc = page;
  document.body.append(frame);
  await loaded;
  const height = frame.contentDocument?.documentElement.scrollHeight ?? 0;
  frame.remove();
  return height;
}
