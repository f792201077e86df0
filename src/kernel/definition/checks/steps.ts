import { actsByKind } from '../../workflow/table.ts'
import type { Finding, Path } from '../faults.ts'
import type { ActName, ServiceDefinition, Step } from '../model.ts'
import { duplicates } from './fields.ts'
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
const ownSettings = {
  feePoint: 'payment',
  effect: 'effect',
  output: 'signature',
  lapseDays: 'confirmation',
} as const

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
function checkActs({ kind, acts }: Step, path: Path): Finding[] {
  const { completes, may } = actsByKind[kind]
  const needed: ActName[] = kind === 'decision' ? [completes, 'reject'] : [completes]
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

function checkSettings(step: Step, path: Path): Finding[] {
  const { kind } = step
  const stray = Object.entries(ownSettings)
    .filter(([key, owner]) => step[key as keyof typeof ownSettings] !== undefined && kind !== owner)
    .map(
      ([key]): Finding => ({
        path: [...path, key],
        code: 'step-setting',
        values: { key, kind },
        onKey: true,
      }),
    )
  const missing: Finding[] = []
  if (kind === 'payment' && !step.feePoint) missing.push({ path, code: 'fee-point-missing' })
  if (kind === 'effect' && !step.effect) missing.push({ path, code: 'effect-missing' })
  if (kind === 'signature' && !step.output) missing.push({ path, code: 'output-missing' })
  if (kind === 'confirmation' && !step.lapseDays) missing.push({ path, code: 'lapse-missing' })
  if (kind === 'confirmation' && !step.fields) missing.push({ path, code: 'question-missing' })
  if (kind === 'payment' && step.proofs)
    missing.push({
      path: [...path, 'proofs'],
      code: 'step-setting',
      values: { key: 'proofs', kind },
      onKey: true,
    })
  // What is approved unseen may ask for nothing, and decides nothing.
  if (step.bulk && (kind !== 'review' || (step.fields ?? []).some(({ optional }) => !optional))) {
    missing.push({ path: [...path, 'bulk'], code: 'bulk-unfit', values: { kind }, onKey: true })
  }
  return [...stray, ...missing]
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
