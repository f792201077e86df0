import { type Condition, toCondition, toSubject, toWritten } from './condition.ts'
import { type Expression, readExpression } from './expression.ts'
import { writeCondition } from './write.ts'

/** What an amount starts from: a tariff or a question of money by name, or an amount written out. */
export type Base = { kind: 'name'; name: string } | { kind: 'money'; amount: string; currency: string }

/** A base times numbers. With `each` it is counted for every row of that group and summed; factors then name its columns, `row.area`. */
export type Product = { base: Base; times: string[]; each?: string }

/** «if … then …»; the amount is the sum of its products. */
export type Tier = { when: Condition; products: Product[] }

/** A fee in sentences: free when …, then by tiers, else the last sum; never under or over a bound. */
export type FeeSentence = {
  free?: Condition
  tiers: Tier[]
  otherwise: Product[]
  atLeast?: Base
  atMost?: Base
}

/** Reads the amount of a fee as sentences; undefined where they have no words for it. */
export function readFee(source: string): FeeSentence | undefined {
  const whole = readExpression(source)
  if (!whole) return undefined
  const exempt = exemption(whole)
  if (exempt === 'unreadable') return undefined
  const bound = bounds(exempt ? exempt.rest : whole)
  const tiers: Tier[] = []
  let rest = bound.rest
  while (rest.kind === 'if') {
    const when = toCondition(rest.test)
    const products = toProducts(rest.then)
    if (!when || !products) return undefined
    tiers.push({ when, products })
    rest = rest.otherwise
  }
  const otherwise = toProducts(rest)
  if (!otherwise) return undefined
  const { atLeast, atMost } = bound
  return {
    ...(exempt && { free: exempt.free }),
    tiers,
    otherwise,
    ...(atLeast && { atLeast }),
    ...(atMost && { atMost }),
  }
}

/** `if … then money(0, "ILS") else …` at the outside is an exemption, not a tier. */
function exemption(whole: Expression): { free: Condition; rest: Expression } | 'unreadable' | undefined {
  if (whole.kind !== 'if') return undefined
  const base = toBase(whole.then)
  if (base?.kind !== 'money' || Number(base.amount) !== 0) return undefined
  const free = toCondition(whole.test)
  return free ? { free, rest: whole.otherwise } : 'unreadable'
}

type Bounds = { rest: Expression; atLeast?: Base; atMost?: Base }

/** `min(most, max(least, …))`; either may be missing. */
function bounds(whole: Expression): Bounds {
  const upper = bounded(whole, 'min')
  const lower = bounded(upper?.rest ?? whole, 'max')
  return {
    rest: lower?.rest ?? upper?.rest ?? whole,
    ...(upper && { atMost: upper.bound }),
    ...(lower && { atLeast: lower.bound }),
  }
}

function bounded(whole: Expression, of: 'min' | 'max'): { bound: Base; rest: Expression } | undefined {
  if (whole.kind !== 'call' || whole.of !== of || whole.given.length !== 2) return undefined
  const [first, rest] = whole.given as [Expression, Expression]
  const bound = toBase(first)
  return bound && { bound, rest }
}

function toBase(part: Expression): Base | undefined {
  if (part.kind === 'name') return { kind: 'name', name: part.name }
  const written = part.kind === 'call' ? toWritten(part) : undefined
  return written?.kind === 'money' ? written : undefined
}

function toProducts(part: Expression): Product[] | undefined {
  const parts = part.kind === 'two' && part.sign === '+' ? [part.left, part.right] : undefined
  if (parts) {
    const [left, right] = parts.map(toProducts)
    return left && right && right.length === 1 ? [...left, ...right] : undefined
  }
  const product = toProduct(part)
  return product && [product]
}

function toProduct(part: Expression): Product | undefined {
  const [summed] = part.kind === 'call' && part.of === 'sum' && part.given.length === 1 ? part.given : []
  if (summed?.kind === 'for') {
    if (summed.list.kind !== 'name') return undefined
    const product = toFactors(summed.result)
    const { item, list } = summed
    const named = (name: string) =>
      name.startsWith(`${item}.`) ? `row.${name.slice(item.length + 1)}` : name
    return (
      product && {
        base: product.base.kind === 'name' ? { kind: 'name', name: named(product.base.name) } : product.base,
        times: product.times.map(named),
        each: list.name,
      }
    )
  }
  return toFactors(part)
}

/** `tariff.metre * area * days`; where the price stands later, as people write it, it is taken to the front. */
function toFactors(part: Expression): Product | undefined {
  const factors = factored(part)
  const price = factors.findIndex(each => isPrice(each))
  const at = Math.max(0, price)
  const base = factors[at] && toBase(factors[at])
  const times = factors.filter((_, place) => place !== at).map(toFactor)
  return base && times.every(each => each !== undefined) ? { base, times } : undefined
}

const isPrice = (part: Expression): boolean =>
  toBase(part) !== undefined && (part.kind !== 'name' || part.name.startsWith('tariff.'))

const factored = (part: Expression): Expression[] =>
  part.kind === 'two' && part.sign === '*' ? [...factored(part.left), ...factored(part.right)] : [part]

const toFactor = (part: Expression): string | undefined =>
  part.kind === 'number' ? part.text : toSubject(part)

/** The amount that sentences stand for. `currency` is the fee's: what is free is none of it. */
export function writeFee({ free, tiers, otherwise, atLeast, atMost }: FeeSentence, currency: string): string {
  const chain = [
    ...tiers.map(({ when, products }) => `if ${writeCondition(when)} then ${writeProducts(products)} else `),
    writeProducts(otherwise),
  ].join('')
  const floored = atLeast ? `max(${writeBase(atLeast)}, ${chain})` : chain
  const capped = atMost ? `min(${writeBase(atMost)}, ${floored})` : floored
  return free ? `if ${writeCondition(free)} then money(0, "${currency}") else ${capped}` : capped
}

const writeProducts = (products: Product[]): string => products.map(writeProduct).join(' + ')

function writeProduct({ base, times, each }: Product): string {
  const product = [writeBase(base), ...times].join(' * ')
  return each ? `sum(for row in ${each} return ${product})` : product
}

const writeBase = (base: Base): string =>
  base.kind === 'name' ? base.name : `money(${base.amount}, "${base.currency}")`
