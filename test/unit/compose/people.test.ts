// Who gets an answer, what is typed as an address, and what is asked before sending.
import { expect, test } from 'vitest';
import { parseMailto } from '../../../electron/message/compose-mailto.js';
import { answerTo } from '../../../electron/message/compose-recipients.js';
import { parseTyped, typedAddresses } from '../../../shared/address-text.js';
import { speaksOfFile, swapSignature, withSignature } from '../../../shared/compose.js';

const who = (...names: string[]) => names.map((name) => ({ name: '', address: `${name}@x` }));
const people = { from: who('ann'), to: who('me', 'eve'), cc: who('bob', 'ME'), replyTo: [], followUp: [], listPost: null };
const own = (address: string) => /^me@x$/i.test(address);
const names = ({ to, cc }: ReturnType<typeof answerTo>) =>
  [to, cc].map((list) => list.map(({ address }) => address.replace('@x', '')).join(' '));

test.each([
  ['to the author', false, people, ['ann', '']],
  ['to all, without us', true, people, ['ann', 'eve bob']],
  ['to where answers are wanted', false, { ...people, replyTo: who('desk') }, ['desk', '']],
  ['the list in Reply-To does not hide the author', false, { ...people, replyTo: who('list'), listPost: 'list@x' }, ['ann', '']],
  ['but gets the answer to all', true, { ...people, replyTo: who('list'), listPost: 'list@x' }, ['ann', 'eve bob list']],
  ['Mail-Followup-To is for all', true, { ...people, followUp: who('list', 'me') }, ['list', '']],
  ['our own message: to those it went to', false, { ...people, from: who('me'), to: who('eve') }, ['eve', '']],
  ['our own message, all', true, { ...people, from: who('me'), to: who('eve') }, ['eve', 'bob ME']],
] as const)('%s', (_, all, given, expected) => expect(names(answerTo(all, given, own))).toEqual(expected));

test('typed addresses', () => {
  const { addresses, wrong } = parseTyped('"Doe, Jane" <jane@a.example>; joe@b.example,\n山田 <y@c.example>、half, , jane@a.example');
  expect(typedAddresses(addresses)).toBe('"Doe, Jane" <jane@a.example>, joe@b.example, 山田 <y@c.example>');
  expect(wrong).toEqual(['half']);
  expect(parseTyped('<x').wrong).toEqual(['<x']);
});

test('mailto takes recipients, subject and text, and nothing else', () => {
  expect(parseMailto('mailto:a@x,b@x?cc=c@x&bcc=d%40x&subject=a%0Ab&body=1%0D%0A2&attach=/etc/passwd&in-reply-to=%3Cm@x%3E')).toEqual({
    ...{ to: who('a', 'b'), cc: who('c'), bcc: who('d'), subject: 'a b', text: '1\n2', inReplyTo: '<m@x>' },
  });
  expect(parseMailto('javascript:alert(1)').to).toEqual([]);
});

test.each([
  ['The file is attached.', true],
  ['資料を添付します。', true],
  ['同封のとおり', true],
  ['Nothing here', false],
  ['Yes.\n> I have attached it', false],
  ['Yes.\n-- \nattached signature', false],
] as const)('an attachment is spoken of: %s', (text, expected) => expect(speaksOfFile(text)).toBe(expected));

test('a signature changes with the identity, unless it was changed by hand', () => {
  const text = withSignature('Hello\n', 'Joe');
  expect(text).toBe('Hello\n\n-- \nJoe');
  expect(swapSignature(text, 'Joe', 'Ann')).toBe('Hello\n\n-- \nAnn');
  expect(swapSignature(text, 'Joe', '')).toBe('Hello\n');
  expect(swapSignature('Hello\n\n-- \nJoe!', 'Joe', 'Ann')).toBe('Hello\n\n-- \nJoe!');
  expect(swapSignature('Hello', '', 'Ann')).toBe('Hello\n\n-- \nAnn');
});
