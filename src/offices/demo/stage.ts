import { sql } from 'kysely'
import type { Actor } from '../../kernel/access/index.ts'
import { addWorkingMinutes } from '../../lib/calendar.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import type { Chance } from './random.ts'
import type { Resident } from './residents.ts'
import type { Post } from './town.ts'

export type Worker = Post & {
  id: string
  password: string
  totpSecret: string
  actor: Extract<Actor, { kind: 'staff' }>
}
export type Person = Resident & { id: string }

/** The town as it stands while it is being laid out. */
export type Stage = {
  house: House
  town: Town
  chance: Chance
  staff: Worker[]
  people: Person[]
}

/** The same transaction at another instant: a demo town is laid out in the past, each act at its own time. */
export const at = (tx: Write, now: Date): Write => ({ ...tx, now })

/** Laying out is one long writing that can be done again: it need not wait for the disk at each step. */
export async function hasten(tx: Write): Promise<void> {
  await sql`set local synchronous_commit = off`.execute(tx.q)
  // Tables grow from nothing here: a plan kept from when they were empty would read them whole for ever.
  await sql`set local plan_cache_mode = force_custom_plan`.execute(tx.q)
}

/** Somebody appointed to this office in this role, other than the last asked where there are several. */
export function workerAt(stage: Stage, office: string, role: string): Worker {
  const all = stage.staff.filter(each => each.office === office && (each.role === role || role === '*'))
  if (all.length === 0) throw new Error(`nobody is ${role} at ${office}`)
  return stage.chance.pick(all)
}

/** Each collector writes in a book of their own. */
export const bookOf = (collector: Worker): string => collector.login.slice(0, 1).toUpperCase()

/** The counter is open for money in working hours: an instant outside them moves to the next opening. */
export function whenOpen({ town, chance }: Stage, at: Date): Date {
  return addWorkingMinutes(town.calendar, at, chance.between(1, 90))
}
