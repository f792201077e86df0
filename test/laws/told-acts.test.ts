import { expect, test } from 'vitest'
import type { ActName } from '../../src/kernel/definition/index.ts'
import { ar } from '../../src/offices/requests/citizen/acts.ar.ts'
import { type Source, sources, withoutComments } from './sources.ts'

const everyAct = {
  take: 1,
  approve: 1,
  return: 1,
  'ask-papers': 1,
  refer: 1,
  'refer-back': 1,
  recall: 1,
  defer: 1,
  reject: 1,
  withdraw: 1,
  reopen: 1,
  pay: 1,
  sign: 1,
  'run-effect': 1,
  'hand-over': 1,
  answer: 1,
  'supply-papers': 1,
  lapse: 1,
  opine: 1,
  record: 1,
  appoint: 1,
  missed: 1,
  'parts-ended': 1,
  'effect-failed': 1,
  escalate: 1,
  'move-deadline': 1,
} satisfies Record<ActName, 1>

/** Acts that are named piece by piece where they are recorded; each of their names has its words too. */
const pieced: Record<string, readonly string[]> = {
  'src/offices/people/phones/questions.ts': ['still', 'changed', 'gone', 'later'].map(
    answer => `people.phone-asked-${answer}`,
  ),
  'src/offices/requests/actions.ts': Object.keys(everyAct).map(name => `request.${name}`),
  'src/offices/requests/staff/request/mark.ts': ['request.paper-accepted', 'request.paper-refused'],
  'src/offices/treasury/debts/plans.ts': ['treasury.plan-agreed', 'treasury.plan-refused'],
}

/** What is written into the audit about a person: the text of each `record(…)` that names one. */
function recordsOfPeople({ text }: Source): string[] {
  const plain = withoutComments(text)
  return [...plain.matchAll(/\brecord\(\w+, \{/g)]
    .map(({ index }) => plain.slice(index, closing(plain, plain.indexOf('(', index)) + 1))
    .filter(call => /\bpersonId\b/.test(call))
}

/** Where the bracket that opens here closes. */
function closing(text: string, from: number): number {
  let depth = 0
  for (let at = from; at < text.length; at++) {
    if (text[at] === '(') depth += 1
    if (text[at] === ')') depth -= 1
    if (depth === 0) return at
  }
  return text.length
}

const named = (call: string): string[] =>
  [...call.matchAll(/\bact:[^,}]*?'([a-z]+\.[a-z-]+)'/g)].map(([, act = '']) => act)

const unworded = (files: readonly Source[]): string[] =>
  files.flatMap(file => {
    const acts = [...recordsOfPeople(file).flatMap(named), ...(pieced[file.path] ?? [])]
    return acts.filter(act => !Object.hasOwn(ar, `act-${act}`)).map(act => `${file.path}: ${act}`)
  })

test('whatever is done with somebody’s data has words for them to read it by', () => {
  expect(unworded(sources('src/offices/**/*.{ts,tsx}'))).toEqual([])
})

test('an act nobody worded is found', () => {
  const text = `await record(tx, { actor: by, act: 'people.weighed', subjectKind: 'person', personId: of(id) })`
  expect(unworded([{ path: 'src/offices/people/weigh.ts', text }])).toEqual([
    'src/offices/people/weigh.ts: people.weighed',
  ])
})
