import { createHash } from 'node:crypto'
import { BadRequest, Conflict, NotFound } from '../../lib/errors.ts'
import { type Money, parseAmount } from '../../lib/money.ts'
import { type CompiledFeel, compileFeel, FeelFailure, type FeelValue, type Probe } from '../feel/index.ts'
import { canonicalJson } from './canonical.ts'
import { checkService } from './check.ts'
import type { Surroundings } from './checks/surroundings.ts'
import type { CompiledFee, CompiledPage, CompiledService, Condition, RuleValues } from './compiled.ts'
import { stopsPublishing } from './faults.ts'
import type { Fee, Feel, Field, ServiceDefinition } from './model.ts'
import { answerFields, officerFields, toFeel, wholeScope } from './scope.ts'

/** Hears which way each `if` of a rule goes, when a service is tried out. */
export type RuleProbe = (rule: Feel) => Probe

/**
 * Compiles every rule once. Throws `FeelError` for a rule that does not compile. With the town's surroundings given, whatever
 * `checkService` finds is refused as well; a version published earlier is compiled without them, so that a check made stricter later
 * never stops a running request.
 */
export function compileService(
  definition: ServiceDefinition,
  around?: Surroundings,
  probe?: RuleProbe,
): CompiledService {
  const faults = around ? stopsPublishing(checkService(definition, around)) : []
  if (faults.length > 0) throw new BadRequest('service-faulty', { faults })
  const rules = compileRules(definition, probe)
  const compileCondition = (when: Feel | undefined): Condition => {
    if (when === undefined) return () => true
    const rule = rules.get(when)
    return values => rule(values) === true
  }
  const pages = definition.form.pages.map((page): CompiledPage => {
    const fields = page.fields.map(field => ({ id: field.id, field, applies: compileCondition(field.when) }))
    return { id: page.id, page, applies: compileCondition(page.when), fields }
  })
  let hash: string | undefined
  return {
    definition,
    get hash() {
      hash ??= createHash('sha256').update(canonicalJson(definition)).digest('hex')
      return hash
    },
    holds: (when, values) => when === undefined || rules.get(when)(values) === true,
    valueOf: (source, values) => rules.get(source)(values),
    pages,
    papers: definition.papers.map(paper => ({ id: paper.id, paper, applies: compileCondition(paper.when) })),
    fees: definition.fees.map(fee => compileFee(fee, compileCondition(fee.when), rules.get(fee.amount))),
    page: finder('page', pages),
    step: finder('step', definition.steps),
    field: finder(
      'field',
      pages.flatMap(page => page.fields),
    ),
    tariffsOn: rules.tariffsOn,
  }
}

function finder<Item extends { id: string }>(kind: string, items: readonly Item[]): (id: string) => Item {
  const byId = new Map(items.map(item => [item.id, item]))
  return id => {
    const item = byId.get(id)
    if (!item) throw new NotFound(`no-such-${kind}`, { id })
    return item
  }
}

type Rule = (values: RuleValues) => FeelValue

function compileRules(definition: ServiceDefinition, probe: RuleProbe | undefined) {
  const scope = wholeScope(definition)
  const read = reader(definition)
  const tariffsOn = tariffsByDay(definition)
  const rules = new Map<Feel, Rule>()
  const get = (source: Feel): Rule => {
    const known = rules.get(source)
    if (known) return known
    const rule = toRule(compileFeel(source, scope, probe?.(source)), (name, values) =>
      read(name, values, tariffsOn),
    )
    rules.set(source, rule)
    return rule
  }
  for (const source of sources(definition)) get(source)
  return { get, tariffsOn }
}

function sources({ form, papers, fees, steps }: ServiceDefinition): Feel[] {
  const conditions = [...form.pages, ...form.pages.flatMap(page => page.fields), ...papers, ...fees, ...steps]
  const opinions = steps.flatMap(step => step.opinions ?? [])
  const parts = steps.flatMap(step => step.parts ?? [])
  const inside = [...steps, ...opinions].flatMap(({ officeWhen = [], fields = [], proofs = [] }) => [
    ...officeWhen,
    ...fields,
    ...proofs,
  ])
  const branches = [...steps.flatMap(({ next = [] }) => next), ...opinions, ...parts, ...inside]
  const whens = [...conditions, ...branches].flatMap(({ when }) => when ?? [])
  const given = parts.flatMap(({ answers = {} }) => Object.values(answers))
  return [...whens, ...given, ...fees.map(fee => fee.amount)]
}

/** Only the names a rule reads are made ready for it. A rule that cannot be carried through is "not known". */
function toRule(compiled: CompiledFeel, read: (name: string, values: RuleValues) => FeelValue): Rule {
  const roots = [...new Set(compiled.names.map(name => name.split('.', 1)[0] ?? name))]
  return values => {
    try {
      return compiled.evaluate(Object.fromEntries(roots.map(name => [name, read(name, values)])))
    } catch (error) {
      if (error instanceof FeelFailure) return null
      throw error
    }
  }
}

type TariffsOn = (today: string) => Record<string, Money>

/** Finds the value of a name; a field's own id is never one of the common names. */
function reader(definition: ServiceDefinition) {
  const answers = byId(answerFields(definition))
  const officers = byId(officerFields(definition))
  return (name: string, values: RuleValues, tariffsOn: TariffsOn): FeelValue => {
    const asked = answers.get(name)
    if (asked) return toFeel(asked, values.answers[name])
    const officer = officers.get(name)
    if (officer) return toFeel(officer, values.stepFields[name])
    if (name === 'tariff') return values.tariffs ?? tariffsOn(values.today)
    return name === 'capacity' || name === 'channel' || name === 'today' ? values[name] : null
  }
}

const byId = (fields: readonly Field[]) => new Map(fields.map(field => [field.id, field]))

function tariffsByDay({ tariffs }: ServiceDefinition): TariffsOn {
  const rows = tariffs
    .map(row => ({ ...row, amount: parseAmount(row.amount, row.currency) }))
    .sort((a, b) => (a.from < b.from ? -1 : 1))
  return today =>
    Object.fromEntries(
      rows.flatMap(({ key, from, until = today, amount }) =>
        from <= today && today <= until && amount.ok ? [[key, amount.value] as const] : [],
      ),
    )
}

function compileFee(fee: Fee, applies: Condition, rule: Rule): CompiledFee {
  const amountOf = (values: RuleValues): Money | undefined => {
    const amount = rule(values)
    return isMoney(amount) && amount.minor >= 0
      ? { minor: amount.minor, currency: amount.currency }
      : undefined
  }
  return {
    id: fee.id,
    at: fee.at,
    fee,
    applies,
    isKnown: values => amountOf(values) !== undefined,
    amount(values) {
      const amount = amountOf(values)
      if (amount) return amount
      throw new Conflict('fee-without-amount', { fee: fee.id })
    },
  }
}

const isMoney = (value: FeelValue): value is Money =>
  typeof value === 'object' && value !== null && 'minor' in value && 'currency' in value
