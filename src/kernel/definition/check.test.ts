import { describe, expect, it } from 'vitest'
import { checkService, parseService } from './index.ts'
import { smallService } from './testing/small.ts'

const around = {
  offices: ['service-centre', 'planning', 'treasury', 'mayor-office'],
  effects: ['planning.record'],
}

function faultsOf(source: string) {
  const read = parseService(source)
  return read.ok ? checkService(read.definition, around, read.locate) : read.faults
}

/** The small service with one text replaced, and the line on which the replacement stands. */
function broken(from: string, to: string): { source: string; line: number } {
  const at = smallService.indexOf(from)
  if (at < 0) throw new Error(`not in the service: ${from}`)
  const line = smallService.slice(0, at).split('\n').length
  return { source: smallService.replace(from, () => to), line }
}

/** [what, text, its replacement, code, lines further down than the replacement]. */
const cases: [string, string, string, string, number?][] = [
  ['a key nobody knows', 'group: tests', 'group: tests\ncolour: red', 'unknown-key', 1],
  ['a key nobody knows deep inside', '          min: 1', '          minimum: 1', 'unknown-key'],
  ['a text where a number stands', 'hours: 2', 'hours: two', 'wrong-type'],
  ['a value outside the list', 'rule: hold', 'rule: stop', 'not-allowed'],
  ['a kind of field that does not exist', 'kind: decimal', 'kind: fraction', 'not-allowed'],
  ['an empty text', 'name: { ar: خدمة, en: Service }', "name: { ar: '', en: Service }", 'empty-text'],
  ['a code of another form', 'code: TST-01', 'code: tests', 'bad-form'],
  ['a service in one language', 'summary: { ar: وصف, en: Summary }', 'summary: { ar: وصف }', 'missing-key'],
  ['a format from the future', 'format: 1', 'format: 2', 'format-unknown'],
  ['two fields of one name', '- id: rooms', '- id: kind', 'duplicate-id'],
  ['two pages of one name', '- id: second', '- id: first', 'duplicate-id'],
  ['a field named like a rule word', '- id: rooms', '- id: today', 'reserved-id'],
  ['a field named like a part of every object', '- id: rooms', '- id: constructor', 'reserved-id'],
  [
    'a choice with one option',
    '            - { id: large, label: { ar: كبير, en: Large } }\n',
    '',
    'option-missing',
    -5,
  ],
  ['an option said twice', '{ id: large, label', '{ id: small, label', 'duplicate-id'],
  ['a setting of another kind', '          min: 1', '          range: past', 'field-setting'],
  ['bounds the wrong way round', 'min: 1', 'min: 1000', 'bounds-crossed'],
  ['a list inside a list', 'id: size, kind: whole-number', 'id: size, kind: file', 'group-nested'],
  ['a rule that cannot be read', 'when: area > 100', 'when: area > (100', 'rule-syntax'],
  ['a rule with an unknown name', 'when: area > 100', 'when: surface > 100', 'rule-unknown-name'],
  ['a question that looks ahead', 'when: kind = "large"', 'when: count(rooms) > 1', 'rule-unknown-name'],
  [
    'a paper that looks at what officers fill in later',
    'when: area > 100',
    'when: measured',
    'rule-unknown-name',
  ],
  ['a tariff nobody wrote', 'amount: tariff.base', 'amount: tariff.basis', 'rule-unknown-name'],
  ['a condition that is a number', 'when: area > 100', 'when: area * 2', 'rule-not-boolean'],
  ['an amount that is a number', 'amount: tariff.base', 'amount: 5 + 5', 'rule-not-money'],
  ['an amount in another currency', 'amount: tariff.base', 'amount: tariff.perMetre', 'rule-not-money'],
  ['kinds of values that do not go together', 'when: area > 100', 'when: area > "x"', 'rule-type'],
  [
    'a rule that waits for a choice nobody has',
    'when: kind = "large"',
    'when: kind = "huge"',
    'rule-unknown-option',
  ],
  ['no way to file', 'channels: [web, counter]', 'channels: []', 'no-channel'],
  ['nobody who may apply', 'applicants: [principal, tenant]', 'applicants: []', 'no-applicant'],
  ['an office the town does not have', 'office: planning', 'office: astronomy', 'office-unknown'],
  ['a role nobody holds', 'role: officer', 'role: wizard', 'role-unknown'],
  ['a branch to nowhere', 'to: decision', 'to: nowhere', 'step-unknown'],
  [
    'a step nothing leads to',
    '{ when: kind = "small", to: decision }',
    '{ to: decision }',
    'step-unreachable',
    3,
  ],
  [
    'a step that turns in a circle',
    'acts: [hand-over]',
    'acts: [hand-over]\n    next: [{ to: execution }]',
    'step-dead-end',
    -14,
  ],
  ['a decision that cannot refuse', 'acts: [approve, reject]', 'acts: [approve]', 'act-missing'],
  ['refusing when all is done', 'acts: [hand-over]', 'acts: [hand-over, reject]', 'act-unfit'],
  ['paying at a review', 'acts: [approve, ask-papers]', 'acts: [approve, pay]', 'act-unfit'],
  [
    'approving unseen what decides',
    'acts: [approve, reject]',
    'acts: [approve, reject]\n    bulk: true',
    'bulk-unfit',
    1,
  ],
  ['a payment without its fee', '    feePoint: after-decision\n', '', 'fee-point-missing', -7],
  [
    'a payment of a fee there is not',
    'feePoint: after-decision',
    'feePoint: before-execution',
    'fee-point-empty',
  ],
  ['a fee nobody collects', 'at: after-decision', 'at: before-execution', 'fee-never-paid'],
  ['a signature of nothing', '    output: letter\n', '', 'output-missing', -7],
  ['a signature of what there is not', 'output: letter', 'output: poem', 'output-unknown'],
  ['a signer who is not the signer', 'signer: mayor', 'signer: head', 'signer-mismatch', -20],
  ['an execution without effect', '    effect: planning.record\n', '', 'effect-missing', -7],
  ['an effect no office has', 'effect: planning.record', 'effect: planning.dance', 'effect-unknown'],
  ['two values of one tariff from one day', 'from: 2026-07-01', 'from: 2026-01-01', 'tariff-duplicate'],
  [
    'a tariff that changes its currency',
    'amount: 12, currency: ILS',
    'amount: 12, currency: JOD',
    'tariff-currency',
  ],
  ['more places than a shekel has', 'amount: 12, currency', "amount: '12.555', currency", 'tariff-amount'],
  ['a service never held that holds', 'neverHeld: false', 'neverHeld: true', 'dues-never-held'],
  ['a message about what nobody knows', 'Finished {number}', 'Finished {papers}', 'message-variable'],
  ['braces that do not match', 'Finished {number}', 'Finished {number', 'message-syntax'],
  [
    'a message of four parts',
    "ar: 'أنجزنا {number}'",
    `ar: 'أنجزنا {number} ${'كلمة '.repeat(45)}'`,
    'message-too-long',
  ],
  ['languages that say different things', 'Finished {number}', 'Finished', 'message-variables-differ'],
  [
    'silence where something must be said',
    "  completed: { ar: 'أنجزنا {number}', en: 'Finished {number}' }\n",
    '',
    'message-missing',
    -5,
  ],
]

describe('a service definition', () => {
  it('is clean when nothing is wrong', () => {
    expect(faultsOf(smallService)).toEqual([])
  })

  it.each(cases)('is refused for %s', (_what, from, to, code, below = 0) => {
    const { source, line } = broken(from, to)
    const faults = faultsOf(source)
    expect(faults.map(fault => ({ code: fault.code, line: fault.line }))).toContainEqual({
      code,
      line: line + below,
    })
    for (const fault of faults) expect(fault.message.ar).not.toMatch(/[{}]/)
  })

  it('says the line of text that is no YAML', () => {
    const { source, line } = broken('keywords: [تجربة]', 'keywords: [تجربة')
    const faults = faultsOf(source)
    expect(faults[0]?.code).toBe('yaml-syntax')
    expect(faults[0]?.line).toBeGreaterThanOrEqual(line)
  })

  it('is refused when it is too large, folded into itself, or nothing', () => {
    expect(faultsOf(`${smallService}#${'x'.repeat(1_000_000)}`)[0]?.code).toBe('too-large')
    const bomb = ['a: &a [x,x,x,x,x,x,x,x,x]']
    for (let i = 0; i < 8; i += 1)
      bomb.push(`k${i}: &b${i} [${`*${i === 0 ? 'a' : `b${i - 1}`},`.repeat(9)}]`)
    expect(faultsOf(bomb.join('\n'))[0]?.code).toBe('too-many-aliases')
    expect(faultsOf('['.repeat(200_000))[0]?.code).toBeOneOf(['too-deep', 'yaml-syntax'])
    expect(faultsOf('- a list')[0]?.code).toBe('not-a-service')
    expect(faultsOf('')[0]?.code).toBe('not-a-service')
    expect(faultsOf('name: x')[0]?.code).toBe('format-missing')
  })
})
