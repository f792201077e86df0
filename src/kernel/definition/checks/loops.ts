import type { Finding } from '../faults.ts'
import type { ServiceDefinition } from '../model.ts'
import type { Search } from './cases/search.ts'
import { fieldsOf, onward, spread } from './way.ts'

/**
 * A way back turns for ever unless something filled in on the way decides whether it is taken: by its own condition, by that of a branch
 * before it, or by a branch that leaves the round.
 */
export function checkLoops({ steps }: ServiceDefinition, search: Search): Finding[] {
  const edges = steps.map((_, i) => onward(steps, i))
  const backwards = (target: number) => edges.flatMap((to, i) => (to.includes(target) ? [i] : []))
  return steps.flatMap((step, s) =>
    (step.next ?? []).flatMap((branch, b): Finding[] => {
      const back = steps.findIndex(({ id }) => id === branch.to)
      if (back < 0 || back > s) return []
      const after = spread([back], i => edges[i] ?? [])
      const before = spread([s], backwards)
      const round = new Set([...after].filter(i => before.has(i)))
      const anew = new Set([...round].flatMap(i => (steps[i] ? fieldsOf(steps[i]).map(({ id }) => id) : [])))
      const turns = (rule: string | undefined) =>
        rule !== undefined && (search.namesOf(rule) ?? []).some(name => anew.has(name))
      const own = (step.next ?? []).slice(0, b + 1).some(({ when }) => turns(when))
      const leaves = [...round].some(
        i =>
          (edges[i] ?? []).some(to => !round.has(to)) &&
          (steps[i]?.next ?? []).some(({ when }) => turns(when)),
      )
      if (own || leaves) return []
      const path = ['steps', s, 'next', b, branch.when === undefined ? 'to' : 'when']
      return [{ path, code: 'loop-endless', values: { step: branch.to } }]
    }),
  )
}
