import fc from 'fast-check'
import calculator from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { smsParts } from './sms.ts'

test('Arabic holds 70 in one part and 67 in each of several', () => {
  expect(smsParts('ا'.repeat(70))).toEqual({ encoding: 'UCS-2', units: 70, parts: 1, perPart: 70 })
  expect(smsParts('ا'.repeat(71))).toEqual({ encoding: 'UCS-2', units: 71, parts: 2, perPart: 67 })
  expect(smsParts('ا'.repeat(135)).parts).toBe(3)
})

test('Latin holds 160 and 153, and some signs count twice', () => {
  expect(smsParts('a'.repeat(160))).toEqual({ encoding: 'GSM-7', units: 160, parts: 1, perPart: 160 })
  expect(smsParts('a'.repeat(161)).parts).toBe(2)
  expect(smsParts('€'.repeat(80)).parts).toBe(1)
  expect(smsParts('€'.repeat(81)).parts).toBe(2)
})

test('one Arabic letter makes the whole text Arabic', () => {
  expect(smsParts(`${'a'.repeat(100)}م`)).toMatchObject({ encoding: 'UCS-2', parts: 2 })
})

test('plain Arabic, counted by its length, is what the calculator counts', () => {
  const letters = fc.string({
    unit: fc.constantFrom(...'ابتةىء يلمو،؟٣ aZ09-/:.~[{«»\n\u064b😀é€'),
    maxLength: 220,
  })
  fc.assert(
    fc.property(letters, text => {
      const message = new calculator.SegmentedMessage(text, 'auto')
      expect(smsParts(text)).toMatchObject({
        encoding: message.encodingName,
        units: message.numberOfCharacters,
        parts: Math.max(1, message.segmentsCount),
      })
    }),
  )
})
