import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, expect, test } from 'vitest'
import { aDoor } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import { aTown } from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import { addresses } from '../../../lib/addresses.ts'
import { keptReports, type Results } from './file.ts'
import { proofRoute, showProof } from './page.tsx'
import { aReport, figure } from './testing/report.ts'

const house = aHouse(await testDatabase())
await aTown(house)
const folder = mkdtempSync(join(tmpdir(), 'shubbak-kept-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))

async function pageOf(results: Results | undefined): Promise<string> {
  const door = aDoor(house, [{ ...proofRoute, handle: call => showProof(call, results) }])
  const answer = await door.knock(addresses.openProof.pattern)
  expect(answer.status).toBe(200)
  return answer.text()
}

test('before a report was kept the page says so, and writes no figure', async () => {
  const text = await pageOf(undefined)
  expect(text).toContain('لم يُحفظ قياس بعد.')
  expect(text).not.toContain('نسمة')
})

test('with a report it speaks of a small town, a city and the nation', async () => {
  const text = await pageOf(aReport([figure('filing', 400), figure('citizen-home', 2)]))
  expect(text).toMatch(/7,000.*280,000.*5,500,000/s)
  expect(text).toContain('تكفيها آلة واحدة')
})

test('what a report says is shown as words, whatever stands in it', async () => {
  const odd = '<img src=x onerror=alert(1)>'
  const text = await pageOf({
    ...aReport([{ ...figure('filing', 400), name: odd }]),
    parts: [{ name: odd, outcome: 'left out', seconds: 0 }],
  })
  expect(text).not.toContain('<img src=x')
  expect(text).toContain('&lt;img src=x')
})

test('a run that should not be taken at its word says so before anything else', async () => {
  const text = await pageOf({ ...aReport([figure('filing', 400)]), caveats: ['busy'] })
  expect(text.indexOf('كانت الآلة مشغولة')).toBeGreaterThan(0)
  expect(text.indexOf('كانت الآلة مشغولة')).toBeLessThan(text.indexOf('نسمة'))
})

test('the report measured last is the one that is shown', () => {
  const keep = (version: string, began: string) => {
    mkdirSync(join(folder, version))
    writeFileSync(join(folder, version, 'results.json'), JSON.stringify({ ...aReport([]), began }))
  }
  keep('0.10.0', '2026-11-02T00:00:00.000Z')
  keep('0.9.0', '2026-10-01T00:00:00.000Z')
  keep('0.9.1', '2026-12-01T00:00:00.000Z')
  expect(keptReports(folder).map(({ version }) => version)).toEqual(['0.9.1', '0.10.0', '0.9.0'])
  expect(keptReports(join(folder, 'nothing'))).toEqual([])
})
