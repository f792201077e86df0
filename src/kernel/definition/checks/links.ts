import type { Finding, Path } from '../faults.ts'
import type { FeePoint, Proof, ServiceDefinition, Step } from '../model.ts'
import { duplicates } from './fields.ts'
import { laddersOf } from './kinds.ts'
import { holdsPost, type Surroundings, standardRoles } from './surroundings.ts'

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
      (definition.toConfirm ?? []).map(({ id }) => id),
      i => ['toConfirm', i, 'id'],
    ),
    ...duplicates(
      outputs.map(output => output.id),
      i => ['outputs', i, 'id'],
    ),
    ...checkOffices(definition, around),
    ...checkFees(definition),
    ...checkDues(definition),
  ]
}

/** What shows the work hangs on the request beside its papers, and is found there by its id. */
function checkProofs({ papers, steps }: ServiceDefinition): Finding[] {
  const used = new Set(papers.map(({ id }) => id))
  const check = (proofs: readonly Proof[] = [], ...path: Path): Finding[] =>
    proofs.flatMap(({ id }, p): Finding[] => {
      const at = [...path, 'proofs', p, 'id']
      if (used.has(id)) return [{ path: at, code: 'duplicate-id', values: { id } }]
      used.add(id)
      return []
    })
  return steps.flatMap((step, s) => [
    ...check(step.proofs, 'steps', s),
    ...(step.opinions ?? []).flatMap(({ proofs }, o) => check(proofs, 'steps', s, 'opinions', o)),
  ])
}

function checkOffices(definition: ServiceDefinition, around: Surroundings): Finding[] {
  const { guide, steps } = definition
  const { effects, roles = standardRoles } = around
  const office = (name: string | undefined, ...path: Path): Finding[] =>
    name === undefined || (around.offices?.includes(name) ?? true)
      ? []
      : [{ path, code: 'office-unknown', values: { office: name } }]
  const role = (name: string, ...path: Path): Finding[] =>
    roles.includes(name) ? [] : [{ path, code: 'role-unknown', values: { role: name } }]
  const task = (task: Task, ...path: Path) => [
    ...office(task.office, ...path, 'office'),
    ...(task.officeWhen ?? []).flatMap((branch, b) =>
      office(branch.office, ...path, 'officeWhen', b, 'office'),
    ),
    ...role(task.role, ...path, 'role'),
    ...checkPosts(task, path, around),
  ]
  return [
    ...office(guide.office, 'guide', 'office'),
    ...steps.flatMap((step, s) => [
      ...task(step, 'steps', s),
      ...(step.opinions ?? []).flatMap((opinion, o) => task(opinion, 'steps', s, 'opinions', o)),
      ...checkEffect(step, s, effects),
    ]),
    ...laddersOf(definition).flatMap(({ ladder, path }) =>
      ladder.flatMap((rung, r) => [
        ...role(rung.role, ...path, r, 'role'),
        ...office(rung.office, ...path, r, 'office'),
      ]),
    ),
  ]
}

type Task = Pick<Step, 'office' | 'officeWhen' | 'role'> & { kind?: Step['kind'] }

/** A post nobody holds today may be filled tomorrow; a signature has its own check. */
function checkPosts(
  { kind, office, officeWhen = [], role }: Task,
  path: Path,
  around: Surroundings,
): Finding[] {
  if (kind === 'signature' || kind === 'payment') return []
  const [strange] = [office, ...officeWhen.map(branch => branch.office)].filter(
    each =>
      around.offices?.includes(each) !== false &&
      !holdsPost(around, role, each) &&
      !holdsPost(around, 'head', each),
  )
  if (strange === undefined) return []
  const values = { role, office: strange }
  return [{ path: [...path, 'role'], code: 'post-empty', values, severity: 'warning' }]
}

function checkEffect({ effect }: Step, s: number, effects: readonly string[] | undefined): Finding[] {
  if (effect === undefined || effects === undefined || effects.includes(effect)) return []
  return [{ path: ['steps', s, 'effect'], code: 'effect-unknown', values: { effect } }]
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
