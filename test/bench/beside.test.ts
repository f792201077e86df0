import { mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { measuredOf } from '../../src/offices/oversight/measured/reckoning.ts'
import { aReport } from '../../src/offices/oversight/measured/testing/report.ts'
import { faultsBeside } from './beside.ts'

test('fault scripts of this commit come into the report, older ones do not', () => {
  const folder = mkdtempSync(join(tmpdir(), 'shubbak-faults-'))
  const file = join(folder, 'faults.json')
  const one = { seconds: 60, kills: 40, acknowledged: 200, lost: 0, doubled: 1, wrong: 0 }
  writeFileSync(
    file,
    JSON.stringify({
      kill: { ...one, at: '2026-11-20T10:00:00.000Z' },
      pool: { ...one, at: '2026-11-19T10:00:00.000Z' },
    }),
  )
  try {
    const beside = faultsBeside('2026-11-20T11:00:00+02:00', file)
    expect(beside?.figures.map(({ name, met }) => [name, met])).toEqual([['faults: kill', false]])
    expect(measuredOf(aReport([...(beside?.figures ?? [])])).faults).toEqual({ kills: 40, lost: 1 })
    expect(faultsBeside('2026-11-21T00:00:00Z', file)).toBeUndefined()
  } finally {
    rmSync(folder, { recursive: true })
  }
  expect(faultsBeside('2026-11-21T00:00:00Z', file)).toBeUndefined()
})
