import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { translate } from '../../../lib/texts.ts'
import { chaptersOf, type Sentence } from './chapters.ts'
import type { Results, ToldFigure } from './file.ts'
import { measuredOf, peopleAtOnce, reckonTown } from './reckoning.ts'
import { measuredTexts } from './strings.ts'
import { aReport, figure } from './testing/report.ts'

const said = (results: Results, locale: 'ar' | 'en' = 'en'): string =>
  chaptersOf(results)
    .flatMap(({ title, sentences }) => [title, ...sentences])
    .map(({ key, values, parts }: Sentence) =>
      translate(measuredTexts, locale, key, { ...values, ...(parts && { parts: parts.join(', ') }) }),
    )
    .join('\n')

const speed = fc.double({ min: 0.01, max: 100_000, noNaN: true })
const cost = fc.double({ min: 0.001, max: 1000, noNaN: true })
const population = fc.integer({ min: 1, max: 100_000_000 })
const of = (filing: number, pageCpuMs: number, cores = 2) =>
  measuredOf({
    ...aReport([figure('filing', filing), figure('citizen-home', pageCpuMs)]),
    machine: { ...aReport([]).machine, cores },
  })

describe('what a report means for a town', () => {
  test('more filing a second never makes the town smaller that one machine carries', () => {
    fc.assert(
      fc.property(population, speed, speed, cost, (people, one, other, page) => {
        const slow = reckonTown(people, of(Math.min(one, other), page))
        const fast = reckonTown(people, of(Math.max(one, other), page))
        expect(fast.machines ?? 0).toBeLessThanOrEqual(slow.machines ?? 0)
        expect(fast.share ?? 0).toBeLessThanOrEqual(slow.share ?? 0)
        expect(fast.secondsForADay ?? 0).toBeLessThanOrEqual(slow.secondsForADay ?? 0)
      }),
    )
  })

  test('cheaper pages and more cores never let fewer people turn pages at once', () => {
    fc.assert(
      fc.property(cost, cost, fc.integer({ min: 1, max: 128 }), (one, other, cores) => {
        const dear = peopleAtOnce(of(1, Math.max(one, other), cores)) ?? 0
        expect(peopleAtOnce(of(1, Math.min(one, other), cores)) ?? 0).toBeGreaterThanOrEqual(dear)
        expect(peopleAtOnce(of(1, Math.max(one, other), cores + 1)) ?? 0).toBeGreaterThanOrEqual(dear)
      }),
    )
  })

  test('where many leafed at once, a page costs what it cost server and database together', () => {
    const cpuMs = { server: 3000, database: 3500, driver: 900 }
    const leafed = [600, 400].map((count, at) =>
      figure(`load-thousand-${at ? 'pay' : 'home'}`, 1104.2, { size: { many: 1000 }, count, cpuMs }),
    )
    const report = aReport([
      figure('citizen-home', 1.2),
      ...leafed,
      figure('load-thousand-errors', 0, { cpuMs }),
    ])
    expect(measuredOf(report).pageCpuMs).toBe(6.5)
    expect(said(report)).toContain('nineteen came within 1.2 seconds')
  })

  test('a larger town asks for no less', () => {
    fc.assert(
      fc.property(population, population, speed, cost, (one, other, filing, page) => {
        const small = reckonTown(Math.min(one, other), of(filing, page))
        const large = reckonTown(Math.max(one, other), of(filing, page))
        expect(large.requestsADay).toBeGreaterThanOrEqual(small.requestsADay)
        expect(large.machines ?? 0).toBeGreaterThanOrEqual(small.machines ?? 0)
      }),
    )
  })

  test('a town of 250,000 with a request a year for each has a thousand a day, and the busiest hour is reckoned from them', () => {
    const { requestsADay, secondsForADay, share, machines } = reckonTown(250_000, of(500, 2))
    expect(requestsADay).toBe(1000)
    expect(secondsForADay).toBe(2)
    // 750 requests in the hour, each of 2 ms of the machine and fifty pages of 1 ms on two cores.
    expect(share).toBeCloseTo((750 / 3600) * (0.002 + 0.05), 10)
    expect(machines).toBe(1)
  })

  test('a machine too weak for a town is needed more than once, each half free', () => {
    const { share = 0, machines = 0 } = reckonTown(5_500_000, of(3, 40))
    expect(share).toBeGreaterThan(1)
    expect(share / machines).toBeLessThanOrEqual(0.5)
    expect(share / (machines - 1)).toBeGreaterThan(0.5)
  })
})

describe('the sentences', () => {
  test('say of each thing that was not measured that it was not, and write no figure for it', () => {
    const text = said(aReport([]))
    expect(text).toContain('Too little was measured')
    expect(text).toContain('How long pages take was not measured')
    expect(text).toContain('No test of failing current')
    expect(text).not.toMatch(/NaN|undefined|Infinity/)
  })

  test('never hold what is no number, whatever a report says', () => {
    const odd = fc.constantFrom(Number.NaN, Number.POSITIVE_INFINITY, -5, 0, 1e-300, 1e300)
    const names = ['filing', 'citizen-home', 'inbox', 'second-start', 'load-thousand-home', 'first view: my']
    fc.assert(
      fc.property(fc.array(fc.tuple(fc.constantFrom(...names), odd)), told => {
        const figures = told.map(([name, value]) =>
          figure(name, value, { requestsInTown: value, kills: value }),
        )
        for (const locale of ['ar', 'en'] as const)
          expect(said(aReport(figures), locale)).not.toMatch(/NaN|undefined|Infinity|-\d|∞/)
      }),
    )
  })

  test('add up the kills of all fault scripts, and tell of what was lost', () => {
    const faults = (lost: number): ToldFigure[] => [
      figure('faults: kill', 0, { kills: 800, lost: 0, doubled: 0 }),
      figure('faults: pool', lost, { kills: 300, lost, doubled: 0 }),
    ]
    expect(said(aReport(faults(0)))).toMatch(/killed 1,100 times .* Nothing that somebody had been told/)
    expect(said(aReport(faults(2)))).toMatch(/killed 1,100 times .* 2 things were lost/)
  })

  test('take the people signed in at once from a run in which nothing failed, at its slowest page', () => {
    const pages = (errors: number) =>
      aReport([
        figure('load-thousand-home', 80, { size: { many: 1000 } }),
        figure('load-thousand-pay', 120.2, { size: { many: 1000 } }),
        figure('load-thousand-errors', errors),
      ])
    expect(said(pages(0))).toContain(
      '1,000 people were signed in at once: of twenty pages, nineteen came within 121',
    )
    expect(said(pages(3))).not.toContain('signed in at once')
  })

  test('name every part that was left out or did not end', () => {
    const text = said({
      ...aReport([]),
      parts: [
        { name: 'filing', outcome: 'done', seconds: 3 },
        { name: 'seal', outcome: 'left out', seconds: 0 },
        { name: 'pages', outcome: 'cut off', seconds: 3 },
        { name: 'country', outcome: 'left out', seconds: 0 },
      ],
    })
    expect(text).toContain('Left out of this run: seal, country.')
    expect(text).toContain('Begun and not brought to its end: pages.')
    expect(text).not.toMatch(/: .*filing/)
  })
})
