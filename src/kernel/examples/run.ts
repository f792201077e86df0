import type { WorkCalendar } from '../../lib/calendar.ts'
import { isCurrency, parseAmount } from '../../lib/money.ts'
import type { DefinitionFault, Finding } from '../definition/faults.ts'
import { toFault } from '../definition/faults.ts'
import type { Example, ExampleOutcome, Locate, ServiceDefinition } from '../definition/index.ts'
import { exampleCalendar } from './calendar.ts'
import { type Halt, type Lived, live, type Moment } from './case.ts'
import { type Branch, watch } from './coverage.ts'

/** What became of one example. */
export type ExampleRun = {
  id: string
  /** What came of it, as far as it went: what `expect` would have to say. */
  came: ExampleOutcome
  /** Keys of `expect` that say otherwise. */
  differs: (keyof ExampleOutcome)[]
  halt: Halt | undefined
  moments: Moment[]
}

export type ExamplesRun = {
  examples: ExampleRun[]
  /** Each way each condition, and each `if` inside a rule, can go. */
  branches: Branch[]
}

export type ExampleOptions = { calendar?: WorkCalendar }

/** Runs the examples of a service by the rules of the kernel. Nothing is kept. Throws `FeelError` for a rule that does not compile. */
export function runExamples(
  definition: ServiceDefinition,
  { calendar = exampleCalendar }: ExampleOptions = {},
): ExamplesRun {
  const watched = watch(definition)
  const examples = (definition.examples ?? []).map(example =>
    compared(example, live(watched, example, calendar)),
  )
  return { examples, branches: watched.branches() }
}

/** What comes of one case that need not stand in the definition, and of which nothing is expected yet. */
export function tryExample(
  definition: ServiceDefinition,
  example: Omit<Example, 'expect'>,
  { calendar = exampleCalendar }: ExampleOptions = {},
): Lived {
  const expect = { papers: [], fees: {}, way: [], messages: [], state: '', due: 'none' }
  return live(watch(definition), { ...example, expect }, calendar)
}

function compared({ id, expect }: Example, { came, halt, moments }: Lived): ExampleRun {
  const keys = Object.keys(came) as (keyof ExampleOutcome)[]
  return { id, came, halt, moments, differs: halt ? [] : keys.filter(key => !isSame(expect[key], came[key])) }
}

type Outcome = ExampleOutcome[keyof ExampleOutcome]

function isSame(expected: Outcome, came: Outcome): boolean {
  if (Array.isArray(expected)) return Array.isArray(came) && expected.join() === came.join()
  if (typeof expected === 'string' || typeof came === 'string' || Array.isArray(came))
    return expected === came
  const ids = Object.keys(expected)
  return (
    ids.length === Object.keys(came).length &&
    ids.every(id => id in came && sameAmount(expected[id] ?? '', came[id] ?? ''))
  )
}

/** '10.00 ILS' and '10 ILS' are one amount. */
function sameAmount(a: string, b: string): boolean {
  const [first, second] = [a, b].map(text => {
    const [figures = '', currency = ''] = text.split(' ')
    const read = isCurrency(currency) ? parseAmount(figures, currency) : undefined
    return read?.ok ? `${read.value.minor} ${currency}` : text
  })
  return first === second
}

/** What its examples say against a service: those that do not go on or come to something else, and branches none takes. */
export function checkExamples(
  definition: ServiceDefinition,
  locate?: Locate,
  options?: ExampleOptions,
): DefinitionFault[] {
  return faultsOf(definition, runExamples(definition, options), locate)
}

/** The faults of a run. */
export function faultsOf(
  definition: ServiceDefinition,
  run: ExamplesRun,
  locate?: Locate,
): DefinitionFault[] {
  const findings: Finding[] =
    run.examples.length === 0
      ? [{ path: ['examples'], code: 'examples-missing' }]
      : [
          ...run.examples.flatMap((example, i) => findingsOf(definition, example, i)),
          ...run.branches.filter(({ taken }) => !taken).map(untaken),
        ]
  return findings
    .map(finding => toFault(finding, locate?.(finding.path, finding.onKey)))
    .sort((a, b) => a.line - b.line)
}

function findingsOf(definition: ServiceDefinition, run: ExampleRun, i: number): Finding[] {
  const { id: example, halt, came, differs } = run
  const examples = definition.examples ?? []
  const twice: Finding[] = examples.slice(0, i).some(({ id }) => id === example)
    ? [{ path: ['examples', i, 'id'], code: 'duplicate-id', values: { id: example } }]
    : []
  if (halt) {
    const path = ['examples', i, ...(halt.at === 'answers' ? ['answers'] : ['acts', halt.at])]
    return [...twice, { path, code: 'example-refused', values: { example, reason: halt.reason } }]
  }
  return [
    ...twice,
    ...differs.map((key): Finding => {
      const values = {
        example,
        came: `${key}: ${written(came[key])}`,
        expected: written(examples[i]?.expect[key]),
      }
      return { path: ['examples', i, 'expect', key], code: 'example-differs', values }
    }),
  ]
}

/** An outcome as it is written in YAML. */
function written(value: Outcome | undefined): string {
  if (value === undefined || typeof value === 'string') return value ?? ''
  if (Array.isArray(value)) return `[${value.join(', ')}]`
  const entries = Object.entries(value).map(([key, item]) => `${key}: ${item}`)
  return entries.length === 0 ? '{}' : `{ ${entries.join(', ')} }`
}

function untaken({ path, rule, side }: Branch): Finding {
  const words = sideWords[side.way === 'then' ? 'first' : side.way]
  const asked = 'at' in side ? rule.slice(side.at) : rule
  const short = asked.length > 80 ? `${asked.slice(0, 80)}…` : asked
  return {
    path,
    code: 'branch-untaken',
    message: {
      ar: `لا مثال يمر هنا ${words.ar}: ${short}`,
      en: `No example passes here ${words.en}: ${short}`,
    },
  }
}

const sideWords = {
  holds: { ar: 'والشرط صحيح', en: 'where it holds' },
  fails: { ar: 'والشرط غير صحيح', en: 'where it does not hold' },
  first: { ar: 'إلى فرع then', en: 'by its then' },
  else: { ar: 'إلى فرع else', en: 'by its else' },
}
