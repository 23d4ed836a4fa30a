// Whether a port wants TLS at once: a server that stays silent in plain text may only wait for us to begin it. Nothing is said but
// the handshake, so no credential can be told; that the certificate is refused is an answer, too.
import { Dial, type DialOptions } from './dial.js';

type Port = Pick<DialOptions, 'host' | 'port' | 'pin' | 'pinnedPem'>;

export function speaksTls(port: Port, seconds: number): Promise<boolean> {
  return new Promise((resolve) => {
    const answer = (spoken: boolean) => {
      clearTimeout(timer);
      socket.destroy();
      resolve(spoken);
    };
    const dial = new Dial({ ...port, onConnected: () => undefined, onSecured: () => undefined });
    const socket = dial.open(true, () => answer(true));
    const timer = setTimeout(() => answer(false), seconds * 1000);
    socket.once('close', () => answer(dial.failure !== null && ofCertificate.has(dial.failure.code)));
  });
}

/** Failures that come after the server has shown a certificate. */
const ofCertificate: ReadonlySet<string> = new Set(['tls-untrusted', 'tls-name', 'tls-expired', 'tls-pin-changed']);
