// A vCard part (2.1, RFC 2426, RFC 6350) as the pane's card says it.
import type { Card, Contact } from '../../shared/card.js';
import { blocks } from './calendar.js';
import { type ContentLine, contentLines, structured, unescapeText } from './content-line.js';

const [contactLimit, listLimit, textLimit] = [50, 20, 2_000];

/** Null where there is no contact in it. */
export function readContacts(text: string): Card | null {
  const contacts = blocks(contentLines(text), 'VCARD').slice(0, contactLimit).map(contactOf);
  return contacts.length === 0 ? null : { kind: 'contacts', contacts };
}

function contactOf(lines: readonly ContentLine[]): Contact {
  const values = (name: string) => lines.filter((line) => line.name === name).slice(0, listLimit);
  const texts = (name: string) =>
    values(name)
      .map(({ value }) => unescapeText(value).trim().slice(0, textLimit))
      .filter((value) => value !== '');
  const first = (name: string) => texts(name)[0] ?? '';
  return {
    name: first('FN') || structured(values('N')[0]?.value ?? '').join(' ') || first('NICKNAME'),
    organization: structured(values('ORG')[0]?.value ?? '').join(', '),
    title: first('TITLE') || first('ROLE'),
    emails: texts('EMAIL').map((email) => email.replace(/^mailto:/i, '')),
    phones: texts('TEL').map((phone) => phone.replace(/^tel:/i, '')),
    addresses: values('ADR')
      .map(({ value }) => structured(value).join(', '))
      .filter((value) => value !== ''),
    links: texts('URL'),
    birthday: first('BDAY').slice(0, 40),
    note: first('NOTE'),
  };
}
