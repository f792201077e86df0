import { Forbidden } from '../../lib/errors.ts'
import { actorKey } from '../../web/actor.ts'
import type { Call } from '../../web/call.ts'
import type { AtWindow } from './window.ts'

/** Whoever of the staff stands at the window, as acts and audit rows name them. */
export function atWindow(call: Call): AtWindow {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const office = actor.appointments[0]?.office
  return { staffId: actor.staffId, by: { ...actorKey(actor), ...(office !== undefined && { office }) } }
}
