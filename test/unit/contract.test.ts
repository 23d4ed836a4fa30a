// The contract is pinned: names, inputs, and what passes the gate. A change here is a change for every window.
import { expect, test } from 'vitest';
import { z } from 'zod';
import { type CallName, contract, eventNames, type Station } from '../../shared/contract.js';
import { MailError } from '../../shared/error.js';
import { connect, dispatch, portPair, serve } from '../../shared/port.js';

test('names, inputs and events are as the golden file has them', async () => {
  const calls = Object.fromEntries(
    Object.entries(contract).map(([name, { input }]) => [
      name,
      z.toJSONSchema(input as z.ZodType, { io: 'input', unrepresentable: 'any' }),
    ]),
  );
  await expect(`${JSON.stringify({ calls, events: eventNames }, null, 2)}\n`).toMatchFileSnapshot('../fixture/contract.golden.json');
});

const station = (calls: Partial<Station>): Station => calls as Station;

test.each([
  ['an unknown name', 'nothing.here', {}, 'forbidden'],
  ['a name of the prototype', 'constructor', {}, 'forbidden'],
  ['__proto__', '__proto__', {}, 'forbidden'],
  ['a wrong input', 'message.open', { id: '' }, 'usage'],
  ['a surplus key', 'status.read', { path: '/etc/passwd' }, 'usage'],
  ['a path where an id is wanted', 'message.move', { ids: [], folder: 'x' }, 'usage'],
] as const)('%s is refused before the station sees it', async (_, name, input, code) => {
  const refused = dispatch(station({ 'status.read': () => Promise.reject(new Error('reached')) }), name, input);
  await expect(refused).rejects.toMatchObject({ code });
});

test('a call goes over, its answer and its failure come back, and events arrive', async () => {
  const [near, far] = portPair();
  const emit = serve(
    station({
      'problem.list': async () => [],
      'account.pause': () => Promise.reject(new MailError('not-found', 'there is no account x', false, { name: 'x' })),
    }),
    far,
  );
  const connection = connect(near);
  expect(await connection.call('problem.list', {})).toEqual([]);
  await expect(connection.call('account.pause', { id: 'x', paused: true })).rejects.toMatchObject({
    code: 'not-found',
    temporary: false,
    facts: { name: 'x' },
  });
  const heard = new Promise((resolve) => connection.on('account.changed', resolve));
  emit('account.changed', { id: 'x' });
  expect(await heard).toEqual({ id: 'x' });
});

test('a bug in the station is told as internal and temporary, its message kept', async () => {
  const [near, far] = portPair();
  serve(station({ 'problem.list': () => Promise.reject(new TypeError('undefined is not')) }), far);
  await expect(connect(near).call('problem.list', {})).rejects.toMatchObject({
    code: 'internal',
    temporary: true,
    message: 'undefined is not',
  });
});

test('what is no request is passed over', async () => {
  const [near, far] = portPair();
  serve(station({ 'problem.list': async () => [] }), far);
  for (const junk of [null, 1, 'text', {}, { id: 'x', call: 1 }, { id: 1.5, call: 'problem.list' }]) near.send(junk);
  expect(await connect(near).call('problem.list' satisfies CallName, {})).toEqual([]);
});

test('settings.write changes what is given and nothing else', () => {
  expect(contract['settings.write'].input.parse({ language: 'ja' })).toEqual({ language: 'ja' });
});
