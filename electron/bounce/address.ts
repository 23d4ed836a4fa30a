// Addresses as reports write them: `rfc822; <a@b>`, comments, xtext (RFC 3461 4), utf-8 types (RFC 6533 3), X.400.

/** `type; value`, where the type is one word; a value without a type keeps null. */
export function typed(text: string): { readonly type: string | null; readonly value: string } {
  const found = /^\s*([A-Za-z0-9][\w.+-]{0,40})\s*;\s*([\s\S]*)$/.exec(text);
  return found ? { type: (found[1] ?? '').toLowerCase(), value: (found[2] ?? '').trim() } : { type: null, value: text.trim() };
}

/** The address of a Final-Recipient or Original-Recipient; null where there is none. Its own case is kept. */
export function recipientAddress(field: string | undefined): string | null {
  if (field === undefined) return null;
  const { type, value } = typed(field);
  const text = type === 'utf-8' ? unicode(value) : value;
  const plain = /^[^<>]{0,200}<([^<>\s]+)>/.exec(text)?.[1] ?? text.replace(/^["'<\s]+|[>"'\s]+$/g, '');
  const bare =
    type === null || type === 'rfc822' || type === 'utf-8' ? plain.replace(/\s+\(.*\)$/, '').replace(/^mailto:|^SMTP:/i, '') : plain;
  const address = type === 'utf-8' ? bare : xtext(bare);
  return address === '' || address.length > 500 ? null : address;
}

/** `+2B` and the like, only where every plus sign begins one: `user+tag@example` is an address as it stands. */
function xtext(text: string): string {
  const pluses = text.match(/\+/g)?.length ?? 0;
  const codes = text.match(/\+[0-9A-F]{2}/g)?.length ?? 0;
  if (pluses === 0 || pluses !== codes || !/\+(?:2B|3D|40|20|22|25)/.test(text)) return text;
  return text.replaceAll(/\+([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)));
}

/** RFC 6533 utf-8-addr-xtext: `\x{HEX}`. */
function unicode(text: string): string {
  return text.replaceAll(/\\x\{([0-9A-F]{1,6})\}/gi, (all, hex: string) => {
    const code = Number.parseInt(hex, 16);
    return code > 0 && code <= 0x10ffff ? String.fromCodePoint(code) : all;
  });
}

const shape = /^[^\s@<>()[\],;:"\\]{1,200}@(?:[\p{L}\p{N}_-]+\.){0,20}[\p{L}\p{N}_-]+$|^[^\s@<>(),;:\\]{1,200}@\[[\d.:a-fA-FIPv]{3,50}\]$/u;

/** What prose yields is an address only if it looks like one. */
export function cleanAddress(text: string): string | null {
  const bare = text
    .replace(/^[\s"'<([*:>]+|[\s"'>)\]*,;:.]+$/g, '')
    .replace(/^(?:mailto|smtp|rfc822):/i, '')
    .replaceAll(/=([0-9A-F]{2})/g, (_all, hex: string) => String.fromCharCode(Number.parseInt(hex, 16)))
    .trim();
  return shape.test(bare) ? bare : null;
}
