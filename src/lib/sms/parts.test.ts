import fc from 'fast-check'
import calculator from 'sms-segments-calculator'
import { expect, test } from 'vitest'
import { joinSms, smsCapacity, smsParts, splitSms } from './parts.ts'

/** Text of any script, with what is hard to cut often among it. */
const anyText = fc.string({
  unit: fc.oneof(
    { weight: 4, arbitrary: fc.constantFrom(...'ابتةىء يلمو،؟٣ aZ09-/:.~[{}|\\^«»\n\u064b\u0651é€') },
    {
      weight: 2,
      arbitrary: fc.constantFrom('😀', '👨‍👩‍👧', '🇵🇸', '👍🏽', 'e\u0301', '\u0628\u0651\u064e', '\r\n'),
    },
    { weight: 1, arbitrary: fc.string({ unit: 'binary', maxLength: 3 }) },
    { weight: 1, arbitrary: fc.string({ unit: 'grapheme', maxLength: 3 }) },
  ),
  maxLength: 500,
})
const septets = fc.string({ unit: fc.constantFrom(...'abcXYZ 019@£é€[]{}~^|\\\n'), maxLength: 500 })
const texts = fc.oneof(anyText, septets)

const unitsOf = (part: string, encoding: 'GSM-7' | 'UCS-2') =>
  encoding === 'UCS-2'
    ? part.length
    : [...part].reduce((sum, sign) => sum + ('^{}\\[~]|€'.includes(sign) ? 2 : 1), 0)

test('Arabic holds 70 in one part and 67 in each of several', () => {
  expect(smsParts('ا'.repeat(70))).toEqual({ encoding: 'UCS-2', units: 70, parts: 1, perPart: 70 })
  expect(smsParts('ا'.repeat(71))).toEqual({ encoding: 'UCS-2', units: 71, parts: 2, perPart: 67 })
  expect(smsParts('ا'.repeat(135)).parts).toBe(3)
  expect(splitSms('ا'.repeat(152)).parts.map(part => part.length)).toEqual([67, 67, 18])
})

test('Latin holds 160 and 153, and some signs count twice', () => {
  expect(smsParts('a'.repeat(160))).toEqual({ encoding: 'GSM-7', units: 160, parts: 1, perPart: 160 })
  expect(smsParts('a'.repeat(161)).parts).toBe(2)
  expect(smsParts('€'.repeat(80)).parts).toBe(1)
  expect(smsParts('€'.repeat(81)).parts).toBe(2)
})

test('a sign of two septets is not cut at the end of a part', () => {
  expect(splitSms(`${'a'.repeat(152)}€${'b'.repeat(10)}`).parts.map(part => part.length)).toEqual([152, 11])
})

test('one Arabic letter makes the whole text Arabic', () => {
  expect(smsParts(`${'a'.repeat(100)}م`)).toMatchObject({ encoding: 'UCS-2', parts: 2 })
})

test('the encoding and the units are those another library counts', () => {
  fc.assert(
    fc.property(texts, text => {
      const message = new calculator.SegmentedMessage(text, 'auto')
      const encoding = message.encodingName
      const units = message.messageSize / (encoding === 'GSM-7' ? 7 : 16)
      expect(smsParts(text)).toMatchObject({ encoding, units })
    }),
  )
})

test('what was split is the whole text when joined, and no part is longer than the network takes', () => {
  fc.assert(
    fc.property(texts, text => {
      const { encoding, parts } = splitSms(text)
      expect(joinSms(parts)).toBe(text)
      expect(smsParts(text)).toMatchObject({ encoding, parts: parts.length })
      const { single, joined } = smsCapacity[encoding]
      for (const part of parts)
        expect(unitsOf(part, encoding)).toBeLessThanOrEqual(parts.length > 1 ? joined : single)
      if (parts.length > 1) expect(parts.every(part => part.length > 0)).toBe(true)
    }),
  )
})

test('no part breaks a character: each reads by itself', () => {
  fc.assert(
    fc.property(texts, text => {
      const whole = text.toWellFormed()
      for (const part of splitSms(whole).parts) expect(part.isWellFormed()).toBe(true)
    }),
  )
})

test('letters keep their marks and joined signs stay whole where that costs no part more', () => {
  const segmenter = new Intl.Segmenter('ar', { granularity: 'grapheme' })
  const starts = (text: string) => new Set(Array.from(segmenter.segment(text), ({ index }) => index))
  fc.assert(
    fc.property(anyText, text => {
      const { encoding, parts } = splitSms(text)
      const whole = starts(text)
      let at = 0
      const broken = parts.slice(0, -1).filter(part => {
        at += part.length
        return !whole.has(at)
      })
      if (broken.length === 0) return
      // Cut at clusters alone, it would have been longer, or a cluster is longer than a part.
      const { joined } = smsCapacity[encoding]
      let [count, room] = [1, joined]
      for (const { segment } of segmenter.segment(text)) {
        const units = unitsOf(segment, encoding)
        if (units > joined) return
        if (units > room) [count, room] = [count + 1, joined]
        room -= units
      }
      expect(count).toBeGreaterThan(parts.length)
    }),
  )
})
