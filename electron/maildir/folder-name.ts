// Folder names: 'Work/日本' as people see it, '.Work.&ZeVnLA-' as Maildir++ stores it. Checked, so that no name leaves its mailbox.
import { MailError } from '../../shared/error.js';
import { decodeMutf7, encodeMutf7 } from './mutf7.js';

/** NAME_MAX of the file systems we meet. */
const nameLimit = 255;
const bidiControls = /[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/;
const controls = /[\u0000-\u001f\u007f-\u009f\u2028\u2029]/;
/** Names that other systems open as devices; a Maildir may be copied there. */
const devices = /^(con|prn|aux|nul|com\d|lpt\d)$/i;

function complaint(component: string): string | null {
  if (component.trim() === '') return 'is empty';
  if (component.includes('.')) return 'has a dot, which divides folders on disk';
  if (/[\\*%~]/.test(component)) return 'has one of \\ * % ~';
  if (controls.test(component) || bidiControls.test(component)) return 'has a control character';
  if (devices.test(component)) return 'is the name of a device';
  return null;
}

/**
 * The directory of a folder named `name` ('' is the inbox: the mailbox itself).
 * Throws MailError `usage` for names that cannot be a Maildir++ folder.
 */
export function folderDirectory(name: string, utf8 = false): string {
  if (name === '') return '';
  const components = name.normalize('NFC').split('/');
  for (const component of components) {
    const wrong = complaint(component);
    if (wrong !== null) throw new MailError('usage', `the folder name ${wrong}`, false, { name: name.slice(0, 200) });
  }
  const encoded = components.map((component) => (utf8 ? component : encodeMutf7(component)));
  const directory = `.${encoded.join('.')}`;
  if (Buffer.byteLength(directory) > nameLimit)
    throw new MailError('usage', 'the folder name is too long', false, { name: name.slice(0, 200) });
  return directory;
}

/** What people see for a directory; UTF-8 and modified UTF-7 are told apart by their bytes. Never throws. */
export function folderTitle(directory: string): string {
  const name = directory.replace(/^\./, '');
  const decoded = isAscii(name) ? decodeMutf7(name) : name;
  return (decoded === null ? name : decoded).split('.').join('/');
}

export function isAscii(text: string): boolean {
  return !/[^\x00-\x7f]/.test(text);
}

/** True for a directory entry that is a Maildir++ folder of the mailbox (`..x` are trash of ours or Dovecot's). */
export function isFolderEntry(entry: string): boolean {
  return entry.length > 1 && entry.startsWith('.') && !entry.startsWith('..') && !entry.includes('/');
}
