import { toWesternDigits } from '../../../../lib/arabic.ts'
import type { Currency } from '../../../../lib/money.ts'
import type { Typed } from '../../../../web/call.ts'
import { readCondition } from '../../sentences/condition.ts'
import { type Base, type FeeSentence, type Product, readFee, writeFee } from '../../sentences/fee.ts'
import type { Subject } from '../../sentences/vocabulary.ts'
import { writeCondition } from '../../sentences/write.ts'
import { type FormCondition, readRows, reshaped, rowsOf, typedRows } from './condition-form.ts'
import { many, one, places } from './typed.ts'

/** One line of an amount: a price, or an amount written out, times numbers; perhaps for each row of a group. */
export type FormProduct = { base: string; amount: string; times: string[]; each: string }
export type FormTier = { when: FormCondition; products: FormProduct[] }
/** A fee as it is filled in; anything may still be missing. */
export type FormFee = {
  free: FormCondition
  tiers: FormTier[]
  otherwise: FormProduct[]
  least: string
  most: string
}

/** The name that stands for an amount written out. */
export const written = 'written'
const emptyProduct: FormProduct = { base: '', amount: '', times: [], each: '' }
const nothing: FormCondition = { join: 'and', groups: [] }
const startCondition: FormCondition = {
  join: 'and',
  groups: [{ not: false, rows: [{ subject: '', test: '', values: [], other: '' }] }],
}

/** The lines a formula makes; undefined where it is one of its own. */
export function feeRowsOf(source: string | undefined): FormFee | undefined {
  if (source === undefined || source === '') {
    return { free: nothing, tiers: [], otherwise: [emptyProduct], least: '', most: '' }
  }
  const fee = readFee(source)
  if (!fee) return undefined
  const shown = (base: Base | undefined) => (base?.kind === 'name' ? base.name : (base?.amount ?? ''))
  return {
    free: (fee.free && rowsOf(writeCondition(fee.free))) ?? nothing,
    tiers: fee.tiers.map(({ when, products }) => ({
      when: rowsOf(writeCondition(when)) ?? nothing,
      products: products.map(toFormProduct),
    })),
    otherwise: fee.otherwise.map(toFormProduct),
    least: shown(fee.atLeast),
    most: shown(fee.atMost),
  }
}

const toFormProduct = ({ base, times, each }: Product): FormProduct => ({
  base: base.kind === 'name' ? base.name : written,
  amount: base.kind === 'money' ? base.amount : '',
  times,
  each: each ?? '',
})

/** The lines as they were sent. */
export function typedFee(typed: Typed, name: string): FormFee {
  const products = (at: string) =>
    places(typed, `${at}.p`).map((number): FormProduct => {
      const line = `${at}.p${number}`
      return {
        base: one(typed, `${line}.base`),
        amount: toWesternDigits(one(typed, `${line}.amount`)).replace('٫', '.'),
        times: many(typed, `${line}.times`).filter(each => each !== ''),
        each: one(typed, `${line}.each`),
      }
    })
  return {
    free: typedRows(typed, `${name}.free`),
    tiers: places(typed, `${name}.t`).map(number => ({
      when: typedRows(typed, `${name}.t${number}.when`),
      products: products(`${name}.t${number}`),
    })),
    otherwise: products(`${name}.o`),
    least: one(typed, `${name}.leastPrice`) || one(typed, `${name}.least`),
    most: one(typed, `${name}.mostPrice`) || one(typed, `${name}.most`),
  }
}

/** A change of the shape alone. Orders to a condition inside carry its place: `free/…`, `t0/…`. */
export function reshapedFee(form: FormFee, order: string): FormFee {
  const [place = '', inside] = order.split('/')
  if (inside !== undefined) {
    if (place === 'free') return { ...form, free: reshaped(form.free, inside) }
    return {
      ...form,
      tiers: form.tiers.map((tier, at) =>
        `t${at}` === place ? { ...tier, when: reshaped(tier.when, inside) } : tier,
      ),
    }
  }
  const [what, at = ''] = place.split('|')
  switch (what) {
    case 'tier':
      return { ...form, tiers: [...form.tiers, { when: startCondition, products: [emptyProduct] }] }
    case 'drop-tier':
      return { ...form, tiers: form.tiers.filter((_, number) => String(number) !== at) }
    case 'free':
      return { ...form, free: startCondition }
    case 'line':
      return { ...form, otherwise: [...form.otherwise, emptyProduct] }
    case 'drop-line':
      return { ...form, otherwise: form.otherwise.filter((_, number) => String(number) !== at) }
    default:
      return form
  }
}

export type FeeReading = { ok: true; amount: string } | { ok: false; code: string; field: string }

/** The formula the lines stand for. */
export function readFeeRows(
  form: FormFee,
  name: string,
  currency: Currency,
  subjects: readonly Subject[],
): FeeReading {
  const plain = subjects.filter(subject => subject.column === undefined)
  const free = readRows(form.free, `${name}.free`, plain)
  if (!free.ok) return free
  const tiers: FeeSentence['tiers'] = []
  for (const [at, tier] of form.tiers.entries()) {
    const when = readRows(tier.when, `${name}.t${at}.when`, plain)
    if (!when.ok) return when
    const products = readProducts(tier.products, `${name}.t${at}`, currency)
    if (!Array.isArray(products)) return { ok: false, ...products }
    const condition = when.rule && readCondition(when.rule)
    if (!condition) return { ok: false, code: 'required', field: `${name}.t${at}.when.0.0.subject` }
    tiers.push({ when: condition, products })
  }
  const otherwise = readProducts(form.otherwise, `${name}.o`, currency)
  if (!Array.isArray(otherwise)) return { ok: false, ...otherwise }
  const exempt = free.rule === undefined ? undefined : readCondition(free.rule)
  const atLeast = bound(form.least, currency)
  const atMost = bound(form.most, currency)
  if (atLeast === 'wrong') return { ok: false, code: 'amount-malformed', field: `${name}.least` }
  if (atMost === 'wrong') return { ok: false, code: 'amount-malformed', field: `${name}.most` }
  const sentence = {
    ...(exempt && { free: exempt }),
    tiers,
    otherwise,
    ...(atLeast && { atLeast }),
    ...(atMost && { atMost }),
  }
  return { ok: true, amount: writeFee(sentence, currency) }
}

const figures = /^\d{1,9}(\.\d{1,3})?$/

function readProducts(
  lines: readonly FormProduct[],
  name: string,
  currency: Currency,
): Product[] | { code: string; field: string } {
  const found: Product[] = []
  for (const [at, line] of lines.entries()) {
    const base = readBase(line, currency)
    if (base === undefined && at > 0 && line.times.length === 0) continue
    if (base === undefined) return { code: 'required', field: `${name}.p${at}.base` }
    if (base === 'wrong') return { code: 'amount-malformed', field: `${name}.p${at}.amount` }
    // Columns are named for each row of their group only.
    const times = line.each ? line.times : line.times.filter(factor => !factor.startsWith('row.'))
    found.push({ base, times, ...(line.each && { each: line.each }) })
  }
  return found.length > 0 ? found : { code: 'required', field: `${name}.p0.base` }
}

function readBase({ base, amount }: FormProduct, currency: Currency): Base | 'wrong' | undefined {
  if (base === '' && amount === '') return undefined
  if (base !== '' && base !== written) return { kind: 'name', name: base }
  return figures.test(amount) ? { kind: 'money', amount, currency } : 'wrong'
}

function bound(typed: string, currency: Currency): Base | 'wrong' | undefined {
  const text = toWesternDigits(typed).replace('٫', '.')
  if (text === '') return undefined
  if (/^[a-z]/.test(text)) return { kind: 'name', name: text }
  return figures.test(text) ? { kind: 'money', amount: text, currency } : 'wrong'
}
