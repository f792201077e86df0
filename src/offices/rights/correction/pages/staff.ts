import { Forbidden } from '../../../../lib/errors.ts'
import type { Call } from '../../../../web/call.ts'
import type { AuditActor } from '../../../audit/index.ts'

/** One of the staff with their office, as audit rows name them. */
export function staffOf(call: Pick<Call, 'visitor'>): AuditActor & { kind: 'staff' } {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office }
}
