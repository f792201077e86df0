import { toWesternDigits, wordsOf } from '../../../lib/arabic.ts'
import type { Fault } from '../../../lib/errors.ts'
import { type Call, typedList, typedText } from '../../../web/call.ts'
import { type Ground, type Purpose, type ServiceWindow, usualRules, type VisitRules } from '../model.ts'

/** What a form of the settings gives: the thing, or what is wrong with its fields. */
export type Reading<T> = { value: T; faults: Fault[] }

type Range = { min: number; max: number }

function whole(call: Call, field: string, { min, max }: Range, faults: Fault[]): number {
  const typed = toWesternDigits(typedText(call, field)).trim()
  const number = Number(typed)
  if (typed === '') faults.push({ field, code: 'required' })
  else if (!/^\d+$/.test(typed)) faults.push({ field, code: 'not-a-number' })
  else if (number < min) faults.push({ field, code: 'too-small', values: { min } })
  else if (number > max) faults.push({ field, code: 'too-large', values: { max } })
  return number
}

function words(call: Call, field: string, faults: Fault[], max = 60): string {
  const typed = typedText(call, field).trim()
  if (typed === '') faults.push({ field, code: 'required' })
  if (typed.length > max) faults.push({ field, code: 'too-long', values: { max } })
  return typed
}

const isOpen = (call: Call): boolean => typedText(call, 'open') === 'yes'

export function readWindow(call: Call, purposes: readonly Purpose[]): Reading<ServiceWindow> {
  const faults: Fault[] = []
  const known = new Set(purposes.map(each => each.code))
  const served = typedList(call, 'purposes').filter(code => known.has(code))
  if (served.length === 0) faults.push({ field: 'purposes', code: 'required' })
  const value = {
    number: whole(call, 'number', { min: 1, max: 99 }, faults),
    name: { ar: words(call, 'nameAr', faults), en: words(call, 'nameEn', faults) },
    room: {
      ar: typedText(call, 'roomAr').trim().slice(0, 60),
      en: typedText(call, 'roomEn').trim().slice(0, 60),
    },
    purposes: served,
    open: isOpen(call),
  }
  return { value, faults }
}

/** A new purpose takes its code from its English name; a code is never changed, since visits carry it. */
export function readPurpose(call: Call, all: readonly Purpose[], code: string | undefined): Reading<Purpose> {
  const faults: Fault[] = []
  const known = all.find(each => each.code === code)
  const letter = words(call, 'letter', faults, 2)
  if (all.some(each => each.code !== known?.code && each.letter === letter))
    faults.push({ field: 'letter', code: 'letter-taken' })
  const name = { ar: words(call, 'nameAr', faults), en: words(call, 'nameEn', faults) }
  const coded = codeOf(name.en)
  if (!known && (coded === '' || all.some(each => each.code === coded)))
    faults.push({ field: 'nameEn', code: 'name-taken' })
  const value = {
    code: known?.code ?? coded,
    letter,
    name,
    open: isOpen(call),
    words: wordsOf(typedText(call, 'words')).slice(0, 20),
    promiseMinutes: whole(call, 'promise', { min: 1, max: 600 }, faults),
    position: known?.position ?? all.length,
  }
  return { value, faults }
}

/** A new ground takes its code from its English name, as a purpose does. */
export function readGround(call: Call, all: readonly Ground[], code: string | undefined): Reading<Ground> {
  const faults: Fault[] = []
  const known = all.find(each => each.code === code)
  const name = { ar: words(call, 'nameAr', faults), en: words(call, 'nameEn', faults) }
  const fresh = codeOf(name.en)
  if (!known && (fresh === '' || all.some(each => each.code === fresh)))
    faults.push({ field: 'nameEn', code: 'name-taken' })
  const value = {
    code: known?.code ?? fresh,
    name,
    position: known?.position ?? all.length,
    open: isOpen(call),
  }
  return { value, faults }
}

const codeOf = (name: string): string =>
  name
    .toLowerCase()
    .split(/[^a-z0-9]+/)
    .filter(Boolean)
    .join('-')

export const ruleRanges: Record<keyof VisitRules, Range> = {
  groundEvery: { min: 1, max: 20 },
  ceilingMinutes: { min: 10, max: 600 },
  soonAt: { min: 1, max: 20 },
  graceMinutes: { min: 1, max: 60 },
}

export const ruleNames = Object.keys(usualRules) as (keyof VisitRules)[]

export function readRules(call: Call): Reading<VisitRules> {
  const faults: Fault[] = []
  const value = Object.fromEntries(
    ruleNames.map(name => [name, whole(call, name, ruleRanges[name], faults)]),
  ) as VisitRules
  return { value, faults }
}
