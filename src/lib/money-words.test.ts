import fc from 'fast-check'
import { expect, test } from 'vitest'
import { currencies, money } from './money.ts'
import { moneyInWords } from './money-words.ts'

const dinars = (n: number) => moneyInWords(money(n * 1000, 'JOD')).replace(' فقط لا غير', '')

test.each([
  [1, 'دينار أردني واحد'],
  [2, 'ديناران أردنيان'],
  [3, 'ثلاثة دنانير أردنية'],
  [8, 'ثمانية دنانير أردنية'],
  [10, 'عشرة دنانير أردنية'],
  [11, 'أحد عشر دينارًا أردنيًا'],
  [12, 'اثنا عشر دينارًا أردنيًا'],
  [21, 'واحد وعشرون دينارًا أردنيًا'],
  [100, 'مئة دينار أردني'],
  [101, 'مئة دينار أردني ودينار أردني واحد'],
  [102, 'مئة دينار أردني وديناران أردنيان'],
  [103, 'مئة وثلاثة دنانير أردنية'],
  [170, 'مئة وسبعون دينارًا أردنيًا'],
  [200, 'مئتا دينار أردني'],
  [250, 'مئتان وخمسون دينارًا أردنيًا'],
  [1000, 'ألف دينار أردني'],
  [2000, 'ألفا دينار أردني'],
  [2026, 'ألفان وستة وعشرون دينارًا أردنيًا'],
  [3000, 'ثلاثة آلاف دينار أردني'],
  [11000, 'أحد عشر ألف دينار أردني'],
  [15300, 'خمسة عشر ألفًا وثلاثمئة دينار أردني'],
  [100000, 'مئة ألف دينار أردني'],
  [200000, 'مئتا ألف دينار أردني'],
  [1000001, 'مليون دينار أردني ودينار أردني واحد'],
  [0, 'صفر دينار أردني'],
])('%d dinars in words', (n, expected) => {
  expect(dinars(n)).toBe(expected)
})

test('minor units follow in their own gender', () => {
  expect(moneyInWords(money(171110, 'ILS'))).toBe('ألف وسبعمئة وأحد عشر شيكلًا وعشر أغورات فقط لا غير')
  expect(moneyInWords(money(1508, 'ILS'))).toBe('خمسة عشر شيكلًا وثماني أغورات فقط لا غير')
  expect(moneyInWords(money(128, 'ILS'))).toBe('شيكل واحد وثمانٍ وعشرون أغورة فقط لا غير')
  expect(moneyInWords(money(12, 'ILS'))).toBe('اثنتا عشرة أغورة فقط لا غير')
  expect(moneyInWords(money(170500, 'JOD'))).toBe('مئة وسبعون دينارًا أردنيًا وخمسمئة فلس فقط لا غير')
  expect(moneyInWords(money(-4200, 'USD'))).toBe('ناقص اثنان وأربعون دولارًا أمريكيًا فقط لا غير')
})

test('every amount has words, and different amounts have different words', () => {
  const amount = fc.tuple(fc.integer({ min: 0, max: 1e11 }), fc.constantFrom(...currencies))
  fc.assert(
    fc.property(amount, amount, ([a, currency], [b]) => {
      const words = moneyInWords(money(a, currency))
      expect(words).not.toMatch(/undefined| {2}|^ | و /)
      expect(words === moneyInWords(money(b, currency))).toBe(a === b)
    }),
  )
})
