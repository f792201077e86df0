import { describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aTown } from '../../../test/builders/people.ts'
import { testDatabase } from '../../../test/database.ts'
import type { DefinitionFault } from '../../kernel/definition/index.ts'
import { smallService } from '../../kernel/definition/testing/small.ts'
import { BadRequest } from '../../lib/errors.ts'
import { acceptOutcomes } from './accept.ts'
import { catalogueOf, publishService, type ServiceText } from './index.ts'

const db = await testDatabase()
const house = aHouse(db)
const by = { kind: 'system', id: 'test' } as const

const publish = (town: string, text: ServiceText) =>
  house.database.write(town, tx => publishService(tx, text, by))

/** Everything on the shelf, as stored and as it is understood. */
const shelf = (town: string) =>
  house.database.read(town, async tx => ({
    rows: await tx.q
      .selectFrom('service_version')
      .select(['service_code', 'version', 'hash', 'commons'])
      .execute(),
    hours: (await catalogueOf(tx)).newest.map(({ code, service }) => [code, service.step('handover').hours]),
  }))

async function faultsOf(town: string, text: ServiceText): Promise<DefinitionFault[]> {
  const error = await publish(town, text).catch((thrown: unknown) => thrown)
  if (!(error instanceof BadRequest) || error.code !== 'service-faulty') throw error
  return (error.details as { faults: DefinitionFault[] }).faults
}

const examples = `
examples:
  - id: small
    name: { ar: صغير, en: Small }
    answers: { kind: small }
    acts: [pay, { step: review, fields: { measured: false } }, decision, signature, execution, handover]
    expect: { papers: [], fees: {}, way: [], messages: [], state: x, due: none }
  - id: large
    name: { ar: كبير, en: Large }
    answers: { kind: large, area: 200, rooms: [{ size: 4 }] }
    acts: [pay, { step: review, fields: { measured: true } }, survey, decision, pay]
    expect: { papers: [], fees: {}, way: [], messages: [], state: x, due: none }
  - id: middling
    name: { ar: متوسط, en: Middling }
    answers: { kind: large, area: 20, rooms: [{ size: 4 }] }
    acts: []
    expect: { papers: [], fees: {}, way: [], messages: [], state: x, due: none }
`

/** The small service with what comes of its examples. */
const whole = acceptOutcomes(smallService + examples, new Map())

const own = whole.slice(whole.indexOf('  - id: handover'), whole.indexOf('outputs:'))
/** The small service whose last step is a common part. */
const sharing = whole.replace(own, '  - { use: closing.handover }\n')
const closing = (hours: number) =>
  new Map([
    [
      'closing',
      `format: 1\ncommon: closing\nparts:\n  handover: { id: handover, name: { ar: تسليم, en: Handover }, kind: handover, office: service-centre, role: clerk, hours: ${hours}, acts: [hand-over] }\n`,
    ],
    ['unused', 'format: 1\ncommon: unused\nparts: {}\n'],
  ])

describe('a published service', () => {
  test('keeps the common parts it uses: a version never changes afterwards', async () => {
    const { id } = await aTown(house)
    expect(await publish(id, { source: sharing, commons: closing(1) })).toBe('published')
    const before = await shelf(id)
    expect(before.rows.map(({ commons }) => Object.keys(commons as object))).toEqual([['closing']])
    expect(before.hours).toEqual([['TST-01', 1]])
    expect(await publish(id, { source: sharing, commons: closing(1) })).toBe('unchanged')
    await expect(publish(id, { source: sharing, commons: closing(2) })).rejects.toThrow(
      'version-already-published',
    )
    const newer = { source: sharing.replace('version: 1', 'version: 2'), commons: closing(2) }
    expect(await publish(id, newer)).toBe('published')
    const after = await shelf(id)
    expect(after.rows).toEqual(expect.arrayContaining(before.rows))
    expect(after.hours).toEqual([['TST-01', 2]])
  })

  test('is found by the requests that run under it also when the clock was put back to before it began', async () => {
    const { id } = await aTown(house)
    await publish(id, { source: whole })
    await house.database.write(id, tx =>
      publishService(tx, { source: whole.replace('version: 1', 'version: 2') }, by, {
        from: new Date(tx.now.getTime() + 3_600_000),
      }),
    )
    const catalogue = await house.database.read(id, catalogueOf)
    expect(catalogue.offered.map(({ version }) => version)).toEqual([1])
    expect(catalogue.find('TST-01')?.version).toBe(1)
    expect(catalogue.get('TST-01', 2).service.definition.version).toBe(2)
  })

  test('is published once its examples come to what they say and take every branch', async () => {
    const { id } = await aTown(house)
    const written = smallService + examples
    const before = await faultsOf(id, { source: written })
    expect(new Set(before.map(({ code }) => code))).toEqual(new Set(['example-differs']))
    expect(whole.startsWith(smallService)).toBe(true)
    const fewer = whole.slice(0, whole.indexOf('  - id: large'))
    expect((await faultsOf(id, { source: smallService })).map(({ code }) => code)).toEqual([
      'examples-missing',
    ])
    expect(new Set((await faultsOf(id, { source: fewer })).map(({ code }) => code))).toEqual(
      new Set(['branch-untaken']),
    )
    expect((await shelf(id)).rows).toEqual([])
    expect(await publish(id, { source: whole })).toBe('published')
  })
})

const aliases = Array.from(
  { length: 8 },
  (_, i) => `k${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`,
)
const rule = (when: string) => smallService.replace('when: area > 100', () => `when: ${JSON.stringify(when)}`)
const circle = new Map([
  ['round', 'format: 1\ncommon: round\nparts:\n  a: { x: { use: round.b } }\n  b: [{ use: round.a }]\n'],
])
const deepest = (open: string, close: string, times: number) => open.repeat(times) + close.repeat(times)

describe('what cannot be published is refused with one line, and the catalogue stays as it is', () => {
  test.each<[string, ServiceText, string]>([
    [
      'a bomb of aliases',
      { source: ['a: &a [x,x,x,x,x,x,x,x,x]', ...aliases].join('\n') },
      'too-many-aliases',
    ],
    ['a definition of five megabytes', { source: smallService + '# '.repeat(2_500_000) }, 'too-large'],
    ['a list nested without end', { source: `a: ${'['.repeat(100_000)}` }, 'too-deep'],
    [
      'a form nested without end',
      { source: smallService.replace('known: []', `known: ${deepest('[', ']', 80)}`) },
      'too-deep',
    ],
    [
      'a part that comes back to itself',
      { source: `${smallService}grounds: { use: round.a }\n`, commons: circle },
      'part-circle',
    ],
    [
      'a common file that is none',
      { source: sharing, commons: new Map([['closing', 'parts: [']]) },
      'common-faulty',
    ],
    ['a common file that is not there', { source: sharing }, 'part-unknown'],
    [
      'a rule that counts to a thousand million',
      { source: rule('count(for i in 1..1000000000 return i) > 0') },
      'rule-type',
    ],
    ['a rule that calls itself', { source: rule('function(x) x(x) = true') }, 'rule-type'],
    ['a rule nested without end', { source: rule(`${deepest('(', ')', 400)} = 1`) }, 'rule-syntax'],
    ['a rule that reads the program', { source: rule('process.env.HOME = "x"') }, 'rule-unknown-name'],
    [
      'a rule that reads what every object has',
      { source: rule('constructor.name = "x"') },
      'rule-unknown-name',
    ],
    ['a rule that reads another request', { source: rule('request.answers = null') }, 'rule-unknown-name'],
    [
      'a definition of a newer format',
      { source: smallService.replace('format: 1', 'format: 2\nshape: round') },
      'format-unknown',
    ],
    [
      'a definition for a newer version',
      { source: smallService.replace('format: 1', 'format: 1\nneeds: 9\nshape: round') },
      'needs-newer',
    ],
    ['what is no YAML', { source: `${smallService}\n  - [` }, 'yaml-syntax'],
    ['two documents in one', { source: `${smallService}\n---\nformat: 1\n` }, 'yaml-syntax'],
    ['nothing', { source: '' }, 'not-a-service'],
  ])('%s', async (_what, text, code) => {
    const { id } = await aTown(house)
    await publish(id, { source: whole })
    const before = await shelf(id)
    const faults = await faultsOf(id, text)
    expect(faults.map(fault => fault.code)).toEqual([code])
    const [{ message, line } = { message: { ar: '' }, line: 0 }] = faults
    expect(line).toBeGreaterThan(0)
    expect(message.ar).toMatch(/^[^\n{}]*[\u0600-\u06ff][^\n{}]*$/)
    expect(await shelf(id)).toEqual(before)
  })
})
