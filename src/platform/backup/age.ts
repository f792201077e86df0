import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { Readable } from 'node:stream'
import type { ReadableStream } from 'node:stream/web'
import { errorLine, PlainError } from '../plain-error.ts'

/**
 * Backups sealed as age does it (https://age-encryption.org/v1): whoever writes them holds public keys only, and cannot open them again.
 * Any program that speaks age opens them with the private key, ours or not.
 */
export interface Seal {
  /** What is added to the name of a file that was sealed: '.age', or nothing. */
  readonly ending: string
  bytes(plain: Uint8Array): Promise<Uint8Array>
  stream(plain: Readable): Promise<Readable>
}

/** Opens what was sealed; what was not is passed on as it is. */
export interface Opener {
  bytes(name: string, bytes: Uint8Array): Promise<Uint8Array>
  stream(name: string, bytes: Readable): Promise<Readable>
}

export const sealedEnding = '.age'

const require = createRequire(import.meta.url)
/** Read with the first seal: who seals nothing does without its memory. */
const age = () => require('age-encryption') as typeof import('age-encryption')

const web = (stream: Readable) => Readable.toWeb(stream) as never
const back = (stream: unknown) => Readable.fromWeb(stream as ReadableStream<Uint8Array>)

/** Seals for these public keys (`age1…`); for none, nothing is sealed. */
export function sealFor(recipients: readonly string[]): Seal {
  if (recipients.length === 0)
    return { ending: '', bytes: async plain => plain, stream: async plain => plain }
  const encrypter = () => {
    const made = new (age().Encrypter)()
    for (const each of recipients) made.addRecipient(each)
    return made
  }
  try {
    encrypter()
  } catch (error) {
    throw new PlainError(`A public key for backups is wrong: ${errorLine(error)}; it looks like age1…`)
  }
  return {
    ending: sealedEnding,
    bytes: plain => encrypter().encrypt(plain),
    async stream(plain) {
      return back(await encrypter().encrypt(web(plain)))
    },
  }
}

/** Opens with the private keys of a file, one `AGE-SECRET-KEY-1…` a line, as `age-keygen` writes it. */
export function openWith(identityFile: string | undefined): Opener {
  const identities = identityFile === undefined ? [] : readIdentities(identityFile)
  const decrypter = (name: string) => {
    if (identities.length === 0)
      throw new PlainError(`${name} is sealed: name the file with its private key with --identity`)
    const made = new (age().Decrypter)()
    for (const each of identities) made.addIdentity(each)
    return made
  }
  const refuse = (name: string) => (error: unknown) => {
    throw new PlainError(`${name} cannot be opened: ${errorLine(error)}`)
  }
  return {
    async bytes(name, bytes) {
      return name.endsWith(sealedEnding) ? decrypter(name).decrypt(bytes).catch(refuse(name)) : bytes
    },
    async stream(name, bytes) {
      if (!name.endsWith(sealedEnding)) return bytes
      return back(await decrypter(name).decrypt(web(bytes)).catch(refuse(name)))
    },
  }
}

function readIdentities(file: string): string[] {
  let text: string
  try {
    text = readFileSync(file, 'utf8')
  } catch {
    throw new PlainError(`The file of private keys ${file} cannot be read`)
  }
  const keys = text
    .split('\n')
    .map(line => line.trim())
    .filter(line => line.startsWith('AGE-SECRET-KEY-'))
  if (keys.length === 0) throw new PlainError(`${file} holds no private key (AGE-SECRET-KEY-…)`)
  return keys
}
