// The two origins of the desktop app, and the test of belonging to one: by parsing, never by prefix (S8).

export const windowOrigin = 'app://todoku';

export function isWindowAddress(address: string): boolean {
  return belongs(address, 'app:');
}

export function isPartAddress(address: string): boolean {
  return belongs(address, 'mailpart:');
}

/** The window's own page, at whatever fragment: the one place where its main frame may stand. */
export function isWindowPage(address: string): boolean {
  return isWindowAddress(address) && ['/', '/index.html'].includes(new URL(address).pathname);
}

/** A message part, by either of its addresses. */
export function isPart(address: string): boolean {
  return isPartAddress(address) || (isWindowAddress(address) && new URL(address).pathname.startsWith('/part/'));
}

/** Made by the window itself (a CSV); a mail's frame has an origin of its own, which is `null` here. */
export function isOwnBlob(address: string): boolean {
  return address.startsWith('blob:') && isWindowAddress(address.slice('blob:'.length));
}

function belongs(address: string, protocol: string): boolean {
  try {
    const { protocol: found, host, username, password } = new URL(address);
    return found === protocol && host === 'todoku' && username === '' && password === '';
  } catch {
    return false;
  }
}
