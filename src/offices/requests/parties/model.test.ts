import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { beneficiaryOf, concernedIn, inTerm, sharesExceedWhole, sumOfShares } from './model.ts'
import { readShare, readTerms } from './read.ts'

const aShare = () =>
  fc
    .tuple(fc.integer({ min: 1, max: 5_000 }), fc.integer({ min: 1, max: 5_000 }))
    .map(([a, b]) => ({ of: Math.min(a, b), in: Math.max(a, b) }))

describe('shares', () => {
  test('are added exactly: any split of the whole into equal parts is the whole, and one part more exceeds it', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 60 }), parts => {
        const heir = { capacity: 'heir' as const, share: { of: 1, in: parts } }
        const heirs = Array.from({ length: parts }, () => heir)
        expect(sumOfShares(heirs.map(({ share }) => share))).toEqual({ of: 1n, in: 1n })
        expect(sharesExceedWhole(heirs)).toBe(false)
        expect(sharesExceedWhole([...heirs, { capacity: 'heir', share: { of: 1, in: 1_000_000 } }])).toBe(
          true,
        )
      }),
    )
  })

  test('come to the same whatever their order, and exceed the whole exactly when their common fraction does', () => {
    fc.assert(
      fc.property(fc.array(aShare(), { maxLength: 8 }), shares => {
        const sum = sumOfShares(shares)
        expect(sumOfShares([...shares].reverse())).toEqual(sum)
        const common = shares.reduce((all, share) => all * BigInt(share.in), 1n)
        const parts = shares.reduce((all, share) => all + (common / BigInt(share.in)) * BigInt(share.of), 0n)
        expect(sum.of * common).toBe(parts * sum.in)
        const heirs = shares.map(share => ({ capacity: 'heir' as const, share }))
        expect(sharesExceedWhole(heirs)).toBe(parts > common)
      }),
    )
  })

  test('of heirs and of joint owners are counted apart', () => {
    const whole = { of: 1, in: 1 }
    expect(
      sharesExceedWhole([
        { capacity: 'heir', share: whole },
        { capacity: 'partner', share: whole },
      ]),
    ).toBe(false)
  })

  test('are read as people write them, and nothing above the whole is one', () => {
    expect(readShare('٣/٢٤')).toEqual({ of: 3, in: 24 })
    for (const typed of ['9/8', '0/4', '1/0', 'ثمن', '1', '-1/8', '1/2000000'])
      expect(readShare(typed)).toBeUndefined()
  })
})

describe('the terms of a party', () => {
  const read = (capacity: Parameters<typeof readTerms>[0], typed: Record<string, string>) =>
    readTerms(capacity, name => typed[name] ?? '', '2026-03-01')

  test('of an agent are the power of attorney with number, notary and day; one that has passed is refused', () => {
    const power = { number: '114/2026', issuer: 'كاتب عدل رام الله', issuedOn: '1/2/2026' }
    expect(read('agent', { ...power, validUntil: '1/3/2026' })).toEqual({
      faults: [],
      terms: {
        capacity: 'agent',
        proof: { number: '114/2026', issuer: 'كاتب عدل رام الله', issuedOn: '2026-02-01' },
        validUntil: '2026-03-01',
      },
    })
    expect(read('agent', { ...power, validUntil: '28/2/2026' }).faults).toEqual([
      { field: 'validUntil', code: 'proof-expired' },
    ])
    expect(read('agent', {}).faults.map(({ field }) => field)).toEqual(['number', 'issuer', 'issuedOn'])
    expect(read('agent', { ...power, issuedOn: '2/3/2026' }).faults).toEqual([
      { field: 'issuedOn', code: 'date-in-future' },
    ])
  })

  test('are those of their capacity: what another capacity would say is left aside', () => {
    expect(read('collector', { number: '7', share: '1/2' }).terms).toEqual({ capacity: 'collector' })
    expect(read('partner', { share: '2/1' }).faults).toEqual([{ field: 'share', code: 'not-a-share' }])
  })

  test('hold through their last day', () => {
    expect([inTerm({ validUntil: '2026-03-01' }, '2026-03-01'), inTerm({}, '2026-03-01')]).toEqual([
      true,
      true,
    ])
    expect(inTerm({ validUntil: '2026-02-28' }, '2026-03-01')).toBe(false)
  })
})

test('an agent files for the principal, an heir for themselves and what was left to them, a tenant for themselves', () => {
  const parties = [{ personId: 'p', capacity: 'principal' }]
  expect(beneficiaryOf({ applicantId: 'a', capacity: 'agent', parties })).toBe('p')
  expect(beneficiaryOf({ applicantId: 'a', capacity: 'tenant', parties })).toBe('a')
  expect(beneficiaryOf({ applicantId: 'a', capacity: 'agent' })).toBe('a')
  expect(concernedIn({ applicantId: 'a', capacity: 'heir', parties })).toEqual(['a', 'p'])
  expect(concernedIn({ applicantId: 'a', capacity: 'guardian', parties })).toEqual(['p'])
})
