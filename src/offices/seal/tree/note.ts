import { createPublicKey, hash, type KeyObject, verify } from 'node:crypto'

/** Signed notes (C2SP signed-note) and the checkpoints written in them (C2SP tlog-checkpoint), Ed25519 alone. */

export type Checkpoint = { origin: string; size: number; root: Buffer }

/** A public key under the name it signs by. */
export type Verifier = { name: string; id: Buffer; publicKey: Buffer }

/** What signs: a public key of 32 bytes, and its signature of bytes. */
export type NoteSigner = { publicKey: Buffer; sign(bytes: Buffer): Buffer }

const ed25519 = 1
const dash = '\u2014'
const mostSignatures = 64
const nameShape = /^[^\s+\u0085]+$/u

const keyId = (name: string, publicKey: Buffer): Buffer =>
  hash(
    'sha256',
    Buffer.concat([Buffer.from(`${name}\n`, 'utf8'), Buffer.of(ed25519), publicKey]),
    'buffer',
  ).subarray(0, 4)

export function verifierOf(name: string, publicKey: Buffer): Verifier {
  if (!nameShape.test(name) || publicKey.length !== 32) throw new TypeError('No key of a signed note')
  return { name, id: keyId(name, publicKey), publicKey }
}

/** A public key in one line, as tools of transparency logs take it: NAME+ID+KEY. */
export const verifierText = ({ name, id, publicKey }: Verifier): string =>
  `${name}+${id.toString('hex')}+${Buffer.concat([Buffer.of(ed25519), publicKey]).toString('base64')}`

/** Reads such a line; nothing where it is none, is of another kind of key, or its id is not that of its key. */
export function readVerifier(text: string): Verifier | undefined {
  const [, name = '', id = '', key = ''] =
    /^([^\s+]+)\+([0-9a-f]{8})\+([A-Za-z0-9+/]+={0,2})$/.exec(text.trim()) ?? []
  const bytes = Buffer.from(key, 'base64')
  if (bytes.length !== 33 || bytes[0] !== ed25519) return undefined
  const verifier = verifierOf(name, bytes.subarray(1))
  return verifier.id.toString('hex') === id ? verifier : undefined
}

const bodyOf = ({ origin, size, root }: Checkpoint): string =>
  `${origin}\n${size}\n${root.toString('base64')}\n`

/** A checkpoint as a signed note, by each signer one line, in their order. */
export function signCheckpoint(checkpoint: Checkpoint, signers: readonly NoteSigner[]): string {
  const body = bodyOf(checkpoint)
  const lines = signers.map(signer => {
    const { name, id } = verifierOf(checkpoint.origin, signer.publicKey)
    const signature = Buffer.concat([id, signer.sign(Buffer.from(body, 'utf8'))])
    return `${dash} ${name} ${signature.toString('base64')}\n`
  })
  return `${body}\n${lines.join('')}`
}

export type ReadNote = Checkpoint & {
  body: string
  signatures: { name: string; id: Buffer; bytes: Buffer }[]
}

/** Reads a checkpoint from a note without believing it; nothing where it is no such note. */
export function readCheckpoint(note: string): ReadNote | undefined {
  const parting = note.lastIndexOf('\n\n')
  if (parting < 0 || !note.endsWith('\n')) return undefined
  const body = note.slice(0, parting + 1)
  const [origin = '', size = '', root = '', ...more] = body.slice(0, -1).split('\n')
  if (origin === '' || !/^(0|[1-9][0-9]{0,14})$/.test(size) || more.includes('')) return undefined
  const hashed = Buffer.from(root, 'base64')
  if (hashed.length !== 32 || hashed.toString('base64') !== root) return undefined
  const lines = note.slice(parting + 2, -1).split('\n')
  if (lines.length > mostSignatures) return undefined
  const signatures = lines.map(line => {
    const [mark, name = '', signed = '', ...rest] = line.split(' ')
    const bytes = Buffer.from(signed, 'base64')
    if (mark !== dash || rest.length > 0 || name === '' || bytes.length < 5) return undefined
    return { name, id: bytes.subarray(0, 4), bytes: bytes.subarray(4) }
  })
  if (!signatures.every(each => each !== undefined)) return undefined
  return { origin, size: Number(size), root: hashed, body, signatures }
}

const spkiHead = Buffer.from('302a300506032b6570032100', 'hex')
const opened = new WeakMap<Verifier, KeyObject>()

function keyOf(verifier: Verifier): KeyObject {
  const known = opened.get(verifier)
  if (known) return known
  const key = createPublicKey({
    key: Buffer.concat([spkiHead, verifier.publicKey]),
    format: 'der',
    type: 'spki',
  })
  opened.set(verifier, key)
  return key
}

/**
 * Whether a known key signed the note and none of the known keys' signatures is wrong. Signatures of keys nobody knows (witnesses, a key to
 * come) say nothing either way.
 */
export function noteHolds(note: ReadNote, known: readonly Verifier[]): boolean {
  let held = false
  for (const { name, id, bytes } of note.signatures) {
    const key = known.find(each => each.name === name && each.id.equals(id))
    if (!key) continue
    if (!verify(null, Buffer.from(note.body, 'utf8'), keyOf(key), bytes)) return false
    held = true
  }
  return held
}
