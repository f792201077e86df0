import type { Finding } from '../faults.ts'
import type { ServiceDefinition } from '../model.ts'
import { officerFields } from '../scope.ts'
import type { Search } from './cases/search.ts'
import type { Place } from './places.ts'

/**
 * Conditions that decide nothing: found by trying the answers that stand for all others. A question counts only where it is asked.
 * Where there are too many combinations to try, nothing is said.
 */
export function checkConditions(
  definition: ServiceDefinition,
  places: readonly Place[],
  search: Search,
): Finding[] {
  const officers = new Set(officerFields(definition).map(({ id }) => id))
  return places.flatMap((place): Finding[] => {
    const { rule, path, filled, wanted } = place
    const names = search.namesOf(rule)
    if (!names) return []
    const later = names.filter(name => officers.has(name) && !filled.has(name) && name in place.scope)
    if (later.length > 0)
      return later.map(name => ({ path, code: 'rule-fields-later', values: { name } }) as const)
    return wanted.kind === 'boolean' ? turns(place, search) : []
  })
}

function turns({ rule, path, filled, within = [], before = [] }: Place, search: Search): Finding[] {
  if (search.possible([...within, rule], [], filled) === false) return [{ path, code: 'condition-never' }]
  if (search.possible(within, [rule], filled) === false) return [{ path, code: 'condition-always' }]
  if (before.length > 0 && search.possible([...within, rule], before, filled) === false) {
    return [{ path, code: 'branch-shadowed' }]
  }
  return []
}
