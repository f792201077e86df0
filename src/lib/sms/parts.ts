import { isGsm, septetsOf } from './gsm.ts'

export type SmsEncoding = 'GSM-7' | 'UCS-2'

export type SmsParts = {
  readonly encoding: SmsEncoding
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

/** How a text travels as an SMS, and so what it costs: as many parts as `splitSms` gives. */
export function smsParts(text: string): SmsParts {
  const encoding = isGsm(text) ? 'GSM-7' : 'UCS-2'
  const units = unitsOf(text, encoding)
  const { single, joined } = smsCapacity[encoding]
  if (units <= single) return { encoding, units, parts: 1, perPart: single }
  return { encoding, units, parts: partsFrom(text, encoding, 0), perPart: joined }
}

/** A text as it goes on the wire, a part for each message of the network; none of them longer than the network takes. */
export function splitSms(text: string): { encoding: SmsEncoding; parts: string[] } {
  const encoding = isGsm(text) ? 'GSM-7' : 'UCS-2'
  if (unitsOf(text, encoding) <= smsCapacity[encoding].single) return { encoding, parts: [text] }
  const parts: string[] = []
  for (let at = 0; at < text.length; ) {
    const end = kindEnd(text, encoding, at)
    parts.push(text.slice(at, end))
    at = end
  }
  return { encoding, parts }
}

/** The text of parts in their order. */
export const joinSms = (parts: readonly string[]): string => parts.join('')

function unitsOf(text: string, encoding: SmsEncoding): number {
  if (encoding === 'UCS-2') return text.length
  let units = 0
  for (const letter of text) units += septetsOf(letter)
  return units
}

/** How many joined parts the rest of a text takes. */
function partsFrom(text: string, encoding: SmsEncoding, from: number): number {
  let parts = 0
  for (let at = from; at < text.length; parts += 1) at = hardEnd(text, encoding, at)
  return parts
}

/** Where a part from here is full: never between the two halves of a sign, nor between the two septets of one. */
function hardEnd(text: string, encoding: SmsEncoding, from: number): number {
  const room = smsCapacity[encoding].joined
  if (encoding === 'UCS-2') {
    const end = Math.min(text.length, from + room)
    return isTail(text, end) ? end - 1 : end
  }
  let end = from
  for (let septets = 0; end < text.length; end += 1) {
    septets += septetsOf(text.charAt(end))
    if (septets > room) break
  }
  return end
}

const isTail = (text: string, at: number): boolean =>
  /[\udc00-\udfff]/.test(text.charAt(at)) && /[\ud800-\udbff]/.test(text.charAt(at - 1))

// A browser older than the rule counts the same parts and may only break them inside a cluster.
const clusters =
  typeof Intl.Segmenter === 'function' ? new Intl.Segmenter('ar', { granularity: 'grapheme' }) : undefined

/** The same, and neither between a letter and its marks nor inside a joined sign, unless that would cost one part more. */
function kindEnd(text: string, encoding: SmsEncoding, from: number): number {
  const hard = hardEnd(text, encoding, from)
  if (hard >= text.length) return hard
  const kind = clusters?.segment(text).containing(hard)?.index ?? hard
  if (kind <= from || kind === hard) return hard
  return partsFrom(text, encoding, kind) <= partsFrom(text, encoding, hard) ? kind : hard
}
