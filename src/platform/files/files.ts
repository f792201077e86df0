import type { Readable } from 'node:stream'

export type Bytes = AsyncIterable<Uint8Array> | Uint8Array

export interface Stored {
  /** The name of the content: its SHA-256, as the table `file` keeps it. */
  sha256: Buffer
  size: number
}

/** Files of the towns, named by what they hold: the same bytes are kept once, and never change under a name. */
export interface FileStore {
  /** Keeps the bytes; they are on the disk when this resolves. `limit` (bytes) refuses more than that with FileTooLarge. */
  put(town: string, bytes: Bytes, options?: { limit?: number }): Promise<Stored>
  /** The bytes; an error with the code ENOENT when there are none of that name. */
  get(town: string, sha256: Buffer): Promise<Readable>
  exists(town: string, sha256: Buffer): Promise<boolean>
  /** Takes the content away, whoever else names it: the caller knows that nobody does. One that is gone already is no error. */
  remove(town: string, sha256: Buffer): Promise<void>
  /** Every name this town keeps, in order. */
  list(town: string): AsyncIterable<Buffer>
  /** Resolves when files can be written and read. */
  check(): Promise<void>
}

export class FileTooLarge extends Error {
  override name = 'FileTooLarge'
}
