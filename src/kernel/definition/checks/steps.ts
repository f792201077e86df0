import { actsByKind } from '../../workflow/table.ts'
import type { Finding, Path } from '../faults.ts'
import type { ActName, ServiceDefinition, Step } from '../model.ts'
import { duplicates } from './fields.ts'
import { checkSettings, neededActs } from './kinds.ts'
import { onward, spread } from './way.ts'

/** Acts that do not depend on the kind of step; listing them changes nothing. */
const freeActs: readonly ActName[] = [
  'take',
  'refer-back',
  'recall',
  'withdraw',
  'reopen',
  'supply-papers',
  'lapse',
  'effect-failed',
  'escalate',
  'move-deadline',
]
export function checkSteps(definition: ServiceDefinition): Finding[] {
  const { steps } = definition
  return [
    ...duplicates(
      steps.map(step => step.id),
      i => ['steps', i, 'id'],
    ),
    ...steps.flatMap((step, i) => [...checkActs(step, ['steps', i]), ...checkSettings(step, ['steps', i])]),
    ...checkWay(steps),
  ]
}

/** A step lists the act that completes it, a decision also how it refuses; what its kind has no room for would never be offered. */
function checkActs(step: Step, path: Path): Finding[] {
  const { kind, acts } = step
  const { completes, may } = actsByKind[kind]
  const needed: ActName[] = [completes, ...neededActs(step)]
  const missing = needed
    .filter(act => !acts.includes(act))
    .map((act): Finding => ({ path: [...path, 'acts'], code: 'act-missing', values: { kind, act } }))
  const unfit = acts.flatMap((act, i): Finding[] =>
    act === completes || may.includes(act) || freeActs.includes(act)
      ? []
      : [{ path: [...path, 'acts', i], code: 'act-unfit', values: { kind, act } }],
  )
  return [...missing, ...unfit, ...duplicates(acts, i => [...path, 'acts', i])]
}

function checkWay(steps: readonly Step[]): Finding[] {
  const branches = steps.flatMap((step, s) =>
    (step.next ?? []).flatMap(({ to }, b): Finding[] => {
      const findings: Finding[] = []
      if (!steps.some(other => other.id === to)) {
        findings.push({ path: ['steps', s, 'next', b, 'to'], code: 'step-unknown', values: { step: to } })
      }
      const sure = step.next?.findIndex(branch => branch.when === undefined) ?? -1
      if (sure >= 0 && b > sure) findings.push({ path: ['steps', s, 'next', b], code: 'branch-never' })
      return findings
    }),
  )
  const edges = steps.map((_, i) => onward(steps, i))
  const reached = spread([0], i => edges[i] ?? [])
  const ending = spread([steps.length], target => edges.flatMap((to, i) => (to.includes(target) ? [i] : [])))
  const way = steps.flatMap(({ id }, i): Finding[] => {
    if (!reached.has(i)) return [{ path: ['steps', i, 'id'], code: 'step-unreachable', values: { step: id } }]
    return ending.has(i) ? [] : [{ path: ['steps', i, 'id'], code: 'step-dead-end', values: { step: id } }]
  })
  return [...branches, ...way]
}
