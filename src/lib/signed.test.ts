import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalFields, signatureHolds, signFields } from './signed.ts'

const key = 'a key of a test'

test('signs whatever the fields hold, in any order, and is broken by any change of name or value', () => {
  const fields = fc.dictionary(
    fc.stringMatching(/^[a-z]{1,8}$/).filter(name => name !== 'signature' && name !== 'constructor'),
    fc.string(),
    { minKeys: 1, maxKeys: 6 },
  )
  fc.assert(
    fc.property(fields, fc.string(), (of, other) => {
      const signed = signFields({ ...of }, key)
      expect(signatureHolds(signed, key)).toBe(true)
      expect(signatureHolds(Object.fromEntries(Object.entries(signed).reverse()), key)).toBe(true)
      expect(signatureHolds(signed, `${key}.`)).toBe(false)
      const [name = ''] = Object.keys(of)
      if (other !== of[name]) expect(signatureHolds({ ...signed, [name]: other }, key)).toBe(false)
      expect(signatureHolds({ ...signed, added: '1' }, key)).toBe(false)
    }),
  )
})

test('no value can pass for another field', () => {
  expect(canonicalFields({ a: '1\nb=2' })).not.toBe(canonicalFields({ a: '1', b: '2' }))
  expect(canonicalFields({ a: '1\\nb=2' })).not.toBe(canonicalFields({ a: '1\nb=2' }))
})

test('what carries no signature, or half of one, does not hold', () => {
  const signed = signFields({ a: '1' }, key)
  expect(signatureHolds({ a: '1' }, key)).toBe(false)
  expect(signatureHolds({ ...signed, signature: signed.signature.slice(0, 32) }, key)).toBe(false)
  expect(signatureHolds({ ...signed, signature: 'zz' }, key)).toBe(false)
})
