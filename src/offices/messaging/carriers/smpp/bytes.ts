import { randomBytes } from 'node:crypto'
import { splitSms } from '../../../../lib/sms/index.ts'

/** GSM 03.38 in its order; ESC stands at 27 and is never written. */
const table =
  '@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞ\u001bÆæßÉ !"#¤%&\'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà'
const second = 0x1b
const codes = new Map<string, number[]>([...table].map((letter, code) => [letter, [code]]))
for (const [letter, code] of Object.entries({
  '\f': 0x0a,
  '^': 0x14,
  '{': 0x28,
  '}': 0x29,
  '\\': 0x2f,
  '[': 0x3c,
  '~': 0x3d,
  ']': 0x3e,
  '|': 0x40,
  '€': 0x65,
}))
  codes.set(letter, [second, code])

/** Septets of a text, one in each byte, as SMPP carries them. */
const gsmBytes = (text: string): Buffer =>
  Buffer.from([...text].flatMap(letter => codes.get(letter) ?? [0x20]))

const ucs2Bytes = (text: string): Buffer => Buffer.from(text, 'utf16le').swap16()

/** A text as one or several messages of the network. */
export type Wire = {
  /** 0 the alphabet of the network, 8 UCS-2. */
  coding: 0 | 8
  /** Each with the header that joins it to the others, where there are others. */
  parts: { header: Buffer; body: Buffer }[]
}

const none = Buffer.alloc(0)
let joint = randomBytes(1).readUInt8()

/** The parts of a text with their headers; a text of several gets a number of its own, which telephones join them by. */
export function wireOf(text: string): Wire {
  const { encoding, parts } = splitSms(text)
  const gsm = encoding === 'GSM-7'
  const bytes = parts.map(gsm ? gsmBytes : ucs2Bytes)
  if (bytes.length > 1) joint = (joint + 1) % 256
  return {
    coding: gsm ? 0 : 8,
    parts: bytes.map((body, at) => ({
      header: bytes.length > 1 ? Buffer.from([5, 0, 3, joint, bytes.length, at + 1]) : none,
      body,
    })),
  }
}

/** The same text in one piece, for `message_payload`: the carrier cuts it. */
export function wholeOf(text: string): { coding: 0 | 8; body: Buffer } {
  const gsm = splitSms(text).encoding === 'GSM-7'
  return { coding: gsm ? 0 : 8, body: gsm ? gsmBytes(text) : ucs2Bytes(text) }
}
