// Secrets sealed by the desktop's keyring (safeStorage). Where only Chromium's fixed key is there, it says so.
import { safeStorage } from 'electron';
import { MailError } from '../../shared/error.js';
import type { Keyring } from '../station/context.js';

/** After the app is ready. `strong` is false on Linux without a keyring: the backend is then `basic_text`. */
export function desktopKeyring(): Keyring | null {
  if (!safeStorage.isEncryptionAvailable()) return null;
  const strong = process.platform !== 'linux' || !['basic_text', 'unknown'].includes(safeStorage.getSelectedStorageBackend());
  return { strong, seal, open };
}

function seal(secret: string): Promise<string> {
  try {
    return Promise.resolve(safeStorage.encryptString(secret).toString('base64'));
  } catch (error) {
    return Promise.reject(new MailError('secret-missing', 'the keyring did not take the secret', true, { cause: error }));
  }
}

function open(sealed: string): Promise<string> {
  try {
    return Promise.resolve(safeStorage.decryptString(Buffer.from(sealed, 'base64')));
  } catch (error) {
    return Promise.reject(new MailError('secret-missing', 'the keyring cannot open the secret', true, { cause: error }));
  }
}
