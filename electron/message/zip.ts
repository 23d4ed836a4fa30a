// A ZIP of files as they are, stored (APPNOTE 6.3.9, no ZIP64): "save all" is one file, and one question.
import { crc32 } from 'node:zlib';

export interface ZipFile {
  readonly name: string;
  readonly bytes: Uint8Array;
}

/** Bit 11: names are UTF-8. Everything is dated 1980-01-01: a message says nothing of its files' times. */
const [version, utf8, noTime, noDate] = [20, 0x0800, 0, 0x21];

interface Entry {
  readonly name: Buffer;
  readonly bytes: Uint8Array;
  readonly crc: number;
  readonly offset: number;
}

/** Names are made different where two are the same but for case. */
export function zipFiles(files: readonly ZipFile[]): Uint8Array {
  const chunks: Uint8Array[] = [];
  const entries: Entry[] = [];
  const used = new Set<string>();
  let offset = 0;
  const put = (chunk: Uint8Array) => {
    chunks.push(chunk);
    offset += chunk.length;
  };
  for (const { name, bytes } of files) {
    const entry = { name: Buffer.from(freeName(name, used), 'utf8'), bytes, crc: crc32(bytes), offset };
    entries.push(entry);
    put(localHeader(entry));
    put(bytes);
  }
  const directory = offset;
  for (const entry of entries) put(centralHeader(entry));
  put(endRecord(entries.length, offset - directory, directory));
  return new Uint8Array(Buffer.concat(chunks));
}

function freeName(name: string, used: Set<string>): string {
  const [, stem = name, end = ''] = /^(.+?)(\.[^.]{1,20})?$/s.exec(name) ?? [];
  let free = name;
  for (let number = 2; used.has(free.toLowerCase()); number += 1) free = `${stem} (${number})${end}`;
  used.add(free.toLowerCase());
  return free;
}

function localHeader({ name, bytes, crc }: Entry): Buffer {
  const head = Buffer.alloc(30);
  head.writeUInt32LE(0x04034b50, 0);
  writeCommon(head, 4, { name, bytes, crc });
  return Buffer.concat([head, name]);
}

function centralHeader({ name, bytes, crc, offset }: Entry): Buffer {
  const head = Buffer.alloc(46);
  head.writeUInt32LE(0x02014b50, 0);
  head.writeUInt16LE(version, 4);
  writeCommon(head, 6, { name, bytes, crc });
  head.writeUInt32LE(offset, 42);
  return Buffer.concat([head, name]);
}

function writeCommon(head: Buffer, at: number, { name, bytes, crc }: Omit<Entry, 'offset'>): void {
  for (const [index, value] of [version, utf8, 0, noTime, noDate].entries()) head.writeUInt16LE(value, at + index * 2);
  head.writeUInt32LE(crc, at + 10);
  head.writeUInt32LE(bytes.length, at + 14);
  head.writeUInt32LE(bytes.length, at + 18);
  head.writeUInt16LE(name.length, at + 22);
}

function endRecord(count: number, octets: number, offset: number): Buffer {
  const end = Buffer.alloc(22);
  end.writeUInt32LE(0x06054b50, 0);
  end.writeUInt16LE(count, 8);
  end.writeUInt16LE(count, 10);
  end.writeUInt32LE(octets, 12);
  end.writeUInt32LE(offset, 16);
  return end;
}
