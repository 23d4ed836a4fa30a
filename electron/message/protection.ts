// Whether a message is signed or encrypted, and by which of the two standards (RFC 8551, RFC 3156, RFC 4880's armour in a
// text). Named only: nothing is verified or opened here, and the pane says so.
import type { Protection } from '../../shared/message.js';
import { firstField, type HeaderField } from './headers.js';
import { parseParameters } from './parameters.js';

export function protectionOf(fields: readonly HeaderField[], text: string, types: readonly string[]): Protection | null {
  const type = parseParameters(firstField(fields, 'content-type'));
  const protocol = (type.get('protocol') ?? '').toLowerCase();
  if (type.value === 'multipart/encrypted') return 'pgp-encrypted';
  if (type.value === 'multipart/signed') return protocol.includes('pgp') ? 'pgp-signed' : 'smime-signed';
  if (/^application\/(x-)?pkcs7-mime$/.test(type.value))
    return type.get('smime-type') === 'signed-data' ? 'smime-signed' : 'smime-encrypted';
  return byArmour(text) ?? byParts(types);
}

function byArmour(text: string): Protection | null {
  if (/^-----BEGIN PGP MESSAGE-----\s*$/m.test(text)) return 'pgp-encrypted';
  return /^-----BEGIN PGP SIGNED MESSAGE-----\s*$/m.test(text) ? 'pgp-signed' : null;
}

/** A list's footer puts the signed part one level down. */
function byParts(types: readonly string[]): Protection | null {
  if (types.includes('application/pgp-encrypted')) return 'pgp-encrypted';
  if (types.includes('application/pgp-signature')) return 'pgp-signed';
  if (types.some((type) => /^application\/(x-)?pkcs7-signature$/.test(type))) return 'smime-signed';
  return types.some((type) => /^application\/(x-)?pkcs7-mime$/.test(type)) ? 'smime-encrypted' : null;
}
