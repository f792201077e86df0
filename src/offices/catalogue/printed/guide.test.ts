import { expect, test } from 'vitest'
import { compileService, parseService } from '../../../kernel/definition/index.ts'
import { listServiceFiles } from '../files.ts'
import type { CatalogueService } from '../shelf.ts'
import { printedGuide } from './guide.ts'

const { files, commons } = await listServiceFiles()
const offered = files.map(({ file, source }): CatalogueService => {
  const read = parseService(source, commons)
  if (!read.ok) throw new Error(`${file} does not read`)
  const { code, version } = read.definition
  return { code, version, retired: false, service: compileService(read.definition) }
})
const offices = new Map([['electricity', { ar: 'دائرة الكهرباء', en: 'Electricity' }]])

test('the printed guide holds every service once, in its group, with every heading filled', () => {
  const { groups } = printedGuide(offered, offices, {}, '2026-11-22')
  const services = groups.flatMap(group => group.services)
  expect(services.map(({ code }) => code).sort()).toEqual(
    files.map(({ file }) => file.replace('.yaml', '')).sort(),
  )
  for (const service of services) {
    for (const words of [
      service.name,
      service.summary,
      service.office,
      service.time,
      service.legalBasis,
      service.who,
    ])
      expect(words).toMatch(/\S/)
    expect(service.procedure.length).toBeGreaterThan(0)
    expect(service.route.length).toBeGreaterThan(0)
  }
})

test('it says what the town has not confirmed, whose a paper is, and where a fee rests on the case', () => {
  const [connection] = printedGuide(
    offered.filter(({ code }) => code === 'WAT-01'),
    offices,
    { applicationFee: { amount: { minor: 1_500, currency: 'ILS' }, confirmed: true } },
    '2026-11-22',
  ).groups.flatMap(group => group.services)
  expect(connection?.fees[0]).toMatchObject({ amount: expect.stringMatching(/^15\.00/) })
  expect(connection?.fees.some(({ amount }) => amount.includes('يُحسب حسب طلبك'))).toBe(true)
  expect(connection?.fees.some(({ amount }) => amount.includes('للتأكيد من البلدية'))).toBe(true)
  expect(connection?.papers.find(({ name }) => name === 'وكالة')?.note).toContain('وكيلًا')
})
