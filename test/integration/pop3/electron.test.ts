// Electron links BoringSSL, not OpenSSL: the same judgement of certificates and pins there, on the real runtime.
import { expect, it } from 'vitest';
import { findRuntime } from '../../../scripts/runtime.js';
import { fakePassword, fakeUser, startFakePop3 } from '../../support/fake-pop3.js';
import { type KeyPair, selfSigned } from '../../support/tls.js';
import type { Given } from './client.js';
import { checkout, makeProgram } from './program.js';

const script = `
import { openPop3, peerCertificate } from './session.js';
const outcomes = [];
for (const given of JSON.parse(process.argv[2])) {
  try {
    const session = await openPop3({ host: '127.0.0.1', auth: 'auto', timeoutSeconds: 10, ...given });
    await session.quit();
    outcomes.push(['logged in', session.tls.certificate.fingerprint]);
  } catch (error) {
    outcomes.push([error.code, peerCertificate(error)?.fingerprint ?? null]);
  }
}
console.log(JSON.stringify([process.versions.electron !== undefined, outcomes]));
`;

it('judges certificates as Node does', async () => {
  const [good, other] = await Promise.all([selfSigned(), selfSigned()]);
  const wrongName = await selfSigned({ names: ['DNS:mail.example.com'] });
  const expired = await selfSigned({ expired: true });
  const pinned = (pair: KeyPair) => ({ pin: pair.fingerprint256, pinnedPem: pair.cert });
  const none = { pin: null, pinnedPem: null };
  const table: [KeyPair, Partial<Given>, string][] = [
    [good, none, 'tls-untrusted'],
    [good, { ...none, extraCa: [good.cert] }, 'logged in'],
    [wrongName, { ...none, extraCa: [wrongName.cert] }, 'tls-name'],
    [expired, { ...none, extraCa: [expired.cert] }, 'tls-expired'],
    [good, pinned(good), 'logged in'],
    [wrongName, pinned(wrongName), 'logged in'],
    [other, pinned(good), 'tls-pin-changed'],
    [other, { ...pinned(good), extraCa: [other.cert] }, 'tls-pin-changed'],
    [expired, pinned(expired), 'tls-expired'],
  ];
  const cases = table.flatMap(([pair, trust, code]) => (['tls', 'starttls'] as const).map((security) => ({ pair, trust, code, security })));
  const servers = await Promise.all(
    cases.map(({ pair, security }) => startFakePop3({ capabilities: ['STLS', 'USER'], tls: { ...pair, implicit: security === 'tls' } })),
  );
  const given = cases.map(({ trust, security }, at) => ({
    ...trust,
    security,
    port: servers[at]?.port,
    user: fakeUser,
    secret: fakePassword,
  }));
  const runtime = await findRuntime(checkout, () => undefined);
  const program = await makeProgram(script);
  const [electron, outcomes] = await program.run<[boolean, string[][]]>(given, runtime.executable, { ELECTRON_RUN_AS_NODE: '1' });
  expect(electron).toBe(true);
  expect(outcomes).toEqual(cases.map(({ code, pair }) => [code, pair.fingerprint256]));
  for (const [at, { code }] of cases.entries()) {
    const said = servers[at]?.lines.filter((line) => /^(?:USER|PASS|AUTH)/.test(line));
    expect(said?.length === 0, `${code}: ${said}`).toBe(code !== 'logged in');
  }
  await program.remove();
  for (const server of servers) await server.close();
});
