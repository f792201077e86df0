import type { Actor } from '../../../../kernel/access/index.ts'
import { Forbidden } from '../../../../lib/errors.ts'
import type { AuditActor } from '../../../audit/index.ts'
import type { Colleague } from '../colleagues.ts'

export type StaffActor = Actor & { kind: 'staff' }

/** Whoever of the staff is at the door. */
export function staffActor(actor: Actor): StaffActor {
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return actor
}

/** Posts of one's own: what is held in somebody's place changes nothing at their desk. */
const ownPosts = ({ appointments }: StaffActor) =>
  appointments.filter(({ deputyOf }) => deputyOf === undefined)

/** Offices somebody has a post at. */
export const officesAt = (actor: StaffActor): string[] => [
  ...new Set(ownPosts(actor).map(({ office }) => office)),
]

/** Offices whose common phrases somebody keeps: those they head; the manager and the mayor those of their own. */
export const officesKept = (actor: StaffActor): string[] => [
  ...new Set(
    ownPosts(actor)
      .filter(({ role }) => role === 'head' || role === 'manager' || role === 'mayor')
      .map(({ office }) => office),
  ),
]

/** Whose absence somebody may enter: one's own, those of an office one heads; the manager everybody's. */
export function maySetAbsence(actor: StaffActor, staffId: string, colleagues: readonly Colleague[]): boolean {
  if (staffId === actor.staffId) return true
  if (ownPosts(actor).some(({ role }) => role === 'manager')) return true
  const headed = new Set(ownPosts(actor).flatMap(({ role, office }) => (role === 'head' ? [office] : [])))
  return colleagues.some(each => each.staffId === staffId && headed.has(each.office))
}

/** How the audit names them. */
export const auditActorOf = (actor: StaffActor): AuditActor => ({
  kind: 'staff',
  id: actor.staffId,
  office: ownPosts(actor)[0]?.office ?? actor.appointments[0]?.office,
})
