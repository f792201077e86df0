import { compileFeel, describeType, FeelError, type FeelType } from '../../feel/index.ts'
import type { Finding, Path } from '../faults.ts'
import type { ServiceDefinition } from '../model.ts'
import { answerFields, officerFields } from '../scope.ts'
import type { Place, Wanted } from './places.ts'

/** Whether every rule can be read, names what is there and gives what its place wants. */
export function checkRules(definition: ServiceDefinition, places: readonly Place[]): Finding[] {
  const choices = choicesOf(definition)
  return places.flatMap(place => [...checkRule(place), ...checkChoices(place, choices)])
}

function checkRule({ rule, path, scope, wanted }: Place): Finding[] {
  try {
    return checkType(compileFeel(rule, scope).type, wanted, path)
  } catch (error) {
    if (!(error instanceof FeelError)) throw error
    const { code, message } = error.fault
    if (code === 'unknown-name') return [{ path, code: 'rule-unknown-name', message }]
    if (code === 'currencies-differ') return [{ path, code: 'rule-currencies', message }]
    const unreadable = code === 'syntax' || code === 'too-long' || code === 'too-deep'
    return [{ path, code: unreadable ? 'rule-syntax' : 'rule-type', message }]
  }
}

function checkType(type: FeelType, wanted: Wanted, path: Path): Finding[] {
  if (wanted.kind === 'any') return []
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
function checkChoices({ rule, path }: Place, choices: Map<string, readonly string[]>): Finding[] {
  return [...rule.matchAll(compared), ...rule.matchAll(contained)].flatMap(([, name = '', one, many]) => {
    const known = choices.get(name)
    const named = [...(one ?? many ?? '').matchAll(/"([^"]*)"/g)].map(([, text = '']) => text)
    if (!known) return []
    return named
      .filter(option => !known.includes(option))
      .map((option): Finding => ({ path, code: 'rule-unknown-option', values: { name, option } }))
  })
}
