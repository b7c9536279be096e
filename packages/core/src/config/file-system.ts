/** As much of `node:fs` as reading a file takes. Core depends on nothing: who reads files hands it over. */
export interface FileSystem {
  openSync(path: string, flags: string): number;
  readSync(file: number, bytes: Uint8Array, offset: number, length: number, position: null): number;
  closeSync(file: number): void;
}

/** Reads bytes as UTF-8, and throws where they are none, as a fatal `TextDecoder` does. */
export interface TextReader {
  decode(bytes: Uint8Array): string;
}

/** Far more than any `postern.yaml` needs. */
const largest = 1024 * 1024;

/**
 * Reads a file as UTF-8 text, at most 1 MiB of it.
 * @throws {Error} that says in a sentence why it cannot be read
 */
export function readFileText(path: string, fs: FileSystem, utf8: TextReader): string {
  const bytes = new Uint8Array(largest + 1);
  let size = 0;
  try {
    const file = fs.openSync(path, 'r');
    try {
      for (let read = -1; read !== 0 && size < bytes.length; size += read) {
        read = fs.readSync(file, bytes, size, bytes.length - size, null);
      }
    } finally {
      fs.closeSync(file);
    }
  } catch (error) {
    throw new Error(`it cannot be read: ${reasonOf(error)}`, { cause: error });
  }
  if (size > largest) throw new Error(`it is larger than ${largest / 2 ** 20} MiB: divide it into several files`);
  try {
    return utf8.decode(bytes.subarray(0, size));
  } catch (error) {
    throw new Error('it is not UTF-8 text: save it as UTF-8', { cause: error });
  }
}

function reasonOf(error: unknown): string {
  const { code, message } = error as { readonly code?: string; readonly message?: string };
  if (code === 'ENOENT' || code === 'ENOTDIR') return 'there is no such file, check the path';
  if (code === 'EISDIR') return 'it is a directory, name a file in it';
  if (code === 'EACCES' || code === 'EPERM') return 'permission denied, check its mode';
  return message ?? String(error);
}
