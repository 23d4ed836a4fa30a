// The card of a calendar or contact part. Null where the part is neither, or says nothing that a card could show.
import type { Card } from '../../shared/card.js';
import { readCalendar } from './calendar.js';
import { decodeText } from './charset.js';
import { readContacts } from './contact.js';
import { readPart } from './view-part.js';

/** Octets of a part that are read as a card. */
const cardOctets = 2_000_000;

/** Throws what mailparser throws. */
export async function readCard(path: string, part: string): Promise<Card | null> {
  const found = await readPart(path, part, '', null);
  if (found === null || found.bytes.length > cardOctets) return null;
  const text = decodeText(found.bytes, 'utf-8');
  return /^BEGIN:VCARD\s*$/im.test(text) ? readContacts(text) : readCalendar(text);
}
