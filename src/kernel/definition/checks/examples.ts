import type { Example, ExampleAct } from '../example.ts'
import type { Finding, Path } from '../faults.ts'
import type { ServiceDefinition } from '../model.ts'
import { answerFields } from '../scope.ts'
import { duplicates } from './fields.ts'
import { messageVariables } from './variables.ts'
import { fieldsOf } from './way.ts'

/** The names of a case are those of the service; whether its outcome is the service's is found by running it. */
export function checkExamples(definition: ServiceDefinition): Finding[] {
  const { examples = [] } = definition
  return [
    ...duplicates(
      examples.map(({ id }) => id),
      i => ['examples', i, 'id'],
    ),
    ...examples.flatMap((example, i) => checkExample(definition, example, ['examples', i])),
  ]
}

type Known = ReadonlySet<string> | readonly string[]

function unknown(names: readonly (string | undefined)[], known: Known, at: (i: number) => Path): Finding[] {
  const set = new Set(known)
  return names.flatMap((name, i): Finding[] =>
    name === undefined || set.has(name) ? [] : [{ path: at(i), code: 'example-unknown', values: { name } }],
  )
}

const idsOf = (items: readonly { id: string }[] = []): string[] => items.map(({ id }) => id)

function checkExample(definition: ServiceDefinition, example: Example, path: Path): Finding[] {
  const { papers, fees, steps, applicants, channels } = definition
  const { answers, capacity, channel, acts, expect } = example
  const inside = (...more: Path) => [...path, ...more]
  const asked = Object.keys(answers)
  const raised = Object.keys(expect.fees)
  return [
    ...unknown(asked, idsOf(answerFields(definition)), i => inside('answers', asked[i] ?? '')),
    ...unknown([capacity], applicants, () => inside('capacity')),
    ...unknown([channel], channels, () => inside('channel')),
    ...unknown(expect.papers, idsOf(papers), i => inside('expect', 'papers', i)),
    ...unknown(raised, idsOf(fees), i => inside('expect', 'fees', raised[i] ?? '')),
    ...unknown(expect.way, idsOf(steps), i => inside('expect', 'way', i)),
    ...unknown(expect.messages, Object.keys(messageVariables), i => inside('expect', 'messages', i)),
    ...acts.flatMap((act, i) =>
      typeof act === 'string' ? [] : checkAct(definition, act, inside('acts', i)),
    ),
  ]
}

function checkAct(definition: ServiceDefinition, act: ExampleAct, path: Path): Finding[] {
  const { papers, steps, grounds } = definition
  const step = steps.find(({ id }) => id === act.step)
  const filled = Object.keys(act.fields ?? {})
  const fields = (step ? [step] : steps).flatMap(fieldsOf)
  const opinions = steps.flatMap(({ opinions = [] }) => idsOf(opinions))
  const parts = steps.flatMap(each => idsOf(each.parts))
  const ended = Object.keys(act.parts ?? {})
  return [
    ...unknown([act.step], idsOf(steps), () => [...path, 'step']),
    ...unknown([act.opinion], opinions, () => [...path, 'opinion']),
    ...unknown([act.ground], idsOf(grounds), () => [...path, 'ground']),
    ...unknown(filled, idsOf(fields), i => [...path, 'fields', filled[i] ?? '']),
    ...unknown(act.papers ?? [], idsOf(papers), i => [...path, 'papers', i]),
    ...unknown(ended, parts, i => [...path, 'parts', ended[i] ?? '']),
  ]
}
