// dovecot.conf and its password file for one test server.
import { join } from 'node:path';
import type { Persona } from './dovecot-persona.js';
import type { KeyPair } from './tls.js';

export interface Setup {
  readonly root: string;
  readonly ports: { readonly pop3: number; readonly pop3s: number; readonly imap: number; readonly imaps: number };
  readonly maildirs: ReadonlyMap<string, string>;
  readonly protocols: readonly ('pop3' | 'imap' | 'lmtp')[];
  readonly tls: boolean;
  readonly extra: string;
  readonly persona: Persona;
  readonly certificate: KeyPair;
}

/** One line of passwd-file(5); the password in base64, because a colon ends a field. */
export function passwordLine(setup: Setup, name: string, password: string): string {
  const { uid, gid } = setup.persona;
  const secret = Buffer.from(password).toString('base64');
  const home = join(setup.root, 'home', name);
  return `${name}:{PLAIN.B64}${secret}:${uid}:${gid}::${home}::userdb_mail=maildir:${setup.maildirs.get(name) ?? home}`;
}

export function dovecotConf(setup: Setup): string {
  const { root, persona, tls, protocols } = setup;
  return `
protocols = ${protocols.join(' ')}
listen = 127.0.0.1
base_dir = ${root}/run
state_dir = ${root}/state
log_path = ${root}/dovecot.log
${owners(persona)}
first_valid_uid = 1
mail_uid = ${persona.uid}
mail_gid = ${persona.gid}
mail_fsync = never
disable_plaintext_auth = no
auth_mechanisms = plain login cram-md5 scram-sha-256 apop
auth_failure_delay = 0
mail_max_userip_connections = 200
mailbox_list_index = no
ssl = ${tls ? 'yes' : 'no'}
ssl_cert = <${root}/cert.pem
ssl_key = <${root}/key.pem
passdb {
  driver = passwd-file
  args = username_format=%u ${root}/users
}
userdb {
  driver = passwd-file
  args = username_format=%u ${root}/users
}
namespace inbox {
  inbox = yes
}
service stats {
  client_limit = 1000
}
${services(setup)}
${setup.extra}
`;
}

function owners({ privileged, user, group }: Persona): string {
  if (privileged) return '';
  return `default_internal_user = ${user}\ndefault_internal_group = ${group}\ndefault_login_user = ${user}`;
}

function services(setup: Setup): string {
  const chroot = setup.persona.privileged ? '' : '  chroot =\n';
  const login = (name: 'pop3' | 'imap') => `service ${name}-login {
${chroot}  inet_listener ${name} {
    port = ${setup.ports[name]}
  }
  inet_listener ${name}s {
    port = ${setup.tls ? setup.ports[`${name}s`] : 0}
    ssl = yes
  }
}
`;
  const logins = setup.protocols.flatMap((name) => (name === 'lmtp' ? [] : [login(name)]));
  // Without this listener there is no penalty: seconds of waiting, for everybody on this address, after a wrong password.
  const anvil = `service anvil {\n${chroot}  unix_listener anvil-auth-penalty {\n    mode = 0\n  }\n}\n`;
  const lmtp = `service lmtp {\n  unix_listener ${setup.root}/lmtp {\n    mode = 0666\n  }\n}\n`;
  return logins.join('') + anvil + (setup.protocols.includes('lmtp') ? lmtp : '');
}
