import type { Field, Step } from '../model.ts'

/** Where a step may lead; `steps.length` is the end. A step passed over leads on as if it had been done. */
export function onward(steps: readonly Step[], from: number): number[] {
  const branches = steps[from]?.next ?? []
  const sure = branches.findIndex(branch => branch.when === undefined)
  const open = sure < 0 ? branches : branches.slice(0, sure + 1)
  const targets = open.map(({ to }) => steps.findIndex(step => step.id === to)).filter(i => i >= 0)
  return sure < 0 ? [...targets, from + 1] : targets
}

/** Everything reached from a start, the start among it. */
export function spread<At>(start: readonly At[], onwards: (from: At) => readonly At[]): Set<At> {
  const seen = new Set(start)
  for (const at of seen) for (const next of onwards(at)) seen.add(next)
  return seen
}

/** For each step the steps that may have been done before it, itself among them where the way leads back. */
export function stepsBefore(steps: readonly Step[]): Set<number>[] {
  const edges = steps.map((_, i) => onward(steps, i))
  const after = steps.map((_, i) => spread(edges[i] ?? [], at => edges[at] ?? []))
  return steps.map((_, s) => new Set(steps.flatMap((_, t) => (after[t]?.has(s) ? [t] : []))))
}

/** What is filled in on a step, by its officer and in the opinions asked there. */
export const fieldsOf = ({ fields = [], opinions = [] }: Step): Field[] => [
  ...fields,
  ...opinions.flatMap(opinion => opinion.fields ?? []),
]
