// Routing settings that cannot be meant are named before they are saved.
import { expect, it } from 'vitest';
import { checkRouting } from '../../../electron/routing/check.js';
import { routing } from '../../../shared/settings.js';
import { tableRouting } from '../../support/route-table.js';

it.each<[string, object, readonly string[]]>([
  ['nothing', {}, []],
  [
    'a whole set-up',
    {
      domains: ['example.com'],
      mailboxes: [{ address: '@example.com', path: '/home/VMAIL/x/' }],
      aliases: [{ from: 'root', to: ['@other.example'] }],
      postmaster: 'root',
    },
    [],
  ],
  ['a domain with a blank', { domains: ['a b'] }, ['domains.0']],
  ['an address for a domain', { domains: ['a@b'] }, ['domains.0']],
  ['a mailbox that steps out', { mailboxes: [{ address: 'a@b', path: '../x/' }] }, ['mailboxes.0.path']],
  ['a mailbox that steps out in the middle', { mailboxes: [{ address: 'a@b', path: 'b/../../x' }] }, ['mailboxes.0.path']],
  ['a mailbox with a control character', { mailboxes: [{ address: 'a@b', path: 'b/\u202ea' }] }, ['mailboxes.0.path']],
  ['a mailbox of the root', { mailboxes: [{ address: 'a@b', path: '/' }] }, ['mailboxes.0.path']],
  ['a mailbox for nobody', { mailboxes: [{ address: '@', path: 'b/a/' }] }, ['mailboxes.0.address']],
  [
    'a mailbox twice',
    {
      mailboxes: [
        { address: 'a@b', path: 'b/a/' },
        { address: 'A@B', path: 'b/c/' },
      ],
    },
    ['mailboxes.1.address'],
  ],
  ['an alias to nowhere', { aliases: [{ from: 'a@b', to: ['c d'] }] }, ['aliases.0.to']],
  [
    'an alias twice',
    {
      aliases: [
        { from: 'a@b', to: ['c'] },
        { from: 'a@b', to: ['d'] },
      ],
    },
    ['aliases.1.from'],
  ],
  [
    'an alias that chases its tail',
    {
      aliases: [
        { from: 'a@b', to: ['c@b'] },
        { from: 'c@b', to: ['a@b'] },
      ],
    },
    ['aliases.0', 'aliases.1'],
  ],
  [
    'an identity entry does not',
    {
      aliases: [
        { from: 'a@b', to: ['a@b'] },
        { from: '@b', to: ['a@b'] },
      ],
    },
    [],
  ],
  ['a postmaster that is no address', { postmaster: '@' }, ['postmaster']],
])('%s', (_, input, at) => expect(checkRouting(routing.parse(input)).map((fault) => fault.at)).toEqual(at));

it('finds the circles of the route table and nothing else', () => {
  expect(checkRouting(tableRouting).map(({ value }) => value)).toEqual([
    'ping@example.com',
    'pong@example.com',
    'ring1@example.com',
    'ring2@example.com',
    'growing@example.com',
  ]);
});
