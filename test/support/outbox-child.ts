// An outbox in a program of its own that kills itself (SIGKILL) before or after its n-th deed: a file operation, a row written,
// octets given to a socket. All three are wrapped here, so production code needs no hook.
// Arguments: JSON {home, message, bytes, edit, kill: {call, after} | null}. Prints `queued`, then each deed where it lives.
import fsp from 'node:fs/promises';
import { syncBuiltinESMExports } from 'node:module';
import { Socket } from 'node:net';
import { openSender } from './sender.js';

const { home, message, bytes, edit, kill } = JSON.parse(process.argv[2] ?? '{}');
const deeds: string[] = [];
let armed = false;

/** A deed of that name begins; true where the program dies after it. */
function begins(name: string): boolean {
  if (!armed) return false;
  const mine = kill !== null && deeds.push(name) === kill.call;
  if (kill === null) deeds.push(name);
  if (mine && !kill.after) process.kill(process.pid, 'SIGKILL');
  return mine;
}
const die = (mine: boolean): void => void (mine && process.kill(process.pid, 'SIGKILL'));

type Work = (...parameters: unknown[]) => unknown;
function counted(name: string, work: Work): Work {
  return async (...parameters) => {
    const mine = begins(name);
    try {
      return await work(...parameters);
    } finally {
      die(mine);
    }
  };
}
const files = fsp as unknown as Record<string, Work>;
for (const name of ['link', 'rename', 'rm', 'mkdir']) files[name] = counted(name, (files[name] as Work).bind(fsp));
const open = fsp.open.bind(fsp);
files.open = counted('open', async (...parameters) => {
  const file = (await open(...(parameters as Parameters<typeof open>))) as unknown as Record<string, Work>;
  for (const name of ['sync', 'writeFile', 'close']) file[name] = counted(name, (file[name] as Work).bind(file));
  return file;
});
syncBuiltinESMExports();

const write = Socket.prototype.write as unknown as Work;
const word = (octets: unknown) =>
  typeof octets === 'string' || Buffer.isBuffer(octets) ? octets.toString('latin1').slice(0, 4).trim() : '';
Object.defineProperty(Socket.prototype, 'write', {
  writable: true,
  value(this: Socket, ...parameters: unknown[]) {
    const mine = process.stdout === (this as unknown) ? false : begins(`write ${word(parameters[0])}`);
    const result = write.apply(this, parameters);
    // Not before the octets have left this program.
    if (mine) setImmediate(die, true);
    return result;
  },
});

const { outbox, close } = await openSender(home, (database) => {
  const prepare = database.prepare.bind(database);
  database.prepare = ((sql: string) => {
    const statement = prepare(sql);
    const run = statement.run.bind(statement) as unknown as Work;
    (statement as unknown as { run: Work }).run = (...parameters) => {
      const mine = begins('row');
      const result = run(...parameters);
      die(mine);
      return result;
    };
    return statement;
  }) as typeof database.prepare;
  return database;
});
armed = edit !== true;
if (message !== null) await outbox.queue(message, Buffer.from(bytes, 'base64'));
process.stdout.write('queued\n');
armed = true;
if (edit === true) await outbox.calls['outbox.settle']({ id: message.id, how: 'edit' });
else await outbox.flush();
armed = false;
process.stdout.write(`${deeds.join('\n')}\n`);
await close();
