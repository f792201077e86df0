import { describe, expect, it } from 'vitest'
import { checkService } from '../check.ts'
import { parseService } from '../parse.ts'
import type { Broken } from '../testing/broken/broken.ts'
import { brokenContents } from '../testing/broken/content.ts'
import { brokenKinds } from '../testing/broken/kinds.ts'
import { brokenOffices } from '../testing/broken/people.ts'
import { brokenRules } from '../testing/broken/rules.ts'
import { brokenShapes } from '../testing/broken/shape.ts'
import { brokenSteps } from '../testing/broken/steps.ts'
import { smallService } from '../testing/small.ts'
import { wideService } from '../testing/wide.ts'
import type { Surroundings } from './surroundings.ts'
import { checkWords } from './words.ts'

const town: Surroundings = {
  offices: ['service-centre', 'planning', 'treasury', 'mayor-office', 'works', 'health'],
  effects: ['planning.record'],
  services: ['TST-01', 'TST-02'],
}

function faultsOf(source: string, around: Surroundings = {}) {
  const read = parseService(source)
  return read.ok ? checkService(read.definition, { ...town, ...around }, read.locate) : read.faults
}

const parts: Record<string, Broken[]> = {
  'its shape': brokenShapes,
  'its rules': brokenRules,
  'its steps': brokenSteps,
  'its kinds of step': brokenKinds,
  'its offices and promises': brokenOffices,
  'its papers, fees and words': brokenContents,
}
const all = Object.values(parts).flat()

describe.each(Object.entries(parts))('a service broken in %s', (_part, cases) => {
  it.each(cases)('has $code: $what', ({ code, source, line, also, around }) => {
    const found = faultsOf(source, around)
    expect(found.map(fault => `${fault.line} ${fault.code}`)).toContain(`${line} ${code}`)
    // Nothing else is said than what the same slip leads to elsewhere.
    const expected = new Set<string>([code, ...also])
    expect(found.filter(fault => !expected.has(fault.code)).map(({ code }) => code)).toEqual([])
    for (const fault of found) expect(`${fault.message.ar} ${fault.message.en}`).not.toMatch(/[{}]|undefined/)
  })
})

it('says nothing of services in order', () => {
  expect(faultsOf(smallService)).toEqual([])
  expect(faultsOf(wideService)).toEqual([])
})

it('has two broken services or more for every kind of fault', () => {
  const count = (code: string) => all.filter(broken => broken.code === code).length
  // Those that show among several services are proven there.
  const together = [
    'tariff-differs',
    'part-answer-unknown',
    'part-answer-missing',
    'code-twice',
    'parts-circle',
  ]
  const codes = new Set<string>([...Object.keys(checkWords), ...all.map(({ code }) => code)])
  expect([...codes].filter(code => !together.includes(code) && count(code) < 2)).toEqual([])
  expect(codes.size).toBeGreaterThanOrEqual(40)
})
