import type { Finding, Path } from '../faults.ts'
import type { ServiceDefinition, Step } from '../model.ts'
import type { Search } from './cases/search.ts'
import { duplicates } from './fields.ts'

/** Steps on which several are asked or filed at once: opinions, and services that are parts of one application. */
export function checkSideBySide(
  { code, steps }: ServiceDefinition,
  search: Search,
  services: readonly string[] | undefined,
): Finding[] {
  return steps.flatMap((step, s) => {
    const path = ['steps', s]
    if (step.kind === 'opinions') {
      const { opinions } = step
      if (!opinions) return [{ path, code: 'opinions-missing' } as const]
      return [
        ...duplicates(
          opinions.map(({ id }) => id),
          o => [...path, 'opinions', o, 'id'],
        ),
        ...checkJoin(step, opinions, path, search),
      ]
    }
    if (step.kind !== 'parts') return []
    const { parts } = step
    if (!parts) return [{ path, code: 'parts-missing' } as const]
    return [
      ...duplicates(
        parts.map(({ id }) => id),
        p => [...path, 'parts', p, 'id'],
      ),
      ...parts.flatMap(({ service }, p): Finding[] => {
        const at = [...path, 'parts', p, 'service']
        if (service === code) return [{ path: at, code: 'part-itself' }]
        const known = services === undefined || services.includes(service)
        return known ? [] : [{ path: at, code: 'part-service-unknown', values: { service } }]
      }),
      ...checkJoin(step, parts, path, search),
    ]
  })
}

function checkJoin(
  step: Pick<Step, 'join' | 'when'>,
  asked: readonly { when?: string }[],
  path: Path,
  search: Search,
): Finding[] {
  const { join } = step
  if (typeof join !== 'object') return []
  const wanted = join.atLeast
  const at = [...path, 'join']
  const sure = asked.filter(({ when }) => when === undefined).length
  const most = mostTogether(asked, step.when, wanted, search)
  if (most < wanted) return [{ path: at, code: 'join-impossible', values: { wanted, most } }]
  return sure < wanted ? [{ path: at, code: 'join-weak', values: { wanted, sure }, severity: 'warning' }] : []
}

/** How many may be asked at once, as far as it matters whether so many are. */
function mostTogether(
  asked: readonly { when?: string }[],
  within: string | undefined,
  wanted: number,
  search: Search,
): number {
  const whens = asked.map(({ when }) => when)
  let tries = 200
  const grow = (from: number, chosen: readonly string[], count: number): number => {
    if (count >= wanted || from >= whens.length) return count
    const when = whens[from]
    if (when === undefined) return grow(from + 1, chosen, count + 1)
    tries -= 1
    const together = tries < 0 || search.possible([...chosen, when]) !== false
    const taken = together ? grow(from + 1, [...chosen, when], count + 1) : count
    return taken >= wanted ? taken : Math.max(taken, grow(from + 1, chosen, count))
  }
  return grow(0, within === undefined ? [] : [within], 0)
}
