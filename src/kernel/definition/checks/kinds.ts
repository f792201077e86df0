import type { Finding, Path } from '../faults.ts'
import type { ActName, Rung, ServiceDefinition, Step, StepKind } from '../model.ts'

/** Settings that only some kinds of step have. */
const owners: Partial<Record<keyof Step, readonly StepKind[]>> = {
  feePoint: ['payment'],
  effect: ['effect'],
  auto: ['effect'],
  tries: ['effect'],
  output: ['signature'],
  lapseDays: ['confirmation'],
  opinions: ['opinions'],
  parts: ['parts'],
  join: ['opinions', 'parts'],
  body: ['outside', 'committee'],
  days: ['outside'],
  presence: ['site-visit'],
}
/** Nobody finishes these by hand: what they would fill in or attach would never be asked. */
const unattended: readonly StepKind[] = ['opinions', 'parts']

/** What each kind of step must and must not say. */
export function checkSettings(step: Step, path: Path): Finding[] {
  const { kind } = step
  const stray = Object.entries(owners).flatMap(([key, kinds]): Finding[] =>
    step[key as keyof Step] === undefined || kinds.includes(kind)
      ? []
      : [{ path: [...path, key], code: 'step-setting', values: { key, kind }, onKey: true }],
  )
  return [...stray, ...missing(step, path), ...unasked(step, path), ...checkAuto(step, path)]
}

/** Acts a step must list besides the one that completes it. */
export function neededActs({ kind, acts, presence }: Step): ActName[] {
  if (kind === 'decision' || kind === 'committee') return ['reject']
  if (kind !== 'site-visit') return []
  return presence !== 'not-needed' || acts.includes('missed') ? ['appoint'] : []
}

function missing(step: Step, path: Path): Finding[] {
  switch (step.kind) {
    case 'payment':
      return step.feePoint ? [] : [{ path, code: 'fee-point-missing' }]
    case 'effect':
      return step.effect ? [] : [{ path, code: 'effect-missing' }]
    case 'signature':
      return step.output ? [] : [{ path, code: 'output-missing' }]
    case 'confirmation': {
      const findings: Finding[] = []
      if (!step.lapseDays) findings.push({ path, code: 'lapse-missing' })
      if (!step.fields) findings.push({ path, code: 'question-missing' })
      return findings
    }
    case 'outside':
    case 'committee': {
      const findings: Finding[] = []
      if (!step.body) findings.push({ path, code: 'body-missing' })
      if (step.kind === 'outside' && !step.days) findings.push({ path, code: 'days-missing' })
      return findings
    }
    default:
      return []
  }
}

function unasked({ kind, bulk, fields = [], proofs }: Step, path: Path): Finding[] {
  const unfit = (key: string): Finding => ({
    path: [...path, key],
    code: 'step-setting',
    values: { key, kind },
    onKey: true,
  })
  const findings: Finding[] = []
  if (proofs && (kind === 'payment' || unattended.includes(kind))) findings.push(unfit('proofs'))
  if (fields.length > 0 && unattended.includes(kind)) findings.push(unfit('fields'))
  // What is approved unseen may ask for nothing, and decides nothing.
  if (bulk && (kind !== 'review' || fields.some(({ optional }) => !optional))) {
    findings.push({ path: [...path, 'bulk'], code: 'bulk-unfit', values: { kind }, onKey: true })
  }
  return findings
}

/** An effect that runs by itself has nobody to fill anything in. */
function checkAuto({ kind, auto, tries, fields = [], proofs = [] }: Step, path: Path): Finding[] {
  if (kind !== 'effect') return []
  if (!auto) {
    return tries === undefined
      ? []
      : [{ path: [...path, 'tries'], code: 'auto-unfit', values: { key: 'tries' }, onKey: true }]
  }
  const asks = (key: string, i: number, id: string): Finding => {
    return { path: [...path, key, i, 'id'], code: 'auto-asks', values: { field: id } }
  }
  return [
    ...fields.flatMap((field, f) => (field.optional ? [] : [asks('fields', f, field.id)])),
    ...proofs.flatMap((proof, p) => (proof.optional ? [] : [asks('proofs', p, proof.id)])),
  ]
}

/** Every ladder of a service, with where it stands. */
export function laddersOf({ ladder, steps }: ServiceDefinition): { ladder: Rung[]; path: Path }[] {
  return [
    ...(ladder ? [{ ladder, path: ['ladder'] }] : []),
    ...steps.flatMap((step, s) =>
      step.ladder ? [{ ladder: step.ladder, path: ['steps', s, 'ladder'] }] : [],
    ),
  ]
}

/** Each rung comes later than the one below it. */
export const checkLadders = (definition: ServiceDefinition): Finding[] =>
  laddersOf(definition).flatMap(({ ladder, path }) =>
    ladder.flatMap(({ afterHours }, r): Finding[] => {
      const below = ladder[r - 1]
      const late = below === undefined || afterHours > below.afterHours
      return late ? [] : [{ path: [...path, r, 'afterHours'], code: 'ladder-order' }]
    }),
  )
