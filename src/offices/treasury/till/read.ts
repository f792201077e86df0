import { toWesternDigits } from '../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Currency, currencies, money, parseAmount } from '../../../lib/money.ts'
import { type DrawerKind, drawerKinds, type Figure, type Notes } from './model.ts'

/** What a form says under a name. */
export type Said = (name: string) => string

/** A day as people write it: ٩/١١/٢٠٢٦, 9-11-2026 or 2026-11-09; undefined when it is none. */
export function readDay(typed: string): CalendarDate | undefined {
  const text = toWesternDigits(typed).replace(/[\s\u200e\u200f\u061c]/g, '')
  if (isCalendarDate(text)) return text
  const match = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text)
  if (!match) return undefined
  const [, day = '', month = '', year = ''] = match
  const date = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(date) ? date : undefined
}

/** A whole number as people write it, blank being nothing; undefined when it is none. */
export function readWhole(typed: string): number | undefined {
  const text = toWesternDigits(typed).trim()
  if (text === '') return 0
  return /^\d{1,9}$/.test(text) ? Number(text) : undefined
}

export const pieceField = (currency: Currency, face: number): string => `n-${currency}-${face}`
export const sumField = (tender: DrawerKind, currency: Currency): string => `a-${tender}-${currency}`

type Counting = { figures: Figure[]; faults: Fault[] }

/** Cash counted by notes and coins, one figure for each currency of which there is any. */
export function readCash(said: Said, denominations: Readonly<Record<Currency, readonly number[]>>): Counting {
  const figures: Figure[] = []
  const faults: Fault[] = []
  for (const currency of currencies) {
    const notes: Notes = {}
    let sum = 0
    for (const face of denominations[currency]) {
      const pieces = readWhole(said(pieceField(currency, face)))
      if (pieces === undefined) faults.push({ field: pieceField(currency, face), code: 'not-a-number' })
      else if (pieces > 0) notes[String(face)] = pieces
      sum += face * (pieces ?? 0)
    }
    if (sum > 0) figures.push({ tender: 'cash', amount: money(sum, currency), notes })
  }
  return { figures, faults }
}

/** The sums of what is no cash. A sum below zero is more given back than taken, written with a minus. */
export function readSums(said: Said, kinds: readonly DrawerKind[] = drawerKinds.slice(1)): Counting {
  const figures: Figure[] = []
  const faults: Fault[] = []
  for (const tender of kinds) {
    for (const currency of currencies) {
      const typed = said(sumField(tender, currency)).trim()
      if (typed === '') continue
      const minus = /^[-−]/.test(typed)
      const read = parseAmount(minus ? typed.slice(1) : typed, currency)
      if (!read.ok) faults.push({ field: sumField(tender, currency), code: read.code })
      else if (read.value.minor !== 0)
        figures.push({ tender, amount: money(minus ? -read.value.minor : read.value.minor, currency) })
    }
  }
  return { figures, faults }
}
