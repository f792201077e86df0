import { expect, it } from 'vitest'
import { Decimal } from '../../lib/decimal.ts'
import { fromFeel } from './from-feel.ts'
import type { Field, FieldKind } from './model.ts'
import { toFeel } from './scope.ts'

const field = (kind: FieldKind, rest: Partial<Field> = {}): Field => ({
  id: 'f',
  kind,
  label: { ar: 'حقل', en: 'Field' },
  ...rest,
})
const whole = field('whole-number', { id: 'size' })

it.each([
  [field('whole-number'), 12],
  [field('decimal'), 2.5],
  [field('text'), 'كلمة'],
  [field('yes-no'), true],
  [field('date'), '2026-02-01'],
  [field('choice'), 'large'],
  [field('multiple'), ['a', 'b']],
  [field('money', { currency: 'JOD' }), { minor: 12_500, currency: 'JOD' }],
  [field('address'), { block: '3', quarter: '', parcel: '118', landmark: '' }],
  [field('map-point'), { lat: 31.5, lon: 35.1 }],
  [field('group', { fields: [whole] }), [{ size: 4 }, { size: 9 }]],
] as const)('an answer read by a rule and given back is the same: %#', (asked, answer) => {
  expect(fromFeel(asked, toFeel(asked, answer))).toEqual(answer)
})

it('what a rule does not know is no answer', () => {
  expect(fromFeel(whole, null)).toBeUndefined()
  expect(fromFeel(whole, Decimal.of(3))).toBe(3)
})
