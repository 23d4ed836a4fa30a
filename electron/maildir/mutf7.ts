// Modified UTF-7 (RFC 3501 section 5.1.3): how IMAP servers write folder names on disk.

/** Names that are plain ASCII stay as they are; '&' becomes '&-'. */
export function encodeMutf7(name: string): string {
  return name.replace(/&|[^\x20-\x7e]+/g, (run) => (run === '&' ? '&-' : `&${shifted(run)}-`));
}

function shifted(run: string): string {
  const bytes = Buffer.from(run, 'utf16le').swap16();
  return bytes.toString('base64').replace(/=+$/, '').replaceAll('/', ',');
}

/** The inverse; null where `name` is not modified UTF-7 (then it is shown as it stands). */
export function decodeMutf7(name: string): string | null {
  let valid = true;
  const text = name.replace(/&([A-Za-z0-9+,]*)(-?)/g, (_all, code: string, end: string) => {
    if (code === '' && end === '-') return '&';
    const bytes = Buffer.from(code.replaceAll(',', '/'), 'base64');
    if (end === '' || bytes.length === 0 || bytes.length % 2 !== 0) valid = false;
    else return bytes.swap16().toString('utf16le');
    return '';
  });
  return valid ? text : null;
}
