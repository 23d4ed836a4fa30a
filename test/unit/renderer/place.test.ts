// Places are addresses: they survive a reload, and strange ones lead to mail.
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { boxOf, boxPath, openMessage } from '../../../renderer/state/box.js';
import { findFolder, firstInbox, groupByDomain, sibling, sortFolders } from '../../../renderer/state/mailbox.js';
import { formatPlace, parsePlace, screens } from '../../../renderer/state/place.js';
import { resolveLanguage, resolveTheme } from '../../../renderer/state/settings.js';
import { makeMailboxes, makeMessages } from '../../support/fake-mail.js';

describe('a place', () => {
  test('comes back from its address', () => {
    const part = fc.string({ minLength: 1 }).filter((text) => !/\p{Cs}/u.test(text));
    fc.assert(
      fc.property(fc.constantFrom(...screens), fc.array(part, { maxLength: 3 }), (screen, path) => {
        expect(parsePlace(formatPlace({ screen, path }))).toEqual({ screen, path });
      }),
    );
  });
  test.each(['', '#', '#/', '#/nowhere/x', '#/%E0%A4%A'])('%j leads to mail', (hash) => {
    expect(parsePlace(hash).screen).toBe('mail');
  });
  test.each([
    ['#/mail', { kind: 'first' }],
    ['#/mail/folder/inbox/m1', { kind: 'folder', folder: 'inbox' }],
    ['#/mail/smart/unread', { kind: 'smart', smart: 'unread' }],
    ['#/mail/smart/never', { kind: 'first' }],
    ['#/mail/search/%E4%BC%9A%E8%AD%B0', { kind: 'search', words: '会議' }],
  ])('%s is a box', (hash, box) => {
    expect(boxOf(parsePlace(hash))).toEqual(box);
  });
  test('a box knows its path, and which message is open', () => {
    const place = parsePlace('#/mail/folder/inbox/m1');
    expect(boxPath(boxOf(place))).toEqual(['folder', 'inbox']);
    expect(openMessage(place)).toBe('m1');
  });
});

describe('mailboxes', () => {
  const mailboxes = makeMailboxes(makeMessages(Date.now()));
  test('stand by domain and user, IMAP apart', () => {
    expect(groupByDomain(mailboxes).map(({ domain, mailboxes: users }) => [domain, users.map(({ user }) => user)])).toEqual([
      ['kumiai.example', ['info']],
      ['mori.example', ['ayumi', 'postmaster']],
    ]);
  });
  test('folders with roles come first', () => {
    const roles = sortFolders(findFolder(mailboxes, 'inbox')?.mailbox.folders ?? []).map(({ role }) => role);
    expect(roles.slice(0, 6)).toEqual(['inbox', 'drafts', 'sent', 'archive', 'junk', 'trash']);
  });
  test('a role is found in the same mailbox, or not at all', () => {
    expect(sibling(mailboxes, 'kumiai', 'trash')?.id).toBe('kumiai-trash');
    expect(sibling(mailboxes, 'postmaster', 'trash')).toBeNull();
    expect(firstInbox([])).toBeNull();
  });
});

describe('language and theme', () => {
  test.each([
    ['system', ['ja-JP', 'en'], 'ja'],
    ['system', ['fr', 'ja'], 'ja'],
    ['system', ['fr'], 'en'],
    ['en', ['ja'], 'en'],
    ['ja', [], 'ja'],
  ] as const)('%s with %j is %s', (choice, system, expected) => {
    expect(resolveLanguage(choice, system)).toBe(expected);
  });
  test('the system decides only when asked', () => {
    expect([resolveTheme('system', true), resolveTheme('system', false), resolveTheme('light', true)]).toEqual(['dark', 'light', 'light']);
  });
});
