// Whom Dovecot runs as. It refuses mail access to root, and a station under test that runs as root writes files that
// only root can read: so root puts Dovecot into a user namespace where root is called dovecot.
import { execFile } from 'node:child_process';
import { userInfo } from 'node:os';
import { promisify } from 'node:util';

const run = promisify(execFile);

export interface Persona {
  readonly user: string;
  readonly group: string;
  /** As Dovecot sees them. */
  readonly uid: number;
  readonly gid: number;
  /** Put before the command. */
  readonly wrap: readonly string[];
  /** Real root without a namespace: mail belongs to another user, and cannot be shared with a station of root's. */
  readonly privileged: boolean;
}

export async function findPersona(): Promise<Persona> {
  const { uid, gid, username } = userInfo();
  if (uid !== 0) return { user: username, group: await id('-gn'), uid, gid, wrap: [], privileged: false };
  const own = { user: 'dovecot', group: 'dovecot', uid: Number(await id('-u', 'dovecot')), gid: Number(await id('-g', 'dovecot')) };
  const wrap = ['unshare', '--user', `--map-user=${own.uid}`, `--map-group=${own.gid}`];
  return (await works(wrap)) ? { ...own, wrap, privileged: false } : { ...own, wrap: [], privileged: true };
}

async function id(...args: string[]): Promise<string> {
  return (await run('id', args)).stdout.trim();
}

async function works([program = '', ...args]: readonly string[]): Promise<boolean> {
  return run(program, [...args, 'true']).then(
    () => true,
    () => false,
  );
}
