import type { Actor } from '../../kernel/access/index.ts'
import { Forbidden } from '../../lib/errors.ts'
import { actorKey } from '../../web/actor.ts'
import type { Call } from '../../web/call.ts'
import type { Town } from '../../web/town.ts'
import type { AuditActor } from '../audit/index.ts'

/** One of the staff, as the door has let them in. */
export type Clerk = Extract<Actor, { kind: 'staff' }>

/** Who stands behind the counter. The routes let in nobody else. */
export function clerkOf(call: Call): Clerk {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return actor
}

/** The clerk with their office, as audit rows and vouchers name them. */
export function byOf(call: Call): AuditActor {
  const office = clerkOf(call).appointments[0]?.office
  return { ...actorKey(call.visitor.actor), ...(office !== undefined && { office }) }
}

/** The office every request starts and ends at. */
export const centreOf = (town: Town): string => town.profile.serviceCentre ?? 'service-centre'
