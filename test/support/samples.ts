// Messages with something in them: made here, so that every byte is known. The test virus is eicar of scanner.ts.
import { BlobWriter, Uint8ArrayReader, ZipWriter } from '@zip.js/zip.js';

/** One part, base64, as an attachment of a mail whose first header is `first`. */
export function mailWith(bytes: Buffer, name = 'file.bin', first = 'Received: from a by b; Tue, 24 Nov 2026 00:00:00 +0000'): Buffer {
  const body = bytes.toString('base64').replace(/.{76}/g, '$&\n');
  return text(
    first,
    'From: a@example.com',
    'To: b@example.com',
    'Subject: a file',
    'MIME-Version: 1.0',
    'Content-Type: multipart/mixed; boundary="b1"',
    '',
    '--b1',
    'Content-Type: text/plain',
    '',
    'See the file.',
    '--b1',
    `Content-Type: application/octet-stream; name="${name}"`,
    `Content-Disposition: attachment; filename="${name}"`,
    'Content-Transfer-Encoding: base64',
    '',
    body,
    '--b1--',
  );
}

/** message/rfc822 in message/rfc822, `levels` deep; the innermost is `inner`. */
export function nestedMail(inner: Buffer, levels: number): Buffer {
  let message = inner;
  for (let level = 0; level < levels; level += 1) {
    const edge = `level${level}`;
    const head = text('From: a@example.com', 'MIME-Version: 1.0', `Content-Type: multipart/mixed; boundary="${edge}"`, '', `--${edge}`);
    message = Buffer.concat([head, text('Content-Type: message/rfc822', ''), message, text('', `--${edge}--`)]);
  }
  return message;
}

export function text(...lines: readonly string[]): Buffer {
  return Buffer.from(`${lines.join('\n')}\n`, 'latin1');
}

/** A zip with one file. With a password: AES, or the old cipher where `old`. */
export async function zipOf(bytes: Buffer, password?: string, old = false): Promise<Buffer> {
  const writer = new ZipWriter(new BlobWriter(), { useWebWorkers: false, ...(password === undefined ? {} : { password, zipCrypto: old }) });
  await writer.add('inside.com', new Uint8ArrayReader(bytes));
  return Buffer.from(await (await writer.close()).arrayBuffer());
}

/** A zip in a zip in a zip. */
export async function zipNest(bytes: Buffer, levels: number): Promise<Buffer> {
  let zip = bytes;
  for (let level = 0; level < levels; level += 1) zip = await zipOf(zip);
  return zip;
}
