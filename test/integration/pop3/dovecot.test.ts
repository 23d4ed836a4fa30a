// The test server itself: it starts, answers, takes a message, and leaves nothing behind.
import { existsSync } from 'node:fs';
import { connect } from 'node:net';
import { expect, it } from 'vitest';
import { startDovecot } from '../../support/dovecot.js';

function talk(port: number, script: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(script));
    socket.on('data', (chunk) => {
      said += chunk.toString('latin1');
    });
    socket.once('error', reject);
    socket.once('close', () => resolve(said));
  });
}

it('serves what was deposited, and stops', async () => {
  const dovecot = await startDovecot({ protocols: ['pop3', 'imap', 'lmtp'], users: [{ name: 'user@example.com', password: 'p:w' }] });
  await dovecot.deposit('user@example.com', 'Subject: hello\n\nbody\n');
  const said = await talk(dovecot.pop3Port, 'USER user@example.com\r\nPASS p:w\r\nSTAT\r\nRETR 1\r\nQUIT\r\n');
  expect(said, dovecot.log()).toContain('+OK 1 24');
  expect(said).toContain('Subject: hello\r\n\r\nbody\r\n.\r\n');
  expect(existsSync(dovecot.lmtpSocket)).toBe(true);
  await dovecot.stop();
  expect(existsSync(dovecot.root)).toBe(false);
});
