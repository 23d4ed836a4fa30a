// The account test of the fake station: a self-signed certificate at hosts called self..., a refusal of the password "wrong", else all well.
import type { Account } from '../../shared/account.js';
import type { Events } from '../../shared/contract.js';
import type { Failure } from '../../shared/error.js';
import type { Certificate, TestReport, TestStep } from '../../shared/station.js';

const octets = Array.from({ length: 32 }, (_, index) => ((index * 37 + 124) % 256).toString(16).toUpperCase().padStart(2, '0'));
export const fakeCertificate: Certificate = {
  subject: 'CN=mail.kumiai.example',
  issuer: 'CN=mail.kumiai.example',
  names: ['mail.kumiai.example', 'pop.kumiai.example'],
  from: '2026-03-04T00:00:00.000Z',
  to: '2029-03-03T00:00:00.000Z',
  fingerprint: octets.join(':'),
  pem: '-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----\n',
};
type Announce = (step: Events['account.test']) => void;

export async function fakeTest(announce: Announce, run: string, account: Account, secret: string | null): Promise<TestReport> {
  const steps: TestStep[] = [];
  for (const step of sketch(account, secret)) {
    await new Promise((resolve) => setTimeout(resolve, 60));
    announce({ run, step });
    steps.push(step);
  }
  const failed = steps.find(({ ok }) => !ok);
  return {
    ok: failed === undefined,
    steps,
    failure: failed === undefined ? null : failureOf(failed, account),
    exit: failed === undefined ? 0 : 3,
  };
}

function sketch(account: Account, secret: string | null): readonly TestStep[] {
  const good = (step: TestStep['step'], milliseconds: number, detail: string): TestStep => ({
    step,
    ok: true,
    milliseconds,
    detail,
    hint: null,
  });
  const reach = [good('dns', 3.2, '198.51.100.31'), good('tcp', 12, `${account.host}:${account.port}`)];
  if (account.host.startsWith('self') && account.pin === null) return [...reach, untrusted];
  const tls = good(account.security === 'starttls' ? 'starttls' : 'tls', 24, 'TLSv1.3, TLS_AES_256_GCM_SHA384');
  const talk = [good('greeting', 30, '+OK Dovecot ready.'), good('capabilities', 5, 'TOP UIDL PIPELINING SASL PLAIN')];
  const open = account.security === 'none' ? talk : account.security === 'tls' ? [tls, ...talk] : [...talk, tls];
  if (secret === 'wrong') return [...reach, ...open, refused];
  return [...reach, ...open, good('login', 41, account.user), good('mailbox', 8, '46 messages, 1204331 octets, UIDL, PIPELINING')];
}

const untrusted: TestStep = {
  step: 'tls',
  ok: false,
  milliseconds: 41,
  detail: 'The certificate is self-signed, so nobody else vouches for it.',
  hint: 'If you know this server, compare the fingerprint with its operator’s and choose Trust this certificate. No password was sent.',
  certificate: fakeCertificate,
};
const refused: TestStep = {
  step: 'login',
  ok: false,
  milliseconds: 2040,
  detail: 'The server refused the password. It said: “Authentication failed.”',
  hint: 'Check user name and password. Some providers want an app password, or POP access switched on in their settings.',
};

function failureOf(step: TestStep, account: Account): Failure {
  return {
    code: step.step === 'login' ? 'auth' : 'tls-untrusted',
    message: step.detail,
    temporary: false,
    host: account.host,
    user: account.user,
  };
}
