import { parseAmount } from '../../../lib/money.ts'
import type { Finding } from '../faults.ts'
import type { FeePoint, ServiceDefinition } from '../model.ts'
import { duplicates } from './fields.ts'

/** What the town has, as far as it is known where the definition is checked. */
export type Surroundings = {
  offices?: readonly string[]
  /** Names of registered effects. */
  effects?: readonly string[]
  roles?: readonly string[]
}

/** Posts whose holders act on requests in any town. */
const standardRoles: readonly string[] = [
  'clerk',
  'officer',
  'head',
  'collector',
  'mayor',
  'manager',
  'treasurer',
  'legal-adviser',
]

/** Names that point from one part of a definition to another, or out of it. */
export function checkLinks(definition: ServiceDefinition, around: Surroundings): Finding[] {
  const { channels, applicants, papers, known, outputs } = definition
  return [
    ...(channels.length === 0 ? [{ path: ['channels'], code: 'no-channel' } as const] : []),
    ...(applicants.length === 0 ? [{ path: ['applicants'], code: 'no-applicant' } as const] : []),
    ...duplicates(channels, i => ['channels', i]),
    ...duplicates(applicants, i => ['applicants', i]),
    ...duplicates([...papers.map(paper => paper.id), ...known.map(({ id }) => id)], i =>
      i < papers.length ? ['papers', i, 'id'] : ['known', i - papers.length, 'id'],
    ),
    ...checkProofs(definition),
    ...duplicates(
      (definition.grounds ?? []).map(({ id }) => id),
      i => ['grounds', i, 'id'],
    ),
    ...duplicates(
      outputs.map(output => output.id),
      i => ['outputs', i, 'id'],
    ),
    ...checkOffices(definition, around),
    ...checkFees(definition),
    ...checkTariffs(definition),
    ...checkOutputs(definition, around),
    ...checkDues(definition),
  ]
}

/** What shows the work hangs on the request beside its papers, and is found there by its id. */
function checkProofs({ papers, steps }: ServiceDefinition): Finding[] {
  const used = new Set(papers.map(({ id }) => id))
  return steps.flatMap((step, s) =>
    (step.proofs ?? []).flatMap(({ id }, p): Finding[] => {
      if (used.has(id)) {
        return [{ path: ['steps', s, 'proofs', p, 'id'], code: 'duplicate-id', values: { id } }]
      }
      used.add(id)
      return []
    }),
  )
}

function checkOffices({ guide, steps }: ServiceDefinition, around: Surroundings): Finding[] {
  const { offices, effects, roles = standardRoles } = around
  const strange = (office: string) => offices !== undefined && !offices.includes(office)
  const findings: Finding[] = []
  if (strange(guide.office)) {
    findings.push({ path: ['guide', 'office'], code: 'office-unknown', values: { office: guide.office } })
  }
  steps.forEach(({ office, officeWhen = [], role, effect }, i) => {
    if (strange(office))
      findings.push({ path: ['steps', i, 'office'], code: 'office-unknown', values: { office } })
    officeWhen.forEach((branch, b) => {
      if (!strange(branch.office)) return
      const path = ['steps', i, 'officeWhen', b, 'office']
      findings.push({ path, code: 'office-unknown', values: { office: branch.office } })
    })
    if (!roles.includes(role))
      findings.push({ path: ['steps', i, 'role'], code: 'role-unknown', values: { role } })
    if (effect !== undefined && effects !== undefined && !effects.includes(effect)) {
      findings.push({ path: ['steps', i, 'effect'], code: 'effect-unknown', values: { effect } })
    }
  })
  return findings
}

/** A fee before filing is collected by filing itself; every other needs a step, and the step needs the fee. */
function checkFees({ fees, steps }: ServiceDefinition): Finding[] {
  const collected = new Set<FeePoint | undefined>(['before-filing', ...steps.map(step => step.feePoint)])
  return [
    ...duplicates(
      fees.map(fee => fee.id),
      i => ['fees', i, 'id'],
    ),
    ...fees.flatMap(({ at }, i): Finding[] =>
      collected.has(at) ? [] : [{ path: ['fees', i, 'at'], code: 'fee-never-paid', values: { point: at } }],
    ),
    ...steps.flatMap(({ feePoint }, i): Finding[] =>
      feePoint === undefined || fees.some(fee => fee.at === feePoint)
        ? []
        : [{ path: ['steps', i, 'feePoint'], code: 'fee-point-empty', values: { point: feePoint } }],
    ),
  ]
}

function checkTariffs({ tariffs }: ServiceDefinition): Finding[] {
  return tariffs.flatMap(({ key, from, amount, currency }, i): Finding[] => {
    const before = tariffs.slice(0, i).filter(row => row.key === key)
    const findings: Finding[] = []
    if (before.some(row => row.from === from)) {
      findings.push({ path: ['tariffs', i, 'from'], code: 'tariff-duplicate', values: { key } })
    }
    if (before.some(row => row.currency !== currency)) {
      findings.push({ path: ['tariffs', i, 'currency'], code: 'tariff-currency', values: { key } })
    }
    if (!parseAmount(amount, currency).ok) {
      findings.push({ path: ['tariffs', i, 'amount'], code: 'tariff-amount', values: { amount } })
    }
    return findings
  })
}

function checkOutputs({ outputs, steps }: ServiceDefinition, around: Surroundings): Finding[] {
  const roles = around.roles ?? standardRoles
  return [
    ...outputs.flatMap(({ id, signer }, i): Finding[] => {
      const findings: Finding[] = []
      if (!roles.includes(signer)) {
        findings.push({ path: ['outputs', i, 'signer'], code: 'role-unknown', values: { role: signer } })
      }
      if (!steps.some(step => step.output === id)) {
        findings.push({ path: ['outputs', i, 'id'], code: 'output-never-signed', values: { output: id } })
      }
      return findings
    }),
    ...steps.flatMap((step, i): Finding[] => {
      if (step.output === undefined) return []
      const output = outputs.find(({ id }) => id === step.output)
      if (!output)
        return [{ path: ['steps', i, 'output'], code: 'output-unknown', values: { output: step.output } }]
      if (output.signer === step.role) return []
      return [{ path: ['steps', i, 'role'], code: 'signer-mismatch', values: { signer: output.signer } }]
    }),
  ]
}

function checkDues({ dues }: ServiceDefinition): Finding[] {
  const currencies = dues.above.map(limit => limit.currency)
  const twice = currencies.flatMap((currency, i): Finding[] =>
    currencies.indexOf(currency) < i
      ? [{ path: ['dues', 'above', i, 'currency'], code: 'dues-currency-twice', values: { currency } }]
      : [],
  )
  return dues.neverHeld && dues.rule === 'hold'
    ? [{ path: ['dues', 'rule'], code: 'dues-never-held' }, ...twice]
    : twice
}
