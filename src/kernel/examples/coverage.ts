/**
 * Which branches of a service's rules examples take. The service is compiled once more with a probe in each `if`, and its conditions are
 * replaced by the names of their places, so that the same words at two places are two branches.
 */

import type { Path } from '../definition/faults.ts'
import {
  type CompiledFee,
  type CompiledService,
  type Condition,
  compileService,
  type Feel,
  type RuleValues,
  type ServiceDefinition,
} from '../definition/index.ts'

/** One way a rule can go: a condition that holds or does not, `then` or `else` of an `if` by its place in the rule. */
export type Side = { way: 'holds' | 'fails' } | { way: 'then' | 'else'; at: number }

export type Branch = { path: Path; rule: Feel; side: Side; taken: boolean }

/** A service that notes which branches are taken while it is tried out. */
export type Watched = {
  service: CompiledService
  /** Whether a fee is due and how much, as it is being raised; asking the service itself whether something is due notes nothing. */
  raising: (fee: CompiledFee) => CompiledFee
  branches(): Branch[]
}

type Place = { path: Path; rule: Feel; taken: Set<string> }

const nameOf = (side: Side): string => ('at' in side ? `${side.way} ${side.at}` : side.way)

/** Makes a service ready to be tried out. Throws `FeelError` for a rule that does not compile. */
export function watch(definition: ServiceDefinition): Watched {
  const places = new Map<string, Place>()
  const conditions = new Set<string>()
  /** Where the `if`s of each rule stand in it. */
  const forks = new Map<Feel, number[]>()
  let current: Place | undefined
  const compiled = compileService(definition, undefined, rule => at => {
    forks.set(rule, [...(forks.get(rule) ?? []), at])
    return then => current?.taken.add(nameOf({ way: then ? 'then' : 'else', at }))
  })

  const placeAt = (path: Path, rule: Feel): Place => {
    const name = path.join('/')
    const place = places.get(name) ?? { path, rule, taken: new Set() }
    places.set(name, place)
    return place
  }
  const inPlace = <T>(place: Place, work: () => T): T => {
    const before = current
    current = place
    try {
      return work()
    } finally {
      current = before
    }
  }
  const watched = (path: Path, rule: Feel | undefined, applies: Condition): Condition => {
    if (rule === undefined) return applies
    const place = placeAt(path, rule)
    conditions.add(path.join('/'))
    return values => {
      const holds = inPlace(place, () => applies(values))
      place.taken.add(holds ? 'holds' : 'fails')
      return holds
    }
  }

  /** Steps with each condition replaced by the name of its place. */
  const named = (node: unknown, path: Path): unknown => {
    if (Array.isArray(node)) return node.map((item, i) => named(item, [...path, i]))
    if (typeof node !== 'object' || node === null) return node
    return Object.fromEntries(
      Object.entries(node).map(([key, value]) => {
        const here = [...path, key]
        if (key === 'answers') return [key, namedRules(value as Record<string, Feel>, here)]
        if (key !== 'when' || typeof value !== 'string') return [key, named(value, here)]
        placeAt(here, value)
        conditions.add(here.join('/'))
        return [key, here.join('/')]
      }),
    )
  }
  const namedRules = (rules: Record<string, Feel>, path: Path) =>
    Object.fromEntries(
      Object.entries(rules).map(([id, rule]) => {
        placeAt([...path, id], rule)
        return [id, [...path, id].join('/')]
      }),
    )

  const pages = compiled.pages.map((page, p) => ({
    ...page,
    applies: watched(['form', 'pages', p, 'when'], page.page.when, page.applies),
    fields: page.fields.map((field, f) => {
      const path = ['form', 'pages', p, 'fields', f, 'when']
      return { ...field, applies: watched(path, field.field.when, field.applies) }
    }),
  }))
  const papers = compiled.papers.map((paper, i) => ({
    ...paper,
    applies: watched(['papers', i, 'when'], paper.paper.when, paper.applies),
  }))
  const raised = new Map(
    compiled.fees.map((fee, i): [string, CompiledFee] => {
      const amount = placeAt(['fees', i, 'amount'], fee.fee.amount)
      return [
        fee.id,
        {
          ...fee,
          applies: watched(['fees', i, 'when'], fee.fee.when, fee.applies),
          amount: values => inPlace(amount, () => fee.amount(values)),
        },
      ]
    }),
  )
  const steps = named(definition.steps, ['steps']) as ServiceDefinition['steps']

  const holds = (name: Feel | undefined, values: RuleValues): boolean => {
    const place = name === undefined ? undefined : places.get(name)
    if (!place) return compiled.holds(name, values)
    const result = inPlace(place, () => compiled.holds(place.rule, values))
    place.taken.add(result ? 'holds' : 'fails')
    return result
  }

  const service: CompiledService = {
    ...compiled,
    definition: { ...definition, steps },
    holds,
    valueOf: (name, values) => {
      const place = places.get(name)
      return place
        ? inPlace(place, () => compiled.valueOf(place.rule, values))
        : compiled.valueOf(name, values)
    },
    pages,
    papers,
  }
  return {
    service,
    raising: fee => raised.get(fee.id) ?? fee,
    branches: () =>
      [...places].flatMap(([name, { path, rule, taken }]) => {
        const condition: Side[] = conditions.has(name) ? [{ way: 'holds' }, { way: 'fails' }] : []
        const inside = (forks.get(rule) ?? []).flatMap((at): Side[] => [
          { way: 'then', at },
          { way: 'else', at },
        ])
        return [...condition, ...inside].map(side => ({ path, rule, side, taken: taken.has(nameOf(side)) }))
      }),
  }
}
