import {
  type CompiledFeel,
  compileFeel,
  FeelError,
  FeelFailure,
  type FeelValue,
} from '../../../feel/index.ts'
import type { Feel, Field, ServiceDefinition } from '../../model.ts'
import { toFeel, wholeScope } from '../../scope.ts'
import { type Constants, constantsOf, datesAround } from './constants.ts'
import { samplesOf } from './samples.ts'

/** What is tried for one question; beyond it nothing is said. */
const budget = 20_000
const someDay = '2026-01-15'

/** A field with the conditions under which it is asked: its own, its page's, its step's. */
type Asked = { field: Field; whens: Feel[]; officer: boolean }

/** Answers whether a combination of conditions can come true. */
export type Search = {
  /** Whether some answers make every rule of `all` true and none of `none`; undefined where there are too many to try. */
  possible(all: readonly Feel[], none?: readonly Feel[], filled?: ReadonlySet<string>): boolean | undefined
  /** The names a rule reads, without their paths; undefined for a rule that does not compile. */
  namesOf(rule: Feel): readonly string[] | undefined
}

/** Prepares a definition for such questions; rules that do not compile are left to others to report. */
export function searchOf(definition: ServiceDefinition): Search {
  const scope = wholeScope(definition)
  const asked = askedFields(definition)
  const compiled = new Map<Feel, CompiledFeel | undefined>()
  const compile = (rule: Feel): CompiledFeel | undefined => {
    if (!compiled.has(rule)) {
      try {
        compiled.set(rule, compileFeel(rule, scope))
      } catch (error) {
        if (!(error instanceof FeelError)) throw error
        compiled.set(rule, undefined)
      }
    }
    return compiled.get(rule)
  }
  const namesOf = (rule: Feel) => {
    const names = compile(rule)?.names
    return names && [...new Set(names.map(name => name.split('.', 1)[0] ?? name))]
  }
  return {
    namesOf,
    possible(all, none = [], filled) {
      const named = [...all, ...none]
      const variables = closure(named, asked, namesOf)
      if (!variables || variables.includes('tariff')) return undefined
      const order = ['capacity', 'channel', 'today', ...asked.keys()].filter(name => variables.includes(name))
      const governing = order.flatMap(name => asked.get(name)?.whens ?? [])
      const constants = constantsOf([...named, ...governing])
      return walk({ definition, asked, order, all, none, filled, constants, holds: holder(compile) })
    },
  }
}

function askedFields({ form, steps }: ServiceDefinition): Map<string, Asked> {
  const asked = new Map<string, Asked>()
  const some = (...whens: (Feel | undefined)[]) => whens.flatMap(when => when ?? [])
  for (const page of form.pages)
    for (const field of page.fields)
      asked.set(field.id, { field, whens: some(page.when, field.when), officer: false })
  for (const step of steps) {
    const put = (field: Field, ...whens: (Feel | undefined)[]) =>
      asked.set(field.id, { field, whens: some(step.when, ...whens, field.when), officer: true })
    for (const field of step.fields ?? []) put(field)
    for (const opinion of step.opinions ?? [])
      for (const field of opinion.fields ?? []) put(field, opinion.when)
  }
  return asked
}

/** The names a question turns on: those of the rules, of the conditions of the fields among them, and so on. */
function closure(
  rules: readonly Feel[],
  asked: ReadonlyMap<string, Asked>,
  namesOf: Search['namesOf'],
): string[] | undefined {
  const names = new Set<string>()
  const open = [...rules]
  for (let rule = open.pop(); rule !== undefined; rule = open.pop()) {
    const found = namesOf(rule)
    if (!found) return undefined
    for (const name of found) {
      if (names.has(name)) continue
      names.add(name)
      open.push(...(asked.get(name)?.whens ?? []))
    }
  }
  return [...names]
}

type Values = Record<string, FeelValue>
type Holds = (rule: Feel, values: Values) => boolean

const holder =
  (compile: (rule: Feel) => CompiledFeel | undefined): Holds =>
  (rule, values) => {
    try {
      return compile(rule)?.evaluate(values) === true
    } catch (error) {
      if (error instanceof FeelFailure) return false
      throw error
    }
  }

type Walk = {
  definition: ServiceDefinition
  asked: ReadonlyMap<string, Asked>
  order: readonly string[]
  all: readonly Feel[]
  none: readonly Feel[]
  filled: ReadonlySet<string> | undefined
  constants: Constants
  holds: Holds
}

function walk({ definition, asked, order, all, none, filled, constants, holds }: Walk): boolean | undefined {
  const values: Values = {}
  let left = budget
  const samples = (name: string): FeelValue[] => {
    if (name === 'capacity') return definition.applicants
    if (name === 'channel') return definition.channels
    const today = typeof values.today === 'string' ? values.today : someDay
    if (name === 'today') return datesAround(constants, someDay)
    const found = asked.get(name)
    if (!found) return [null]
    const { field, whens, officer } = found
    // An officer's answer given earlier may outlive what it was asked for; only what citizens answered is taken as fixed.
    if (!officer && whens.some(when => !holds(when, values))) return [null]
    const given = samplesOf(field, constants, today).map(answer => toFeel(field, answer))
    if (!officer) return field.optional ? [...given, null] : given
    if (filled && !filled.has(name)) return [null]
    return sure(whens, asked, order) && whens.some(when => !holds(when, values)) ? [null] : [...given, null]
  }
  const from = (at: number): boolean | undefined => {
    const name = order[at]
    if (name === undefined) {
      left -= 1
      return all.every(rule => holds(rule, values)) && !none.some(rule => holds(rule, values))
    }
    for (const value of samples(name)) {
      values[name] = value
      const found = from(at + 1)
      if (found !== false) return found
      if (left <= 0) return undefined
    }
    delete values[name]
    return false
  }
  return from(0)

  /** Whether conditions rest on what citizens answered alone. */
  function sure(
    whens: readonly Feel[],
    known: ReadonlyMap<string, Asked>,
    names: readonly string[],
  ): boolean {
    return !names.some(
      name => known.get(name)?.officer && whens.some(when => new RegExp(`\\b${name}\\b`).test(when)),
    )
  }
}
