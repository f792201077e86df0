import { compileFeel, describeType, FeelError, type FeelScope, type FeelType } from '../../feel/index.ts'
import type { Finding, Path } from '../faults.ts'
import type { Feel, Field, ServiceDefinition } from '../model.ts'
import { answerFields, commonScope, fieldScope, officerFields, wholeScope } from '../scope.ts'

type Wanted = { kind: 'boolean' } | { kind: 'money'; currency: string }
/** A rule where it stands, with the names it may use there and what it must give. */
type Place = { rule: Feel | undefined; path: Path; scope: FeelScope; wanted: Wanted }

const condition: Wanted = { kind: 'boolean' }

/**
 * Every rule reads only what is known where it stands: a question what was asked before it, a paper and a fee before filing the
 * answers, later rules also what officers filled in.
 */
export function checkRules(definition: ServiceDefinition): Finding[] {
  const choices = choicesOf(definition)
  return places(definition).flatMap(place => [...checkRule(place), ...checkChoices(place, choices)])
}

function places(definition: ServiceDefinition): Place[] {
  const common = commonScope(definition)
  const filed = { ...fieldScope(answerFields(definition)), ...common }
  const whole = wholeScope(definition)
  return [
    ...formPlaces(definition, common),
    ...definition.papers.map(({ when }, i): Place => {
      return { rule: when, path: ['papers', i, 'when'], scope: filed, wanted: condition }
    }),
    ...definition.fees.flatMap((fee, i): Place[] => {
      const scope = fee.at === 'before-filing' ? filed : whole
      const amount: Wanted = { kind: 'money', currency: fee.currency }
      return [
        { rule: fee.when, path: ['fees', i, 'when'], scope, wanted: condition },
        { rule: fee.amount, path: ['fees', i, 'amount'], scope, wanted: amount },
      ]
    }),
    ...stepPlaces(definition, whole),
  ]
}

function formPlaces({ form }: ServiceDefinition, common: FeelScope): Place[] {
  const before: Field[] = []
  return form.pages.flatMap((page, p) => {
    const scope = { ...fieldScope(before), ...common }
    const own: Place = { rule: page.when, path: ['form', 'pages', p, 'when'], scope, wanted: condition }
    const inside = page.fields.map((field, f): Place => {
      const path = ['form', 'pages', p, 'fields', f, 'when']
      const place = { rule: field.when, path, scope: { ...fieldScope(before), ...common }, wanted: condition }
      before.push(field)
      return place
    })
    return [own, ...inside]
  })
}

function stepPlaces({ steps }: ServiceDefinition, scope: FeelScope): Place[] {
  const place = (rule: Feel | undefined, ...path: Path): Place => ({ rule, path, scope, wanted: condition })
  return steps.flatMap((step, s) => [
    place(step.when, 'steps', s, 'when'),
    ...(step.next ?? []).map(({ when }, b) => place(when, 'steps', s, 'next', b, 'when')),
    ...(step.officeWhen ?? []).map(({ when }, b) => place(when, 'steps', s, 'officeWhen', b, 'when')),
    ...(step.fields ?? []).map(({ when }, f) => place(when, 'steps', s, 'fields', f, 'when')),
    ...(step.proofs ?? []).map(({ when }, p) => place(when, 'steps', s, 'proofs', p, 'when')),
  ])
}

function checkRule({ rule, path, scope, wanted }: Place): Finding[] {
  if (rule === undefined) return []
  try {
    return checkType(compileFeel(rule, scope).type, wanted, path)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    const { code, message } = error.fault
    if (code === 'unknown-name') return [{ path, code: 'rule-unknown-name', message }]
    const unreadable = code === 'syntax' || code === 'too-long' || code === 'too-deep'
    return [{ path, code: unreadable ? 'rule-syntax' : 'rule-type', message }]
  }
}

function checkType(type: FeelType, wanted: Wanted, path: Path): Finding[] {
  if (wanted.kind === 'boolean') return type.kind === 'boolean' ? [] : [{ path, code: 'rule-not-boolean' }]
  if (type.kind === 'money' && type.currency === wanted.currency) return []
  return [
    { path, code: 'rule-not-money', values: { currency: wanted.currency, found: describeType(type).en } },
  ]
}

/** What names with a closed list of values may be. */
function choicesOf(definition: ServiceDefinition): Map<string, readonly string[]> {
  const fields = [...answerFields(definition), ...officerFields(definition)]
  const choices = fields.flatMap(field =>
    field.options ? [[field.id, field.options.map(option => option.id)] as const] : [],
  )
  return new Map([...choices, ['capacity', definition.applicants], ['channel', definition.channels]])
}

const compared = /\b([A-Za-z]\w*)\s*(?:!?=\s*("[^"]*")|in\s*[([]([^)\]]*)[)\]])/g
const contained = /\blist contains\(\s*([A-Za-z]\w*)\s*,\s*("[^"]*")\s*\)/g

/** A rule that waits for a choice nobody can make is a slip of the pen that would never show itself. */
function checkChoices({ rule = '', path }: Place, choices: Map<string, readonly string[]>): Finding[] {
  return [...rule.matchAll(compared), ...rule.matchAll(contained)].flatMap(([, name = '', one, many]) => {
    const known = choices.get(name)
    const named = [...(one ?? many ?? '').matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
    if (!known) return []
    return named
      .filter(option => !known.includes(option))
      .map((option): Finding => ({ path, code: 'rule-unknown-option', values: { name, option } }))
  })
}
