import { type FileHandle, open } from 'node:fs/promises';

/** Where a server's output goes: to a file, as a log is kept for somebody to read. */
export interface LogFile {
  readonly fd: number;
  /** The last thousands of characters. */
  end(): Promise<string>;
  /** Forgets what was written: a benchmark writes gigabytes. */
  empty(): Promise<void>;
  close(): Promise<void>;
}

const endBytes = 4096;

/** Makes the file. It is appended to, so that a server goes on at the start when it was emptied. */
export async function openLogFile(path: string): Promise<LogFile> {
  const file = await open(path, 'a+');
  return {
    fd: file.fd,
    end: () => readEnd(file),
    empty: () => file.truncate(),
    close: () => file.close(),
  };
}

async function readEnd(file: FileHandle): Promise<string> {
  const { size } = await file.stat();
  const position = Math.max(0, size - endBytes);
  const { bytesRead, buffer } = await file.read(Buffer.alloc(endBytes), 0, endBytes, position);
  return buffer.toString('utf8', 0, bytesRead);
}
