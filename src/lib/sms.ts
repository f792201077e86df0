import calculator from 'sms-segments-calculator'

export type SmsParts = {
  readonly encoding: 'GSM-7' | 'UCS-2'
  /** Septets or 16-bit units the text takes. */
  readonly units: number
  readonly parts: number
  /** How many units each of these parts holds: 160 or 153, 70 or 67. */
  readonly perPart: number
}

const capacity = { 'GSM-7': { single: 160, joined: 153 }, 'UCS-2': { single: 70, joined: 67 } } as const

/** How a text travels as an SMS, and so what it costs. */
export function smsParts(text: string): SmsParts {
  const message = new calculator.SegmentedMessage(text, 'auto')
  const encoding = message.encodingName
  const parts = Math.max(1, message.segmentsCount)
  const { single, joined } = capacity[encoding]
  return { encoding, units: message.numberOfCharacters, parts, perPart: parts > 1 ? joined : single }
}
