import { composed, stripControls, toWesternDigits } from '../../../lib/arabic.ts'
import type { RawForm } from '../model.ts'

/** The first value posted under a name. */
export function one(raw: RawForm, name: string): string {
  if (!Object.hasOwn(raw, name)) return ''
  const value = raw[name]
  const first = typeof value === 'string' ? value : value?.[0]
  return typeof first === 'string' ? first : ''
}

/** Every value posted under a name. */
export function all(raw: RawForm, name: string): string[] {
  if (!Object.hasOwn(raw, name)) return []
  const value = raw[name]
  const values = typeof value === 'string' ? [value] : (value ?? [])
  return values.filter(text => typeof text === 'string' && text !== '').slice(0, 500)
}

/** One line: no invisible signs, single spaces, whole characters. */
export function line(text: string): string {
  return composed(stripControls(text.toWellFormed()).replace(/\s+/g, ' ').trim())
}

/** Several lines: line ends stay. */
export function lines(text: string): string {
  return composed(stripControls(text.toWellFormed()).trim())
}

/** Figures as a machine reads them: ٣٬٥٠٠٫٥ → 3500.5. */
export function figures(text: string): string {
  return toWesternDigits(line(text))
    .replace(/[\s٬،,]/g, '')
    .replaceAll('٫', '.')
}

/** 3/11/2026, ٣-١١-٢٠٢٦ or 2026-11-03 as 2026-11-03; whether that day exists is not asked here. */
export function isoDate(text: string): string | undefined {
  const typed = toWesternDigits(line(text)).replace(/\s/g, '')
  const iso = /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(typed)
  if (iso) return write(iso[1], iso[2], iso[3])
  const spoken = /^(\d{1,2})[/.\-،](\d{1,2})[/.\-،](\d{4})$/.exec(typed)
  return spoken ? write(spoken[3], spoken[2], spoken[1]) : undefined
}

const write = (year = '', month = '', day = '') => `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
