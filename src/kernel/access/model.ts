/** Who asks, and what they are in this town. */

import type { LentAct } from './lending.ts'
import type { InPlaceOf } from './mandate.ts'

/** What a person of the staff is, at an office and for a term; one log-in may hold several. */
export const roles = [
  'clerk',
  'collector',
  'treasurer',
  'officer',
  'head',
  'manager',
  'mayor',
  'designer',
  'supervisor',
  'auditor',
  'admin',
  'legal-adviser',
] as const
export type Role = (typeof roles)[number]

export const isRole = (text: string): text is Role => (roles as readonly string[]).includes(text)

/** An appointment in force on the day; those past or to come are not given to the kernel. */
export type Appointment = {
  role: Role
  office: string
  /** Held for the time of somebody's absence, in their place: whose. It reaches their tasks, and nothing else of the town. */
  deputyOf?: string
  /** Lent for one kind of act alone, with the lender here. */
  only?: LentAct | undefined
}

/** Whether a citizen has shown who they are (at the counter, or by a proof as good), or so far only says it. */
export type CitizenLevel = 'claimed' | 'verified'

export type Actor =
  | { kind: 'anonymous' }
  | {
      kind: 'citizen'
      personId: string
      level: CitizenLevel
      /** Acting for somebody else, they reach nothing of their own until they leave that place. */
      inPlaceOf?: InPlaceOf | undefined
    }
  | { kind: 'staff'; staffId: string; appointments: readonly Appointment[] }
  | { kind: 'partner'; keyId: string; scopes: readonly string[] }
  | { kind: 'system' }

/** Whose affairs a citizen is about: their own, or those of whoever they act for. */
export const affairsOf = (actor: Extract<Actor, { kind: 'citizen' }>): string =>
  actor.inPlaceOf?.personId ?? actor.personId
