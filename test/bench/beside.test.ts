import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { measuredOf } from '../../src/offices/oversight/measured/reckoning.ts'
import { aReport } from '../../src/offices/oversight/measured/testing/report.ts'
import { faultsBeside, withFaultsBeside } from './beside.ts'
import { publish, readResults } from './report/publish.ts'

const folder = mkdtempSync(join(tmpdir(), 'shubbak-faults-'))
const file = join(folder, 'faults.json')
afterAll(() => rmSync(folder, { recursive: true, force: true }))

const at = '2026-11-20T10:00:00.000Z'
const one = { at, seconds: 60, kills: 40, acknowledged: 200, lost: 0, doubled: 1, wrong: 0 }
const found = (all: Record<string, object>) => writeFileSync(file, JSON.stringify(all))

test('fault scripts come into the report with the commit they ran on; what nobody knows the commit of does not', () => {
  found({ kill: { ...one, commit: 'c3d4e5f' }, job: one })
  const beside = faultsBeside('c3d4e5f01', file)
  expect(beside?.figures.map(({ name, met }) => [name, met])).toEqual([['faults: kill', false]])
  expect(beside?.earlier).toBe(false)
  expect(measuredOf(aReport([...(beside?.figures ?? [])])).faults).toEqual({ kills: 40, lost: 1 })
  const later = faultsBeside('bbbbbbb', file)
  expect(later?.earlier).toBe(true)
  expect(later?.figures.map(({ details }) => details?.commit)).toEqual(['c3d4e5f'])
  found({ job: one })
  expect(faultsBeside('c3d4e5f', file)).toBeUndefined()
  expect(faultsBeside('c3d4e5f', join(folder, 'none.json'))).toBeUndefined()
})

test('a report written anew takes in what fault scripts found since, once, and loses nothing else', () => {
  const measured = aReport([
    { part: 'pages', name: 'home', value: 1, unit: 'ms', ratio: 1, baseline: 'goal' },
  ])
  const before = { ...measured, parts: [{ name: 'faults', outcome: 'left out' as const, seconds: 0 }] }
  const { commit } = before.shubbak
  const anew = () => {
    publish(withFaultsBeside(readResults(folder), file), folder)
    const { parts, figures, caveats } = readResults(folder)
    return { parts, caveats, figures: figures.map(({ name, details }) => [name, details?.kills]) }
  }
  publish(before, folder)
  found({ kill: { ...one, commit: 'aaaaaaa' } })
  expect(anew().caveats).toEqual(['earlier-faults'])
  found({ kill: { ...one, commit } })
  anew()
  found({ kill: { ...one, kills: 41, commit }, pool: { ...one, kills: 0, commit } })
  expect(anew()).toEqual({
    parts: [{ name: 'faults', outcome: 'done', seconds: 120 }],
    caveats: [],
    figures: [
      ['home', undefined],
      ['faults: kill', 41],
      ['faults: pool', 0],
    ],
  })
})
