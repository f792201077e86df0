import { randomBytes } from 'node:crypto'
import { chmodSync, chownSync, mkdtempSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, describe, expect, test } from 'vitest'
import { fixedClock } from '../clock.ts'
import { openKeyring } from '../keyring.ts'
import { createCrypto } from './crypto.ts'
import { hashPassword, verifyPassword } from './passwords.ts'
import {
  addSealingKey,
  createSecretFile,
  keepNewestSigningKey,
  readSecretFile,
  retireSealingKey,
} from './secret-file.ts'
import { hashToken, newToken, sameSecret } from './tokens.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-secret-'))
afterAll(() => rmSync(folder, { recursive: true }))

const first = randomBytes(32)
const second = randomBytes(32)
const index = randomBytes(32)
const old = createCrypto({ index, keys: new Map([[1, first]]), newest: 1 })
const rotated = createCrypto({
  index,
  keys: new Map([
    [1, first],
    [2, second],
  ]),
  newest: 2,
})
const text = fc.string({ unit: 'binary' })

describe('a sealed field', () => {
  test('opens to what was sealed', () => {
    fc.assert(fc.property(text, plain => old.open('town', 'id', old.seal('town', 'id', plain)) === plain))
  })

  test('never looks the same twice, and is of another length than nothing', () => {
    fc.assert(fc.property(text, plain => !old.seal('t', 'p', plain).equals(old.seal('t', 'p', plain))))
  })

  test('opens for no other town and no other purpose', () => {
    const sealed = old.seal('town', 'id', '904567123')
    expect(() => old.open('other', 'id', sealed)).toThrow()
    expect(() => old.open('town', 'phone', sealed)).toThrow()
  })

  test('with any bit turned does not open', () => {
    const sealed = old.seal('town', 'id', '904567123')
    fc.assert(
      fc.property(fc.nat({ max: sealed.length * 8 - 1 }), bit => {
        const turned = Buffer.from(sealed)
        turned[bit >> 3] = (turned[bit >> 3] ?? 0) ^ (1 << (bit & 7))
        expect(() => old.open('town', 'id', turned)).toThrow()
      }),
    )
  })

  test('of before a rotation opens after it, and what is sealed then carries the new key', () => {
    const sealed = old.seal('town', 'id', 'x')
    expect(rotated.open('town', 'id', sealed)).toBe('x')
    expect(rotated.keyOf(sealed)).toBe(1)
    expect(rotated.keyOf(rotated.seal('town', 'id', 'x'))).toBe(2)
    expect(() => old.open('town', 'id', rotated.seal('town', 'id', 'x'))).toThrow(/key 2/)
  })
})

describe('a blind index', () => {
  test('is equal for equal texts of a town and purpose, and for nothing else', () => {
    fc.assert(
      fc.property(
        text,
        text,
        (a, b) => old.blindIndex('t', 'p', a).equals(old.blindIndex('t', 'p', b)) === (a === b),
      ),
    )
    expect(old.blindIndex('t', 'p', 'a')).not.toEqual(old.blindIndex('u', 'p', 'a'))
    expect(old.blindIndex('t', 'p', 'a')).not.toEqual(old.blindIndex('t', 'q', 'a'))
  })

  test('outlives a rotation of the keys', () => {
    expect(rotated.blindIndex('t', 'p', 'a')).toEqual(old.blindIndex('t', 'p', 'a'))
  })
})

describe('the secret file', () => {
  test('is made once, for its owner alone, and never written over', () => {
    const path = join(folder, 'deep', 'secret')
    createSecretFile(path)
    const before = readFileSync(path, 'utf8')
    createSecretFile(path)
    expect(readFileSync(path, 'utf8')).toBe(before)
    expect(statSync(path).mode & 0o777).toBe(0o600)
    expect(readSecretFile(path).newest).toBe(1)
  })

  test('of before there were signing keys stays whole when old ones are taken out', () => {
    const path = join(folder, 'old-secret')
    createSecretFile(path)
    const { signing: _, ...old } = JSON.parse(readFileSync(path, 'utf8'))
    writeFileSync(path, JSON.stringify(old))
    const before = readSecretFile(path).signing
    keepNewestSigningKey(path)
    expect(readSecretFile(path).signing).toEqual(before)
  })

  test.runIf(process.getuid?.() === 0)('stays whose it was, whoever changes it', () => {
    const path = join(folder, 'service-secret')
    createSecretFile(path)
    chownSync(path, 1234, 1235)
    addSealingKey(path, new Date('2026-03-01'))
    const copy = retireSealingKey(path, 1)
    for (const each of [path, copy]) {
      const { uid, gid, mode } = statSync(each)
      expect([uid, gid, mode & 0o777]).toEqual([1234, 1235, 0o600])
    }
  })

  test('is read again at most once a second for keys it does not have', () => {
    let reads = 0
    const keys = { index, keys: new Map([[1, first]]), newest: 1 }
    const crypto = createCrypto(keys, () => {
      reads += 1
      return keys
    })
    const sealed = rotated.seal('t', 'p', 'x')
    for (let n = 0; n < 20; n++) expect(() => crypto.open('t', 'p', sealed)).toThrow(/key 2/)
    expect(reads).toBeLessThan(3)
  })

  test('that cannot be read after a change is told of once, and the keys stay', () => {
    const path = join(folder, 'spoilt-secret')
    createSecretFile(path)
    const told: unknown[] = []
    const ring = openKeyring(path, fixedClock('2026-03-01T08:00:00Z'), error => told.push(error))
    const sealed = ring.crypto.seal('t', 'p', 'x')
    writeFileSync(path, '{')
    ring.reread()
    ring.reread()
    ring.close()
    expect(String(told)).toMatch(/^[^,]*is damaged/)
    expect(told).toHaveLength(1)
    expect(ring.crypto.open('t', 'p', sealed)).toBe('x')
  })

  test('that is missing, open to others or damaged is refused in one line that names it', () => {
    const path = join(folder, 'bad')
    expect(() => readSecretFile(path)).toThrow(/^SECRET_FILE .* does not exist/)
    writeFileSync(path, '{"keys": []}', { mode: 0o600 })
    expect(() => readSecretFile(path)).toThrow(/^SECRET_FILE .* is damaged/)
    chmodSync(path, 0o644)
    expect(() => readSecretFile(path)).toThrow(/^SECRET_FILE .* may be read by others/)
  })
})

describe('passwords and tokens', () => {
  test('a password is verified however its letters were composed, and no other is', async () => {
    const stored = await hashPassword('كلمة é')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await verifyPassword(stored, 'كلمة e\u0301')).toBe(true)
    expect(await verifyPassword(stored, 'كلمة e')).toBe(false)
    expect(await verifyPassword('not a hash', 'كلمة')).toBe(false)
  })

  test('a token has at least 128 bits, goes into an address, and only its hash is kept', () => {
    expect(newToken()).toMatch(/^[A-Za-z0-9_-]{22}$/)
    expect(newToken(32)).toHaveLength(43)
    expect(() => newToken(8)).toThrow(RangeError)
    expect(hashToken('a')).toHaveLength(32)
  })

  test('two secrets are compared whole', () => {
    fc.assert(fc.property(text, text, (a, b) => sameSecret(a, b) === Buffer.from(a).equals(Buffer.from(b))))
  })
})
