/** Reads the files of a zip archive, such as a Python wheel. */
import { inflateRawSync } from 'node:zlib';

const END = 0x06054b50;
const ENTRY = 0x02014b50;
const LONGEST_COMMENT = 0xffff;
const METHODS = { stored: 0, deflated: 8 } as const;

/** A file of an archive: its path with slashes, and what unpacks it. */
export interface ZipFile {
  readonly path: string;
  read(): Buffer;
}

/** The files of an archive, folders left out; throws when it is none. Source: PKWARE's APPNOTE, 4.3. */
export function readZip(archive: Buffer): ZipFile[] {
  const end = archive.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]));
  if (end < 0 || end < archive.length - LONGEST_COMMENT - 22 || archive.readUInt32LE(end) !== END)
    throw new Error('this is no zip archive');
  const files: ZipFile[] = [];
  let at = archive.readUInt32LE(end + 16);
  for (let left = archive.readUInt16LE(end + 10); left > 0; left--) {
    if (archive.readUInt32LE(at) !== ENTRY) throw new Error('the list of the archive is damaged');
    const method = archive.readUInt16LE(at + 10);
    const size = archive.readUInt32LE(at + 20);
    const nameLength = archive.readUInt16LE(at + 28);
    const start = archive.readUInt32LE(at + 42);
    const path = archive.toString('utf8', at + 46, at + 46 + nameLength);
    if (!path.endsWith('/')) files.push({ path, read: () => unpack(archive, start, size, method) });
    at += 46 + nameLength + archive.readUInt16LE(at + 30) + archive.readUInt16LE(at + 32);
  }
  return files;
}

function unpack(archive: Buffer, start: number, size: number, method: number): Buffer {
  const from = start + 30 + archive.readUInt16LE(start + 26) + archive.readUInt16LE(start + 28);
  const packed = archive.subarray(from, from + size);
  if (method === METHODS.stored) return packed;
  if (method === METHODS.deflated) return inflateRawSync(packed);
  throw new Error(`the archive is packed in a way (${method}) that is not known here`);
}
