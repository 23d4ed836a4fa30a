// The fetchers that the kills and the soak compare: how each is told of one account, and its command line.
import { chmodSync, chownSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { makeScenario } from '../support/crash.js';

const nobody = 65_534;
export type Mode = 'keep' | 'delete';

export interface Place {
  readonly folder: string;
  readonly maildir: string;
  readonly port: number;
  readonly user: string;
  readonly mode: Mode;
  /** Absent: not encrypted. The port is the TLS port then. */
  readonly tls?: { readonly pin: string; readonly pem: string };
}
export interface Peer {
  readonly name: string;
  /** Writes its configuration; returns its command line. `maildir` is where it delivers. */
  prepare(place: Place): { readonly command: readonly string[]; readonly maildir: string; readonly end?: () => void };
}

const write = (path: string, text: string) => writeFileSync(path, text, { mode: 0o600 });
const cli = join(import.meta.dirname, '..', '..', 'out', 'main', 'cli.js');

export const peers: readonly Peer[] = [
  {
    name: 'todoku',
    prepare({ port, user, mode, tls }) {
      const encrypted = tls === undefined ? {} : { security: 'tls' as const, pin: tls.pin, pinnedPem: tls.pem };
      const { home, maildir } = makeScenario({ port, user, fetch: { retention: { kind: mode } }, ...encrypted }, 'secret', null);
      return {
        command: [process.execPath, cli, 'poll', '--home', home],
        maildir,
        end: () => rmSync(home, { recursive: true, force: true }),
      };
    },
  },
  {
    name: 'fetchmail',
    prepare({ folder, maildir, port, user, mode, tls }) {
      const wire = tls === undefined ? "sslproto ''" : 'ssl no sslcertck';
      const keep = mode === 'keep' ? 'keep' : 'nokeep';
      write(
        join(folder, 'rc'),
        `poll 127.0.0.1 service ${port} protocol pop3 uidl user "${user}" password "secret" ${keep} ${wire} mda "safecat ${maildir}/tmp ${maildir}/new"\n`,
      );
      const command = ['fetchmail', '--nodetach', '-f', join(folder, 'rc'), '-i', join(folder, 'ids'), '--pidfile', join(folder, 'pid')];
      return { command, maildir };
    },
  },
  {
    name: 'mpop',
    prepare({ folder, maildir, port, user, mode, tls }) {
      const wire = tls === undefined ? 'tls off' : 'tls on\ntls_starttls off\ntls_certcheck off';
      write(
        join(folder, 'rc'),
        `account default\nhost 127.0.0.1\nport ${port}\n${wire}\nauth user\nuser ${user}\npassword secret\nkeep ${mode === 'keep' ? 'on' : 'off'}\ndelivery maildir ${maildir}\nuidls_file ${join(folder, 'uidls')}\nreceived_header off\n`,
      );
      return { command: ['mpop', '-q', '-C', join(folder, 'rc'), 'default'], maildir };
    },
  },
  // getmail6 listens for the end of its child only after the fork, and hangs on one that was quicker: not what is counted here,
  // so its command sleeps a moment first.
  {
    name: 'getmail6',
    prepare({ folder, maildir, port, user, mode }) {
      write(
        join(folder, 'rc'),
        `[retriever]\ntype = SimplePOP3Retriever\nserver = 127.0.0.1\nport = ${port}\nusername = ${user}\npassword = secret\n[destination]\ntype = MDA_external\npath = /bin/sh\narguments = ("-c", "sleep 0.1; exec safecat ${maildir}/tmp ${maildir}/new")\n${asNobody(folder, maildir)}[options]\ndelete = ${mode === 'delete'}\nread_all = false\nreceived = false\ndelivered_to = false\n`,
      );
      return { command: ['getmail', '--getmaildir', folder, '--rcfile', join(folder, 'rc')], maildir };
    },
  },
];

/** getmail6 refuses to deliver as root, so there it gives the Maildir to nobody. Returns the line that says so. */
function asNobody(folder: string, maildir: string): string {
  if (process.getuid?.() !== 0) return '';
  chmodSync(folder, 0o755);
  for (const path of [maildir, ...['tmp', 'new', 'cur'].map((part) => join(maildir, part))]) chownSync(path, nobody, nobody);
  return 'user = nobody\ngroup = nogroup\n';
}
