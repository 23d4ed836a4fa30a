// SCRAM-SHA-256 (RFC 5802, RFC 7677), the client's side, without channel binding.
import { createHash, createHmac, pbkdf2, randomBytes, timingSafeEqual } from 'node:crypto';
import { promisify } from 'node:util';
import { MailError } from '../../shared/error.js';
import { limits } from './limits.js';

const derive = promisify(pbkdf2);
const noBinding = 'n,,';

export class Scram {
  private readonly firstBare: string;
  private signature: Buffer | null = null;

  constructor(
    user: string,
    private readonly secret: string,
    private readonly nonce = randomBytes(18).toString('base64'),
  ) {
    this.firstBare = `n=${user.normalize('NFKC').replaceAll('=', '=3D').replaceAll(',', '=2C')},r=${nonce}`;
  }

  first(): string {
    return noBinding + this.firstBare;
  }

  /** Throws MailError `protocol` when the server's first message is not for us, `limit` when it asks for too many rounds. */
  async final(serverFirst: string): Promise<string> {
    const { nonce, salt, rounds } = this.readFirst(serverFirst);
    const salted = await derive(this.secret.normalize('NFKC'), salt, rounds, 32, 'sha256');
    const clientKey = hmac(salted, 'Client Key');
    const stored = createHash('sha256').update(clientKey).digest();
    const withoutProof = `c=${Buffer.from(noBinding).toString('base64')},r=${nonce}`;
    const message = `${this.firstBare},${serverFirst},${withoutProof}`;
    this.signature = hmac(hmac(salted, 'Server Key'), message);
    const mine = hmac(stored, message);
    const proof = clientKey.map((octet, at) => octet ^ (mine[at] ?? 0));
    return `${withoutProof},p=${Buffer.from(proof).toString('base64')}`;
  }

  /** Whether the server knows the secret too: without this, anyone could have said +OK. */
  proves(serverFinal: string): boolean {
    const said = Buffer.from(/^v=([^,]+)/.exec(serverFinal)?.[1] ?? '', 'base64');
    return this.signature !== null && said.length === this.signature.length && timingSafeEqual(said, this.signature);
  }

  private readFirst(text: string): { nonce: string; salt: Buffer; rounds: number } {
    const [, nonce = '', salt = '', digits = ''] = /^r=([^,]+),s=([^,]+),i=(\d{1,9})(?:,|$)/.exec(text) ?? [];
    const rounds = Number(digits);
    if (!nonce.startsWith(this.nonce) || nonce === this.nonce || salt === '' || rounds < 1) {
      throw new MailError('protocol', "the server's SCRAM message cannot be right", true, { step: 'login' });
    }
    if (rounds > limits.scramIterations) {
      const limit = `SCRAM rounds: ${limits.scramIterations}`;
      throw new MailError('limit', `the server asks for ${rounds} rounds (${limit})`, false, { step: 'login', limit });
    }
    return { nonce, salt: Buffer.from(salt, 'base64'), rounds };
  }
}

function hmac(key: Buffer, text: string): Buffer {
  return createHmac('sha256', key).update(text).digest();
}
