import { expect, test } from 'vitest'
import { readReady, tooFewWords, typedReady } from './ready.ts'

test('ready words keep their code while they stand, wherever their line moves', () => {
  const known = [{ code: 'moved', ar: 'انتقل', en: 'Moved' }]
  expect(readReady('جديد\n\n انتقل | Moved away ', known)).toEqual([
    { code: 'own-1', ar: 'جديد', en: 'جديد' },
    { code: 'moved', ar: 'انتقل', en: 'Moved away' },
  ])
  expect(readReady(typedReady(known), known)).toEqual(known)
})

test('ten letters say something; digits and dots do not count', () => {
  expect(tooFewWords('why', 'سألني عن معاملته')).toEqual([])
  expect(tooFewWords('why', '1234567890 ... لا')).toEqual([
    { field: 'why', code: 'too-short', values: { min: 10 } },
  ])
})
