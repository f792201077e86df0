import type { Finding, Path } from '../faults.ts'
import type { Field, ServiceDefinition, Step } from '../model.ts'
import { namesIn, namesInBody } from './braces.ts'
import { type Search, searchOf } from './cases/search.ts'
import { type Place, placesOf } from './places.ts'
import { fieldsOf, stepsBefore } from './way.ts'

/** Every question is asked for something: a rule, a step that reads it, a document or a message. */
export function checkUse(definition: ServiceDefinition, places: readonly Place[], search: Search): Finding[] {
  const { form, steps } = definition
  const used = usedNames(definition, places, search)
  // A service filed as a part takes its answers from the questions of the same name: that shows among all services only.
  const isHandedOn = steps.some(({ kind }) => kind === 'parts')
  return [
    ...(isHandedOn ? [] : form.pages.flatMap((page, p) => unused(page.fields, used, ['form', 'pages', p]))),
    ...steps.flatMap((step, s) => [
      // What is filled in when something is done is what it is done with.
      ...(step.kind === 'effect' ? [] : unused(step.fields ?? [], used, ['steps', s])),
      ...(step.opinions ?? []).flatMap((opinion, o) =>
        unused(opinion.fields ?? [], used, ['steps', s, 'opinions', o]),
      ),
    ]),
    ...checkReads(definition),
  ]
}

/** Questions of the form that neither the service nor those who take them over use. */
export function findUnused(definition: ServiceDefinition, taken: ReadonlySet<string>): Finding[] {
  const used = usedNames(definition, placesOf(definition), searchOf(definition))
  const all = new Set([...used, ...taken])
  return definition.form.pages.flatMap((page, p) => unused(page.fields, all, ['form', 'pages', p]))
}

const unused = (fields: readonly Field[], used: ReadonlySet<string>, path: Path): Finding[] =>
  fields.flatMap(({ id }, f): Finding[] =>
    used.has(id) ? [] : [{ path: [...path, 'fields', f, 'id'], code: 'field-unused', values: { field: id } }],
  )

function usedNames(
  { steps, outputs, messages }: ServiceDefinition,
  places: readonly Place[],
  search: Search,
): Set<string> {
  const inRules = places.flatMap(({ rule }) => search.namesOf(rule) ?? rule.match(/[A-Za-z]\w*/g) ?? [])
  const read = steps.flatMap(({ reads = [], opinions = [] }) => [
    ...reads,
    ...opinions.flatMap(opinion => opinion.reads ?? []),
  ])
  const printed = outputs.flatMap(({ body, rows = [] }) => [
    ...rows,
    ...(namesInBody(body?.ar ?? '') ?? []),
    ...(namesInBody(body?.en ?? '') ?? []),
  ])
  const told = Object.values(messages).flatMap(({ ar, en }) => [
    ...(namesIn(ar) ?? []),
    ...(namesIn(en) ?? []),
  ])
  return new Set([...inRules, ...read, ...printed, ...told])
}

/** A step reads what is there, and what has been filled in by then. */
function checkReads({ form, steps }: ServiceDefinition): Finding[] {
  const asked = new Set(form.pages.flatMap(page => page.fields.map(({ id }) => id)))
  const officers = new Map(steps.flatMap((step, s) => fieldsOf(step).map(({ id }) => [id, s] as const)))
  const before = stepsBefore(steps)
  const check = (reads: readonly string[] = [], s: number, path: Path): Finding[] =>
    reads.flatMap((name, r): Finding[] => {
      const at = [...path, 'reads', r]
      if (asked.has(name)) return []
      const filled = officers.get(name)
      if (filled === undefined) return [{ path: at, code: 'reads-unknown', values: { name } }]
      const early = !before[s]?.has(filled)
      return early ? [{ path: at, code: 'rule-fields-later', values: { name } }] : []
    })
  return steps.flatMap((step: Step, s) => [
    ...check(step.reads, s, ['steps', s]),
    ...(step.opinions ?? []).flatMap((opinion, o) => check(opinion.reads, s, ['steps', s, 'opinions', o])),
  ])
}
