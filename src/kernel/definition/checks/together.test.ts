import { expect, it } from 'vitest'
import { checkCatalogue } from '../check.ts'
import { parseService } from '../parse.ts'
import { smallService } from '../testing/small.ts'
import { wideService } from '../testing/wide.ts'

function read(source: string, ...texts: [string, string][]) {
  const broken = texts.reduce((text, [from, to]) => {
    if (!text.includes(from)) throw new Error(`not in the service: ${from}`)
    return text.replace(from, () => to)
  }, source)
  const parsed = parseService(broken)
  if (!parsed.ok) throw new Error(JSON.stringify(parsed.faults))
  return parsed
}

const found = (...services: ReturnType<typeof read>[]) =>
  checkCatalogue(services).map(({ service, fault }) => [
    services.indexOf(service),
    fault.line,
    fault.code,
    fault.message.en,
  ])

/** The wide service files the small one, whose other questions are asked in some cases only. */
const wide = read(wideService)
const small = read(smallService)
const lineOf = (source: string, text: string) => source.slice(0, source.indexOf(text)).split('\n').length

it('says nothing of services that fit together', () => {
  expect(found(small, wide)).toEqual([])
  expect(found(wide, small, read(smallService, ['TST-01', 'TST-03']))).toEqual([])
})

it('finds one code given twice', () => {
  const line = 2
  expect(found(small, read(smallService))).toMatchObject([[1, line, 'code-twice', expect.any(String)]])
  expect(found(small, wide, read(wideService, ['version: 1', 'version: 2']))).toMatchObject([
    [2, line, 'code-twice', expect.any(String)],
  ])
})

it('finds one key of a tariff with two amounts, wherever they differ', () => {
  const line = lineOf(smallService, '{ key: base')
  const other = (...texts: [string, string][]) =>
    found(small, read(smallService, ['TST-01', 'TST-04'], ...texts))
  expect(other()).toEqual([])
  expect(other(['amount: 10,', "amount: '10.00',"])).toEqual([])
  expect(other(['amount: 10,', 'amount: 11,'])).toMatchObject([
    [1, line, 'tariff-differs', expect.stringContaining('TST-01')],
  ])
  expect(other(['from: 2026-07-01', 'from: 2026-08-01'])).toMatchObject([
    [1, line, 'tariff-differs', expect.any(String)],
  ])
})

it('finds parts that no town offers, or that are parts of each other', () => {
  const line = lineOf(wideService, 'service: TST-01')
  expect(found(wide)).toMatchObject([[0, line, 'part-service-unknown', expect.any(String)]])
  const back: [string, string] = [
    '    kind: review\n    office: planning',
    '    kind: parts\n    parts: [{ id: back, service: TST-02 }]\n    office: planning',
  ]
  const codes = found(wide, read(smallService, back)).map(([at, , code]) => `${at} ${code}`)
  expect(codes.filter(each => each.endsWith('parts-circle'))).toEqual(['0 parts-circle', '1 parts-circle'])
})

it('finds answers that a part does not ask for, and questions of it that nobody answers', () => {
  const line = lineOf(wideService, 'service: TST-01')
  const answers = (text: string) => found(small, read(wideService, [`answers: { kind: '"small"' }`, text]))
  expect(answers(`answers: { kind: '"small"', colour: '"red"' }`)).toMatchObject([
    [1, line, 'part-answer-unknown', expect.stringContaining('colour')],
  ])
  expect(
    answers(`answers: { kind: '"small"', food: 'true', zone: '"a"' }`).map(([, , code]) => code),
  ).toEqual(['part-answer-unknown', 'part-answer-unknown'])
  expect(found(small, read(wideService, [`, answers: { kind: '"small"' }`, '']))).toMatchObject([
    [1, line, 'part-answer-missing', expect.stringContaining('kind')],
  ])
  expect(answers(`answers: { area: '5' }`)).toMatchObject([
    [1, line, 'part-answer-missing', expect.any(String)],
  ])
})

it('finds a question of the whole that no part takes over', () => {
  const colour: [string, string] = [
    '        - { id: food,',
    '        - { id: colour, kind: text, label: { ar: اللون, en: Colour } }\n        - { id: food,',
  ]
  expect(found(small, read(wideService, colour))).toMatchObject([
    [1, lineOf(wideService, '        - { id: food,'), 'field-unused', expect.stringContaining('colour')],
  ])
  const renamed = read(smallService.replaceAll('area', 'colour'))
  expect(found(renamed, read(wideService, colour))).toEqual([])
})
