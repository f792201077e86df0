import { describe, expect, test } from 'vitest'
import { type Source, sources, withoutComments } from './sources.ts'

/** Files that leave the house without a second person: what they hold. Every other download goes through `throughTwo`. */
const alone: Record<string, string> = {
  'src/offices/archive/serve.ts': 'one paper, opened by its own cause',
  'src/offices/audit/seals.ts': 'the proof of one entry',
  'src/offices/catalogue/citizen/bpmn.ts': 'the course of a service',
  'src/offices/designer/service/text.ts': 'the text of a service',
  'src/offices/oversight/citizen/usages.ts': 'a citizen’s own',
  'src/offices/rights/copy/send.ts': 'a copy of one person’s data, for themselves',
  'src/offices/treasury/debts/pages/lists.tsx': 'sums by age, which name nobody',
  'src/offices/treasury/debts/pages/statement.tsx': 'one person’s account, opened by its own cause',
  'src/offices/treasury/till/pages/report-file.ts': 'makes the file of whoever calls it',
  'src/offices/treasury/till/pages/reports.tsx': 'vouchers and sums, which name nobody',
  'src/offices/treasury/till/pages/tills.tsx': 'sums of the tills',
}

const gate = 'src/offices/looks/releases/gate.tsx'
const leaves =
  /attachment; filename|'content-disposition': disposition\(|\breportFile\(call|\bfileOf\(call, made/
const throughTwo = /\b(throughTwo)\(\s*call/

const lone = (files: readonly Source[]): string[] =>
  files.filter(({ text }) => leaves.test(text) && !throughTwo.test(text)).map(({ path }) => path)

/** The handlers that let a file of many go. */
const takers = (files: readonly Source[]): string[] =>
  files
    .filter(({ path, text }) => path !== gate && throughTwo.test(text))
    .flatMap(({ text }) => {
      const functions = [...text.matchAll(/export (?:async )?function (\w+)\(/g)]
      const call = text.search(throughTwo)
      return functions.filter(({ index }) => index < call).at(-1)?.[1] ?? []
    })

/** Routes with one of these handlers that do not ask again who it is. */
const unproved = (files: readonly Source[], names: readonly string[]): string[] =>
  files.flatMap(({ path, text }) =>
    text
      .split(/\broute\(/)
      .slice(1)
      .filter(block => names.some(name => new RegExp(`handle\\b[^\\n]*\\b${name}\\b`).test(block)))
      .filter(block => !/stepUp: takesRelease/.test(block))
      .map(block => `${path}: ${/address: (\S+?),/.exec(block)?.[1]}`),
  )

describe('a file of many people’s data', () => {
  const files = sources('src/offices/**/*.{ts,tsx}')
    .filter(({ path }) => !/\.test\.tsx?$|\/testing\//.test(path))
    .map(file => ({ ...file, text: withoutComments(file.text) }))

  test('leaves through two, or the list says what else it is', () => {
    expect(lone(files).sort()).toEqual(Object.keys(alone).sort())
  })

  test('is taken only by whoever has just proved who they are', () => {
    const names = takers(files)
    expect(names.length).toBeGreaterThanOrEqual(3)
    const routed = files.filter(({ text }) =>
      names.some(name => new RegExp(`handle\\b[^\\n]*\\b${name}\\b`).test(text)),
    )
    expect(routed.length).toBeGreaterThanOrEqual(names.length)
    expect(unproved(files, names)).toEqual([])
  })

  test('is caught when it does neither', () => {
    const page = {
      path: 'src/offices/x/page.ts',
      text: 'export function take() {\n return throughTwo(call, file, make)\n}',
    }
    const bare = { path: 'src/offices/x/bare.ts', text: "'content-disposition': 'attachment; filename=x'" }
    const routes = {
      path: 'src/offices/x/routes.ts',
      text: 'route({\n    address: addresses.x,\n    handle: take,\n  }),\n  route({\n    stepUp: takesRelease,\n  }),',
    }
    expect(lone([page, bare])).toEqual(['src/offices/x/bare.ts'])
    expect(takers([page])).toEqual(['take'])
    expect(unproved([routes], ['take'])).toEqual(['src/offices/x/routes.ts: addresses.x'])
  })
})
