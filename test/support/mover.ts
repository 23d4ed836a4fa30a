// Moves messages to and fro between two Maildirs for ever; killed by move-crash.test.ts.
import { listMessages } from '../../electron/maildir/list.js';
import { moveMessage, settleMoves } from '../../electron/maildir/move.js';

const [first = '', second = ''] = process.argv.slice(2);
console.log('moving');
for (;;) {
  for (const [from, to] of [
    [first, second],
    [second, first],
  ] as const) {
    const files = await listMessages(from);
    await Promise.all(files.map(({ file }) => moveMessage(from, file, to)));
    await settleMoves([from], to);
  }
}
