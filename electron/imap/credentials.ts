// What is sent to log in, as imapflow wants it.
import type { AuthOptions } from 'imapflow';
import type { Account } from '../../shared/account.js';
import { MailError } from '../../shared/error.js';

export interface Credentials {
  readonly user: string;
  /** A password, or an access token where `auth` says so. */
  readonly secret: string;
  readonly auth: Account['auth'];
}

/** Throws MailError `auth-unsupported` for a way that IMAP has not here. */
export function credentials({ user, secret, auth }: Credentials): AuthOptions {
  switch (auth) {
    case 'xoauth2':
    case 'oauthbearer':
      return { user, accessToken: secret };
    case 'auto':
      return { user, pass: secret };
    case 'password':
      return { user, pass: secret, loginMethod: 'LOGIN' };
    case 'plain':
      return { user, pass: secret, loginMethod: 'AUTH=PLAIN' };
    case 'login':
      return { user, pass: secret, loginMethod: 'AUTH=LOGIN' };
    default:
      throw new MailError('auth-unsupported', `there is no login by ${auth} for IMAP accounts`, false, { step: 'login' });
  }
}

/** Throws MailError `credentials-invalid`: a line break would let a password become a command. */
export function checkCredentials({ user, secret }: Credentials): void {
  const bad = /[\r\n\0]/;
  if (!bad.test(user) && !bad.test(secret)) return;
  const what = bad.test(user) ? 'user name' : 'password';
  throw new MailError('credentials-invalid', `the ${what} contains a line break or a NUL`, false, { step: 'login' });
}
