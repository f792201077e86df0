import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { aReport, figure } from '../../../src/offices/oversight/measured/testing/report.ts'
import { indexOf, mayKeep } from '../keep.ts'
import { histogramOf } from '../report.ts'
import { mayorSheet } from './mayor.ts'
import { reportPage } from './page.tsx'
import { besideGoal, drawTimeline, placesOfRounds, timesBetter } from './scales.ts'
import { resultsText } from './text.ts'

const odd = '</style><script>alert(1)</script>'
const least = { ratio: 1, least: true as const }

describe('the report', () => {
  test('is one page: no script, nothing fetched from elsewhere, whatever a figure is called', () => {
    const told = {
      ...figure(odd, 5, { odd }),
      unit: odd,
      baseline: odd,
      goal: least,
      met: true,
      rounds: [1, 2, 3],
      timeline: { everySeconds: 1, lines: [{ name: odd, unit: odd, values: [1, 2] }] },
      latency: { upTo: [1, 2], counts: [3, 4] },
    }
    const results = {
      ...aReport([told]),
      parts: [{ name: 'trial', outcome: 'failed' as const, seconds: 1, why: odd }],
    }
    for (const locale of ['ar', 'en'] as const) {
      const page = reportPage(results, locale)
      expect(page).not.toContain('<script')
      expect(page.match(/<\/style>/g)).toHaveLength(1)
      expect(page).not.toMatch(/(?:src|href)="(?!report(?:\.en)?\.html")|url\((?!data:|"data:)|@import/)
      expect(page).toContain('&lt;script&gt;')
    }
  })

  test('says first why it should not be taken at its word', () => {
    const results = { ...aReport([]), caveats: ['changed' as const, 'busy' as const] }
    const body = reportPage(results, 'ar').split('<main>')[1] ?? ''
    expect(body).toMatch(/^<p class="caveat">قيس هذا على شيفرة فيها تغييرات/)
    expect(resultsText(results)).toMatch(/^NOTE: Measured on code with changes/)
    expect(mayorSheet(results)).toMatch(/^> \*\*قيس هذا/)
  })

  test('names each goal with whether it was met, and parts with what became of them', () => {
    const results = {
      ...aReport([
        { ...figure('filing', 400), ratio: 1.2, goal: least, met: true },
        { ...figure('inbox', 50), ratio: 2, goal: { ratio: 1 }, met: false },
      ]),
      parts: [
        { name: 'trial', outcome: 'done' as const, seconds: 3 },
        { name: 'seal', outcome: 'left out' as const, seconds: 0 },
      ],
    }
    const page = reportPage(results, 'en')
    expect(page).toContain('1 of 2 goals were reached')
    expect(page).toContain('1.2 times the goal')
    expect(page).toContain('0.5 of the goal')
    expect(page).toMatch(/Left out of this run.*The sealed record/s)
    expect(indexOf([{ version: '1.2.3', results }])).toContain('1 of 2')
  })
})

describe('pictures', () => {
  test('a bar goes to the better side of the goal exactly where the goal was met', () => {
    const ratio = fc.double({ min: 0, max: 1e6, noNaN: true })
    fc.assert(
      fc.property(
        ratio,
        fc.double({ min: 0.01, max: 100, noNaN: true }),
        fc.boolean(),
        (value, of, isLeast) => {
          const goal = { ratio: of, ...(isLeast && { least: true as const }) }
          const met = isLeast ? value >= of : value <= of
          const times = timesBetter({ ratio: value, goal }) ?? Number.NaN
          expect(times >= 1).toBe(met)
          const place = besideGoal(times)
          expect(place).toBeGreaterThanOrEqual(0)
          expect(place).toBeLessThanOrEqual(100)
        },
      ),
    )
  })

  test('a goal of none is met by none alone', () => {
    expect(timesBetter({ ratio: 0, goal: { ratio: 0 } })).toBe(1)
    expect(timesBetter({ ratio: 3, goal: { ratio: 0 } })).toBe(0)
    expect(timesBetter({ ratio: Number.NaN, goal: { ratio: 1 } })).toBeUndefined()
  })

  test('everything drawn is a number inside the picture', () => {
    const values = fc.array(fc.oneof(fc.double(), fc.constant(0)), { maxLength: 50 })
    fc.assert(
      fc.property(values, list => {
        const { stroke, fill } = drawTimeline(list)
        expect(stroke + fill).not.toMatch(/NaN|Infinity/)
      }),
    )
    expect(placesOfRounds([0, 5, 10])).toEqual([0, 49, 98])
  })

  test('a histogram holds every answer once, each under a bound it does not pass', () => {
    fc.assert(
      fc.property(fc.array(fc.double({ min: 0, max: 1e5, noNaN: true }), { minLength: 1 }), ms => {
        const { upTo, counts } = histogramOf(ms)
        expect(counts.reduce((sum, each) => sum + each, 0)).toBe(ms.length)
        expect(upTo.at(-1)).toBeGreaterThanOrEqual(Math.max(...ms))
        expect([...upTo]).toEqual([...upTo].sort((a, b) => a - b))
      }),
    )
    expect(histogramOf([0, 0])).toEqual({ upTo: [0.1], counts: [2] })
  })
})

test('a run is kept of a clean tree on a calm machine only', () => {
  expect(mayKeep({ clean: true, load: 0.9 })).toBeUndefined()
  expect(mayKeep({ clean: false, load: 0.1 })).toContain('changes')
  expect(mayKeep({ clean: true, load: 1.4 })).toContain('1.4')
})
