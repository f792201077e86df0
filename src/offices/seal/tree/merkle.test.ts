import { createHash, generateKeyPairSync, sign } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { Growth, inclusionPath, leafHash, type NodeAt, nodeHash, perfectRoot, rootByPath } from './merkle.ts'
import { noteHolds, readCheckpoint, readVerifier, signCheckpoint, verifierOf, verifierText } from './note.ts'
import { readProof, writeProof } from './proof-text.ts'
import { readTilePath, tilePath } from './tile.ts'

const leaves = (count: number) => Array.from({ length: count }, (_, n) => leafHash(Buffer.from(String(n))))

/** RFC 6962, 2.1, word for word. */
function plainRoot(list: readonly Buffer[]): Buffer {
  if (list.length === 0) return createHash('sha256').digest()
  if (list.length === 1) return list[0] as Buffer
  let k = 1
  while (k * 2 < list.length) k *= 2
  return nodeHash(plainRoot(list.slice(0, k)), plainRoot(list.slice(k)))
}
const plainNode =
  (list: readonly Buffer[]): NodeAt =>
  async (height, place) =>
    perfectRoot(list.slice(place * 2 ** height, (place + 1) * 2 ** height))

describe('the tree', () => {
  test('has the roots of the test vectors of RFC 6962', () => {
    // The eight entries of Certificate Transparency's own tests.
    const entries = [
      '',
      '00',
      '10',
      '2021',
      '3031',
      '40414243',
      '5051525354555657',
      '606162636465666768696a6b6c6d6e6f',
    ]
    const growth = new Growth()
    const roots = entries.map(entry => {
      growth.add(leafHash(Buffer.from(entry, 'hex')))
      return growth.root().toString('hex')
    })
    expect(roots[0]).toBe('6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d')
    expect(roots[2]).toBe('aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77')
    expect(roots[7]).toBe('5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328')
    expect(new Growth().root().toString('hex')).toBe(
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
    )
  })

  test('grows to the root the definition gives, also where whole parts are added at once', () => {
    fc.assert(
      fc.property(fc.nat({ max: 700 }), size => {
        const list = leaves(size)
        const one = new Growth()
        for (const leaf of list) one.add(leaf)
        expect(one.root()).toEqual(plainRoot(list))
        const tiled = new Growth()
        const whole = Math.floor(size / 256)
        for (let at = 0; at < whole; at++) tiled.add(perfectRoot(list.slice(at * 256, at * 256 + 256)), 8)
        for (const leaf of list.slice(whole * 256)) tiled.add(leaf)
        expect(tiled.root()).toEqual(one.root())
      }),
      { numRuns: 40 },
    )
  })

  test('proves each leaf, and no other leaf, place or size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 1, max: 600 }), fc.nat(), fc.nat(), async (size, seed, other) => {
        const index = seed % size
        const list = leaves(size)
        const path = await inclusionPath(plainNode(list), index, size)
        const root = plainRoot(list)
        expect(rootByPath(list[index] as Buffer, index, size, path)).toEqual(root)
        expect(rootByPath(leafHash(Buffer.from('x')), index, size, path)).not.toEqual(root)
        if (other % size !== index)
          expect(rootByPath(list[index] as Buffer, other % size, size, path)).not.toEqual(root)
        expect(rootByPath(list[index] as Buffer, index, size, [...path, root])).toBeUndefined()
      }),
      { numRuns: 60 },
    )
  })
})

const keys = () => {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const raw = publicKey.export({ format: 'der', type: 'spki' }).subarray(-32)
  return { publicKey: raw, sign: (bytes: Buffer) => sign(null, bytes, privateKey) }
}

describe('a checkpoint', () => {
  const origin = 'shubbak/halhul'
  const checkpoint = { origin, size: 20852163, root: leafHash(Buffer.of(1)) }

  test('reads the note of another log, and believes its key alone', () => {
    // The example of C2SP signed-note's Go implementation (golang.org/x/mod/sumdb/note).
    const peter = readVerifier('PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW')
    expect(peter && verifierText(peter)).toBe(
      'PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW',
    )
    const body =
      "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
    const signed =
      'x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM='
    const bytes = Buffer.from(signed, 'base64')
    const note = {
      ...checkpoint,
      body,
      signatures: [{ name: 'PeterNeumann', id: bytes.subarray(0, 4), bytes: bytes.subarray(4) }],
    }
    expect(noteHolds(note, [peter as never])).toBe(true)
    expect(noteHolds({ ...note, body: `${body} ` }, [peter as never])).toBe(false)
  })

  test('is believed by whoever knows one of its keys, and by nobody once a word of it is another', () => {
    const [old, young] = [keys(), keys()]
    const note = signCheckpoint(checkpoint, [young, old])
    const read = readCheckpoint(note)
    expect(read).toMatchObject(checkpoint)
    for (const key of [old, young])
      expect(read && noteHolds(read, [verifierOf(origin, key.publicKey)])).toBe(true)
    expect(read && noteHolds(read, [verifierOf(origin, keys().publicKey)])).toBe(false)
    const bent = readCheckpoint(note.replace('20852163', '20852164'))
    expect(bent && noteHolds(bent, [verifierOf(origin, old.publicKey)])).toBe(false)
  })

  test.each([
    '',
    'x',
    'a\n01\nx\n\n',
    `shubbak/a\n7\n${'A'.repeat(43)}=\n`,
    `a\n-1\n${'A'.repeat(43)}=\n\n— a AAAAAAAA\n`,
  ])('is not %j', text => expect(readCheckpoint(text)).toBeUndefined())

  test('key is refused when its id is of another', () => {
    const text = verifierText(verifierOf(origin, keys().publicKey))
    expect(readVerifier(text)).toMatchObject({ name: origin })
    expect(readVerifier(text.replace(/\+[0-9a-f]{8}\+/, '+00000000+'))).toBeUndefined()
  })
})

test('a proof reads back as it was written', () => {
  fc.assert(
    fc.property(
      fc.nat(),
      fc.array(fc.uint8Array({ minLength: 32, maxLength: 32 })),
      fc.option(fc.uint8Array()),
      (index, path, entry) => {
        const proof = {
          index,
          path: path.map(each => Buffer.from(each)),
          checkpoint: 'a\n1\nb\n\n— a c\n',
          entry: entry ? Buffer.from(entry) : undefined,
        }
        expect(readProof(writeProof(proof))).toEqual(proof)
      },
    ),
  )
})

test('the address of a tile reads back, and has one spelling', () => {
  expect(tilePath({ level: 0, index: 1234067, width: 256 })).toBe('0/x001/x234/067')
  expect(tilePath({ level: 2, index: 5, width: 7 })).toBe('2/005.p/7')
  fc.assert(
    fc.property(
      fc.nat({ max: 6 }),
      fc.nat({ max: 99_999_999 }),
      fc.integer({ min: 1, max: 256 }),
      (level, index, width) => {
        expect(readTilePath(tilePath({ level, index, width }))).toEqual({ level, index, width })
      },
    ),
  )
  for (const wrong of [
    '0/5',
    '0/x000/005',
    '7/005',
    '0/005.p/256',
    '0/005.p/0',
    '00/005',
    '0/x001/x234/067/',
  ])
    expect(readTilePath(wrong)).toBeUndefined()
})
