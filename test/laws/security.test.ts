import { globSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, test } from 'vitest'
import { projectRoot } from '../../src/platform/root.ts'
import { sources } from './sources.ts'

const read = (path: string) => readFileSync(join(projectRoot, path), 'utf8')

/** Every requirement of OWASP ASVS 5.0.0 with its level. */
const levels = new Map<string, number>(
  read('test/laws/asvs-5.0.0.txt')
    .split('\n')
    .filter(line => /^\d/.test(line))
    .flatMap(line => {
      const [section = '', ...points] = line.split(' ')
      return points.map(point => {
        const [number, level] = point.split(':')
        return [`${section}.${number}`, Number(level)] as const
      })
    }),
)

type Row = { id: string; level: number; state: string; what: string; holders: string[] }

const holdersIn = (cell: string) => [...cell.matchAll(/`([^`]+)`/g)].map(([, holder = '']) => holder)

function rowsOf(page: string): Row[] {
  return [...page.matchAll(/^\| (\d+\.\d+\.\d+) \|(.*)\|$/gm)].map(([, id = '', rest = '']) => {
    const [level = '', , state = '', what = '', held = ''] = rest.split(' | ').map(cell => cell.trim())
    return { id, level: Number(level), state, what, holders: holdersIn(held) }
  })
}

/** Why a holder holds nothing: its path is not there, or its word not in it. */
function brokenHolder(holder: string): string | undefined {
  const [path = '', ...words] = holder.split('#')
  const found = globSync(path, { cwd: projectRoot })
  if (found.length === 0) return `${holder}: no such path`
  if (words.length === 0) return undefined
  if (statSync(join(projectRoot, path)).isDirectory()) return `${holder}: a folder has no words`
  return read(path).includes(words.join('#')) ? undefined : `${holder}: no such word`
}

const page = read('docs/security.md')
const rows = rowsOf(page)
const states = ['held', 'gap', 'n.a.']

describe('the table of the standard', () => {
  test('has every requirement of levels 1 and 2 once, with its level', () => {
    expect(levels.size).toBe(345)
    const wanted = [...levels].filter(([, level]) => level < 3).map(([id]) => id)
    expect(wanted).toHaveLength(70 + 183)
    const there = rows.map(row => row.id)
    expect(wanted.filter(id => there.filter(each => each === id).length !== 1)).toEqual([])
    expect(new Set(there).size).toBe(there.length)
    expect(rows.filter(row => levels.get(row.id) !== row.level)).toEqual([])
  })

  test('says of each whether it is held, by what, or why not', () => {
    expect(rows.filter(row => !states.includes(row.state))).toEqual([])
    expect(rows.filter(row => row.state === 'held' && row.holders.length === 0)).toEqual([])
    expect(rows.filter(row => row.state === 'gap' && !row.what.includes('**Gap:**'))).toEqual([])
    expect(rows.filter(row => row.state !== 'gap' && row.what.includes('**Gap:**'))).toEqual([])
    expect(rows.filter(row => row.what.length < 4)).toEqual([])
  })

  test('names paths and words that are there', () => {
    const holders = rows.flatMap(row => row.holders)
    expect(holders.length).toBeGreaterThan(250)
    expect(holders.flatMap(holder => brokenHolder(holder) ?? [])).toEqual([])
    expect(brokenHolder('src/nowhere.ts')).toMatch(/no such path/)
    expect(brokenHolder('src/web/door.ts#no-such-word-of-ours')).toMatch(/no such word/)
  })

  test('is counted right at its head', () => {
    for (const level of [1, 2, 3]) {
      const of = rows.filter(row => row.level === level)
      const counts = states.map(state => of.filter(row => row.state === state).length)
      expect(page).toContain(`| ${[level, ...counts, of.length].join(' | ')} |`)
    }
  })
})

describe('the page of threats', () => {
  const threats = read('docs/threats.md')
  const named = holdersIn(threats).filter(holder => /^(src|test|docs)\//.test(holder))

  test('names budgets as the code has them', () => {
    expect(named.length).toBeGreaterThan(20)
    expect(named.flatMap(holder => brokenHolder(holder) ?? [])).toEqual([])
  })

  test('leaves out no budget of the code', () => {
    const budget =
      /\bconst (codeTerms|policies|firstWaitMs|usualPeople|mostTries|mostMisses|mostWrong|mostADay|mostFields)\b/
    const files = sources('src/{web,offices}/**/*.{ts,tsx}').filter(
      ({ path, text }) => !path.startsWith('src/offices/demo/') && budget.test(text),
    )
    expect(files.length).toBeGreaterThan(9)
    // How often a carrier is tried again bounds us, not people.
    const known = [
      ...named.map(holder => holder.split('#')[0]),
      'src/offices/messaging/carriers/smpp/carrier.ts',
    ]
    expect(files.map(({ path }) => path).filter(path => !known.includes(path))).toEqual([])
  })
})
