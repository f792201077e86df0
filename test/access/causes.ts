import { registerCause } from '../../src/offices/looks/index.ts'
import { reachesWorld } from './reference.ts'
import type { Visitor } from './visitors.ts'
import type { Unit } from './worlds.ts'

/**
 * Gives whoever may open somebody's file by the reference a cause to do so, as their day's work would; nobody else gets one, so that the gate
 * of looks stays shut to them.
 */
export function causesFor(visitors: readonly Visitor[], units: readonly Unit[]): void {
  const reach = new Set(
    visitors.flatMap(visitor =>
      units
        .filter(
          unit =>
            unit.kind === 'person' &&
            reachesWorld(
              visitor,
              units.filter(each => each.world === unit.world),
            ),
        )
        .map(unit => `${visitor.actor.kind === 'staff' ? visitor.actor.staffId : ''} ${unit.row.owner}`),
    ),
  )
  registerCause('9-test', async (_, { staffId, personId }) =>
    reach.has(`${staffId} ${personId}`) ? { kind: 'visit' } : undefined,
  )
}
