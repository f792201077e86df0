import { addDays, isCalendarDate } from '../../../../lib/calendar.ts'

/** What the rules at hand are written with: the values at which they may turn. */
export type Constants = { texts: readonly string[]; numbers: readonly number[]; dates: readonly string[] }

const most = 24

/** Gathers the constants of rules, with their neighbours; bounded, the first ones first. */
export function constantsOf(rules: readonly string[]): Constants {
  const texts = new Set<string>()
  const numbers = new Set<number>()
  for (const rule of rules) {
    for (const [, text = ''] of rule.matchAll(/"((?:[^"\\]|\\.)*)"/g)) texts.add(text)
    for (const [figure] of rule.replace(/"(?:[^"\\]|\\.)*"/g, ' ').matchAll(/\b\d+(?:\.\d+)?/g)) {
      numbers.add(Number(figure))
    }
  }
  const days = [...texts].filter(isCalendarDate)
  return {
    texts: [...texts].slice(0, most),
    numbers: [...numbers].slice(0, most),
    dates: days.flatMap(day => [addDays(day, -1), day, addDays(day, 1)]),
  }
}

/** The numbers to try: each constant and either side of it, what lies between two, and the bounds. */
export function numbersAround(
  numbers: readonly number[],
  min?: number,
  max?: number,
  whole = false,
): number[] {
  const sorted = [...new Set([0, ...numbers.flatMap(n => [n, -n])])].sort((a, b) => a - b)
  const between = sorted.slice(1).map((n, i) => ((sorted[i] ?? n) + n) / 2)
  const bounds = [min, max, min !== undefined ? min + 1 : undefined, max !== undefined ? max - 1 : undefined]
  const tried = [...numbers, ...bounds, ...numbers.flatMap(n => [n - 1, n + 1, -n]), 0, 1, ...between]
  const fitting = tried.flatMap(n => {
    const value = n === undefined ? undefined : whole ? Math.floor(n) : n
    return value !== undefined && value >= (min ?? -1e9) && value <= (max ?? 1e9) ? [value] : []
  })
  return [...new Set(fitting)].slice(0, 3 * most)
}

/** The days to try around a day: those of the rules, and such as have the years, months and days that they name. */
export function datesAround({ dates, numbers }: Constants, today: string): string[] {
  const parts = numbers.flatMap(n => {
    const two = String(n).padStart(2, '0')
    const years = n >= 1900 && n <= 2200 ? [`${n - 1}-06-15`, `${n}-06-15`, `${n + 1}-06-15`] : []
    const months = n >= 1 && n <= 12 ? [`2025-${two}-15`, `2024-${two}-15`] : []
    return [...years, ...months, ...(n >= 1 && n <= 31 ? [`2025-01-${two}`] : [])]
  })
  const near = [today, addDays(today, -1), addDays(today, 1), addDays(today, -7_300), addDays(today, 400)]
  return [...new Set([...dates, ...near, ...parts])].filter(isCalendarDate).slice(0, 4 * most)
}
