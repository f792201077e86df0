import type { Typed } from '../../../../web/call.ts'

/** One value of a form; '' where none was sent. */
export function one(typed: Typed, name: string): string {
  const value = typed[name]
  return (Array.isArray(value) ? (value.at(-1) ?? '') : (value ?? '')).trim()
}

/** Every value sent under a name. */
export function many(typed: Typed, name: string): string[] {
  const value = typed[name]
  return value === undefined ? [] : Array.isArray(value) ? value : [value]
}

/** The whole numbers that follow a prefix in the names of a form, in order: the rows that were sent. */
export function places(typed: Typed, prefix: string): number[] {
  const found = Object.keys(typed).flatMap(name => {
    const number = name.startsWith(prefix) ? /^\d+/.exec(name.slice(prefix.length)) : null
    return number ? Number(number[0]) : []
  })
  return [...new Set(found)].sort((a, b) => a - b)
}
