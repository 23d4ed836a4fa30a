// The two origins of the desktop app, and the test of belonging to one: by parsing, never by prefix (S8).

export const windowOrigin = 'app://todoku';
export const partOrigin = 'mailpart://todoku';

export function isWindowAddress(address: string): boolean {
  return belongs(address, 'app:');
}

export function isPartAddress(address: string): boolean {
  return belongs(address, 'mailpart:');
}

function belongs(address: string, protocol: string): boolean {
  try {
    const { protocol: found, host, username, password } = new URL(address);
    return found === protocol && host === 'todoku' && username === '' && password === '';
  } catch {
    return false;
  }
}
