import { expect, test } from 'vitest'
import { costInWords, milliInWords } from './cost.ts'

test('a part costs less than the smallest coin, and says so', () => {
  expect(costInWords({ milli: 4_500, currency: 'ILS' }, 1, 'ar')).toBe('0.045 شيكل')
  expect(costInWords({ milli: 4_500, currency: 'ILS' }, 3, 'ar')).toBe('0.135 شيكل')
  expect(costInWords({ milli: 5_000, currency: 'ILS' }, 2, 'ar')).toBe('0.10 شيكل')
  expect(costInWords({ milli: 0, currency: 'JOD' }, 2, 'ar')).toBe('0.000 دينار')
  expect(milliInWords({ milli: 124_050_000, currency: 'ILS' }, 'ar')).toBe('1,240.50 شيكل')
  expect(milliInWords({ milli: 1, currency: 'USD' }, 'en')).toMatch(/^0\.00001 /)
})
