import { expect, it } from 'vitest';
import { readReply, signatureClass, verdictOf } from '../../../electron/scanner/reply.js';

const table: readonly (readonly [string, string])[] = [
  ['stream: OK\0', 'clean'],
  ['stream: OK\n', 'clean'],
  ['1: stream: OK\0', 'clean'],
  ['', 'unavailable'],
  ['\0', 'unavailable'],
  ['OK', 'unavailable'],
  ['stream: ', 'unavailable'],
  ['stream: OK maybe\0', 'unavailable'],
  ['stream: NOT OK\0', 'unavailable'],
  ['HTTP/1.1 200 OK', 'unavailable'],
  ['COMMAND READ TIMED OUT\n', 'unavailable'],
  ['UNKNOWN COMMAND\0', 'unavailable'],
  ['stream: OK\0garbage\0', 'unavailable'],
  ['stream: Eicar FOUND\0', 'infected Eicar'],
  ['stream: Eicar FOUND\0stream: OK\0', 'infected Eicar'],
  ['stream: Eicar FOUND\0stream: Other.UNOFFICIAL FOUND\0stream: Eicar FOUND\0', 'infected Eicar+Other.UNOFFICIAL'],
  ['stream: Eicar(44d88612fea8a8f36de82e1278abb02f:68) FOUND\0', 'infected Eicar'],
  ['stream: (null) FOUND\0', 'infected (null)'],
  ['/a: b: c/FOUND: Eicar FOUND\0', 'infected Eicar'],
  ['stream: Heuristics.Encrypted.Zip FOUND\0', 'suspicious encrypted'],
  ['stream: Heuristics.Encrypted.PDF FOUND\0', 'suspicious encrypted'],
  ['stream: Heuristics.OLE2.ContainsMacros FOUND\0', 'suspicious macro'],
  ['stream: Heuristics.OLE2.ContainsMacros.VBA FOUND\0', 'suspicious macro'],
  ['stream: Heuristics.Phishing.Email.SpoofedDomain FOUND\0', 'suspicious phishing'],
  ['stream: Heuristics.Limits.Exceeded.MaxRecursion FOUND\0', 'suspicious limits'],
  ['stream: PUA.Win.Packer.UPX FOUND\0', 'suspicious unwanted'],
  ['stream: PUA.Win.Packer.UPX FOUND\0stream: Heuristics.Phishing.Email FOUND\0', 'suspicious phishing'],
  ['stream: Heuristics.Encrypted.Zip FOUND\0stream: Win.Trojan FOUND\0', 'infected Heuristics.Encrypted.Zip+Win.Trojan'],
  ['INSTREAM size limit exceeded. ERROR\0', 'unscannable'],
  ["stream: Can't parse data ERROR\0", 'unscannable'],
  ["stream: Can't create temporary file ERROR\0", 'unavailable'],
  ["stream: Can't allocate memory ERROR\0", 'unavailable'],
  ['/x: File path check failure: Permission denied. ERROR\0', 'unavailable'],
];

for (const [raw, expected] of table) {
  it(`${JSON.stringify(raw)} is ${expected}`, () => {
    const verdict = verdictOf(readReply(raw));
    const more = verdict.kind === 'infected' ? verdict.signatures.join('+') : verdict.kind === 'suspicious' ? verdict.class : '';
    expect(`${verdict.kind} ${more}`.trim()).toBe(expected);
  });
}

it('a name that says no class is malware', () => {
  expect(signatureClass('Win.Trojan.ContainsNothing')).toBeNull();
  expect(signatureClass('Heuristics.Exploit.CVE-2005-1528')).toBeNull();
});
