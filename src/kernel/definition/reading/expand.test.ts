import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { parseService } from '../index.ts'
import { smallService } from '../testing/small.ts'
import { expand } from './expand.ts'

const common = (name: string, parts: string) => `format: 1\ncommon: ${name}\nparts:\n${parts}`
const commons = new Map([
  [
    'steps',
    common(
      'steps',
      `  closing:
    - { id: sign, role: mayor }
    - { id: handover, role: clerk }
  review: { id: review, office: $office, hours: 2, when: $when }
  both:
    - use: steps.review
      with: { office: $office, when: $when }
    - { use: steps.closing }
  urgent: { use: steps.review, hours: 1 }
  fields: [id, $extra, last]
  again: { use: steps.again }
  there: { inner: { use: steps.back } }
  back: [{ use: steps.there }]
`,
    ),
  ],
  ['broken', 'format: 1\ncommon: broken\nparts: [\n'],
])

const expanded = (yaml: string) => {
  const result = expand(parse(yaml), commons)
  return result.ok ? result.value : { [result.finding.code]: result.finding.path }
}

describe('parts written once', () => {
  it('become items of a list, or stand where they are named', () => {
    expect(expanded('steps: [{ id: first }, { use: steps.closing }, { id: last }]')).toEqual({
      steps: [
        { id: 'first' },
        { id: 'sign', role: 'mayor' },
        { id: 'handover', role: 'clerk' },
        { id: 'last' },
      ],
    })
    expect(expanded('steps: { use: steps.closing }')).toMatchObject({ steps: [{ id: 'sign' }, {}] })
  })

  it('take parameters, also through one another; one that is null takes its key away', () => {
    expect(expanded('a: { use: steps.review, with: { office: water, when: x } }')).toEqual({
      a: { id: 'review', office: 'water', hours: 2, when: 'x' },
    })
    expect(expanded('a: [{ use: steps.both, with: { office: water, when: null } }]')).toEqual({
      a: [
        { id: 'review', office: 'water', hours: 2 },
        { id: 'sign', role: 'mayor' },
        { id: 'handover', role: 'clerk' },
      ],
    })
    expect(expanded('a: { use: steps.fields, with: { extra: { deep: [1] } } }')).toEqual({
      a: ['id', { deep: [1] }, 'last'],
    })
  })

  it('hand on to a part inside what was given to them', () => {
    expect(expanded('a: { use: steps.urgent, with: { office: water, when: x } }')).toEqual({
      a: { id: 'review', office: 'water', hours: 1, when: 'x' },
    })
  })

  it('take other keys laid over theirs; null takes one away', () => {
    const more =
      'a: { use: steps.review, with: { office: water, when: x }, hours: 9, when: null, acts: [take] }'
    expect(expanded(more)).toEqual({ a: { id: 'review', office: 'water', hours: 9, acts: ['take'] } })
  })

  it('leave alone what only looks like one', () => {
    expect(expanded('answers: { use: home }')).toEqual({ answers: { use: 'home' } })
    expect(expanded('amount: $office')).toEqual({ amount: '$office' })
  })

  it.each([
    ['a: { use: steps.nothing }', 'part-unknown', ['a']],
    ['a: [x, { use: nowhere.review }]', 'part-unknown', ['a', 1]],
    ['a: { use: steps.review, with: { office: x } }', 'part-parameter', ['a']],
    ['a: { use: steps.closing, with: { office: x } }', 'part-parameter-unknown', ['a']],
    ['a: { use: steps.closing, with: [x] }', 'part-parameter-form', ['a']],
    ['a: { use: steps.closing, id: x }', 'part-keys', ['a']],
    ['a: { b: { use: steps.again } }', 'part-circle', ['a', 'b']],
    ['a: { use: steps.there }', 'part-circle', ['a']],
    ['a: { use: broken.x }', 'common-faulty', ['a']],
  ])('%s is refused where it stands: %s', (yaml, code, path) => {
    expect(expanded(yaml)).toEqual({ [code]: path })
  })

  it('are refused when they grow without end', () => {
    const doubles = Array.from(
      { length: 7 },
      (_, i) =>
        `  d${i}: [{ use: bomb.d${i + 1} }, { use: bomb.d${i + 1} }, { use: bomb.d${i + 1} }, { use: bomb.d${i + 1} }, { use: bomb.d${i + 1} }]`,
    )
    const text = common('bomb', `${doubles.join('\n')}\n  d7: [1, 2, 3, 4, 5]\n`)
    const result = expand({ a: { use: 'bomb.d0' } }, new Map([['bomb', text]]))
    expect(result).toMatchObject({ ok: false, finding: { code: 'part-size' } })
    const chain = Array.from({ length: 10 }, (_, i) => `  c${i}: { x: { use: deep.c${i + 1} } }`).join('\n')
    const deep = expand(
      { a: { use: 'deep.c0' } },
      new Map([['deep', common('deep', `${chain}\n  c10: 1\n`)]]),
    )
    expect(deep).toMatchObject({ ok: false, finding: { code: 'part-depth' } })
  })

  it('are refused when a parameter is put into itself over and over', () => {
    const text = common('twice', '  it: [$x, $x, $x, $x]\n')
    let given: unknown = [1, 2, 3]
    for (let i = 0; i < 25; i += 1) given = { use: 'twice.it', with: { x: given } }
    expect(expand({ a: given }, new Map([['twice', text]]))).toMatchObject({ finding: { code: 'part-size' } })
  })
})

describe('a service with parts', () => {
  const parts = new Map([
    [
      'closing',
      common(
        'closing',
        `  handover:
    id: handover
    name: { ar: تسليم, en: Handover }
    kind: handover
    office: $office
    role: clerk
    hours: 1
    acts: [hand-over]
  two:
    - { use: closing.handover, with: { office: $office } }
    - { use: closing.handover, with: { office: $office }, id: again, hours: none }
`,
      ),
    ],
  ])
  const own = smallService.slice(smallService.indexOf('  - id: handover'), smallService.indexOf('outputs:'))
  const withPart = (use: string) => smallService.replace(own, `  - ${use}\n`)
  const lineOf = (source: string, text: string) => source.slice(0, source.indexOf(text)).split('\n').length

  it('is the service with the parts written out', () => {
    const source = withPart('{ use: closing.handover, with: { office: service-centre } }')
    const read = parseService(source, parts)
    const plain = parseService(smallService)
    expect(read.ok && read.definition).toEqual(plain.ok && plain.definition)
    expect(read.ok && read.uses).toEqual(['closing'])
    expect(plain.ok && plain.uses).toEqual([])
  })

  it('shows a fault inside a part at the line that uses it, and names the part', () => {
    const source = withPart('{ use: closing.two, with: { office: service-centre } }')
    const read = parseService(source, parts)
    const line = lineOf(source, '{ use: closing.two')
    expect(!read.ok && read.faults).toMatchObject([
      { code: 'wrong-type', path: 'steps[7].hours', line, part: 'closing.two' },
    ])
    expect(!read.ok && read.faults[0]?.message.ar).toContain('closing.two')
  })

  it('shows a fault of what was laid over or given at its own line', () => {
    const source = withPart('use: closing.handover\n    with:\n      office: Nowhere\n    hours: none')
    const read = parseService(source, parts)
    expect(!read.ok && read.faults).toMatchObject([
      { path: 'steps[6].office', line: lineOf(source, 'office: Nowhere') },
      { path: 'steps[6].hours', line: lineOf(source, 'hours: none') },
    ])
    expect(!read.ok && read.faults.some(fault => fault.part !== undefined)).toBe(false)
  })

  it('finds the lines of what stands after a part that became many', () => {
    const source = withPart('{ use: closing.two, with: { office: service-centre }}').replace(
      'outputs:',
      '  - { id: last, name: x }\noutputs:',
    )
    const read = parseService(source.replace('hours: none', 'hours: 1'), parts)
    const line = lineOf(source, '- { id: last')
    const faults = read.ok ? [] : read.faults.filter(({ path }) => path.startsWith('steps[8]'))
    expect(faults.length).toBeGreaterThan(0)
    expect(faults.every(fault => fault.line === line && fault.part === undefined)).toBe(true)
  })

  it('says which common file cannot be read, and its line', () => {
    const source = withPart('{ use: closing.handover }')
    const read = parseService(source, new Map([['closing', 'format: 1\ncommon: opening\nparts: {}']]))
    expect(!read.ok && read.faults).toHaveLength(1)
    expect(!read.ok && read.faults[0]?.message.en).toMatch(/closing.*line 2/)
  })
})
