import { randomInt } from 'node:crypto'

/** What a short link opens: where a request stands, what it owes, the papers it lacks. */
export type LinkKind = 'track' | 'pay' | 'paper'

/** A link somebody opened. */
export type ShortLink = {
  id: string
  kind: LinkKind
  requestId: string
  /** Of papers: their ids, in the order they are asked for. */
  about: readonly string[]
  expiresAt: Date
  /** How often something was sent through it. */
  tries: number
}

/** Digits and letters nobody takes for one another: thirty-two, so that each is five bits. */
const letters = '0123456789abcdefghjkmnpqrstvwxyz'
/** Fifty bits: short enough for a message, and a guess in a million million finds nothing. */
export const codeLength = 10

/** Days a link opens: papers and fees are asked for again, where a request stands is asked until it ends. */
export const daysOpen: Record<LinkKind, number> = { track: 120, pay: 45, paper: 45 }

/** Sendings one link takes: a few papers, each a few times. */
export const mostTries = 30

/** A new code, every letter by chance. */
export const newCode = (): string =>
  Array.from({ length: codeLength }, () => letters[randomInt(letters.length)]).join('')

/** A code as somebody opened it or typed it off a screen; undefined where it can be none. */
export function readCode(typed: string): string | undefined {
  if (typed.length !== codeLength) return undefined
  const code = typed.toLowerCase().replaceAll('o', '0').replace(/[il]/g, '1')
  return [...code].every(letter => letters.includes(letter)) ? code : undefined
}
