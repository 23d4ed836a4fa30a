// The smallest Excel workbook of the old kind (MS-CFB, MS-XLS) with one sheet of macros: made here, so that no real macro is kept.

const sector = 512;
const end = 0xfffffffe;
const free = 0xffffffff;
const fatSector = 0xfffffffd;

/** A workbook whose one sheet is a worksheet, or (`macros`) an Excel 4.0 macro sheet. */
export function workbook(macros: boolean): Buffer {
  const stream = Buffer.alloc(4096);
  Buffer.concat([
    // BOF of a workbook, BIFF8.
    record(0x809, Buffer.from('000605000000000000000000', 'hex'), 16),
    // BOUNDSHEET8: where it begins, visible, its kind, its name.
    record(0x85, Buffer.from([0, 2, 0, 0, 0, macros ? 1 : 0, 6, 0, ...Buffer.from('Macro1')])),
    record(0x0a, Buffer.alloc(0)),
  ]).copy(stream);
  return Buffer.concat([header(), fat(stream.length / sector), directory(stream.length), stream]);
}

function record(type: number, body: Buffer, length = body.length): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt16LE(type, 0);
  head.writeUInt16LE(length, 2);
  return Buffer.concat([head, body, Buffer.alloc(length - body.length)]);
}

/** Sector 0 is the FAT, 1 the directory, the stream follows. */
function header(): Buffer {
  const bytes = Buffer.alloc(sector);
  Buffer.from('d0cf11e0a1b11ae1', 'hex').copy(bytes);
  bytes.writeUInt16LE(0x3e, 24);
  bytes.writeUInt16LE(3, 26);
  bytes.writeUInt16LE(0xfffe, 28);
  bytes.writeUInt16LE(9, 30);
  bytes.writeUInt16LE(6, 32);
  bytes.writeUInt32LE(1, 44);
  bytes.writeUInt32LE(1, 48);
  bytes.writeUInt32LE(4096, 56);
  bytes.writeUInt32LE(end, 60);
  bytes.writeUInt32LE(end, 68);
  for (let at = 76; at < sector; at += 4) bytes.writeUInt32LE(free, at);
  bytes.writeUInt32LE(0, 76);
  return bytes;
}

function fat(sectors: number): Buffer {
  const bytes = Buffer.alloc(sector, 0xff);
  bytes.writeUInt32LE(fatSector, 0);
  bytes.writeUInt32LE(end, 4);
  for (let n = 0; n < sectors; n += 1) bytes.writeUInt32LE(n === sectors - 1 ? end : n + 3, 8 + 4 * n);
  return bytes;
}

function directory(octets: number): Buffer {
  const root = entry('Root Entry', 5, { child: 1, start: end, octets: 0 });
  const book = entry('Workbook', 2, { child: free, start: 2, octets });
  return Buffer.concat([
    root,
    book,
    entry('', 0, { child: free, start: 0, octets: 0 }),
    entry('', 0, { child: free, start: 0, octets: 0 }),
  ]);
}

function entry(name: string, type: number, facts: { readonly child: number; readonly start: number; readonly octets: number }): Buffer {
  const bytes = Buffer.alloc(128);
  bytes.write(name, 0, 'utf16le');
  bytes.writeUInt16LE(name === '' ? 0 : (name.length + 1) * 2, 64);
  bytes[66] = type;
  bytes[67] = 1;
  for (const at of [68, 72]) bytes.writeUInt32LE(free, at);
  bytes.writeUInt32LE(facts.child, 76);
  bytes.writeUInt32LE(facts.start, 116);
  bytes.writeUInt32LE(facts.octets, 120);
  return bytes;
}
