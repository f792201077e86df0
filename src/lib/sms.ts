import calculator from 'sms-segments-calculator'

export type SmsParts = {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** Septets or 16-bit units the text takes. */
  readonly units: number
  readonly parts: number
  /** How many units each of these parts holds: 160 or 153, 70 or 67. */
  readonly perPart: number
}

/** Units one part holds, alone and joined to others. */
export const smsCapacity = {
  'GSM-7': { single: 160, joined: 153 },
  'UCS-2': { single: 70, joined: 67 },
} as const

/** Letters that are one unit each, whatever stands beside them; the calculator takes 150 µs to see that. */
const plainArabic = /^[ -~\n\u060c\u061b\u061f\u0621-\u063a\u0641-\u064a\u0660-\u0669«»]*$/
const arabicLetter = /[\u0600-\u06ff]/

/** How a text travels as an SMS, and so what it costs. */
export function smsParts(text: string): SmsParts {
  if (plainArabic.test(text) && arabicLetter.test(text)) return count('UCS-2', text.length)
  const message = new calculator.SegmentedMessage(text, 'auto')
  const encoding = message.encodingName
  const parts = Math.max(1, message.segmentsCount)
  const { single, joined } = smsCapacity[encoding]
  return { encoding, units: message.numberOfCharacters, parts, perPart: parts > 1 ? joined : single }
}

function count(encoding: SmsParts['encoding'], units: number): SmsParts {
  const { single, joined } = smsCapacity[encoding]
  if (units <= single) return { encoding, units, parts: 1, perPart: single }
  return { encoding, units, parts: Math.ceil(units / joined), perPart: joined }
}
