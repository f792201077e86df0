import { sql } from 'kysely'
import { type CitizenLevel, isLentAct, isMandateAct, isRole } from '../../kernel/access/index.ts'
import { hashToken } from '../../platform/crypto/index.ts'
import type { House } from '../../platform/house.ts'
import { actorKey, type Doorkeeper, type Visitor } from '../../web/actor.ts'
import { recordLooks } from '../audit/index.ts'
import { type SessionKind, sessionEnd, sessionTerms, slideEveryMs } from './log-in/sessions.ts'

/** Session, person or staff, and the appointments in force on the town's day: one's own, and those held in the place of somebody away. */
type SessionRow = {
  subject_kind: SessionKind
  subject_id: string
  created_at: Date
  expires_at: Date
  confirmed_at: Date
  person_name: string | null
  staff_name: string | null
  title: string | null
  appointments: { role: string; office: string; name: string }[] | null
  standing: Standing | null
  deputised: { role: string; office: string; deputy_of: string; only?: string }[] | null
}

/** Of a citizen: whether they showed who they are, and in whose place they act by a mandate that holds. */
type Standing = {
  level: CitizenLevel | null
  place: {
    mandateId: string
    personId: string
    name: string
    acts: string[]
    services: string[] | null
  } | null
}

const keyNoteMs = 3_600_000

/** Who knocks: the door asks this of every call. */
export function doorkeeper(house: House): Doorkeeper {
  return {
    async visitorOf(town, token) {
      const hash = hashToken(token)
      const now = house.clock.now()
      const [row] = await house.database.once<SessionRow>(
        'people-visitor',
        "select v.*, case when v.subject_kind = 'staff' then deputised_by($1, v.subject_id, $3) end as deputised, case when v.subject_kind = 'citizen' then citizen_standing($1, $2, $3) end as standing from visitor_of($1, $2, $3) v",
        [town, hash, now],
      )
      if (!row) return undefined
      await slide(house, town, hash, row, now)
      return visitorFrom(row, hash)
    },

    async partnerOf(town, key) {
      const hash = hashToken(key)
      const { rows } = await house.database.read(town, tx =>
        sql<{ key_id: string; name: string; scopes: string[]; used_at: Date | null }>`
          select key_id, name, scopes, used_at from api_key
           where municipality_id = ${town} and key_hash = ${hash} and revoked_at is null`.execute(tx.q),
      )
      const [row] = rows
      if (!row) return undefined
      const now = house.clock.now()
      // When it was last used is known within the hour, so that a call of a program rarely writes.
      if (now.getTime() - (row.used_at?.getTime() ?? 0) > keyNoteMs)
        await house.database.write(town, tx =>
          sql`update api_key set used_at = ${now} where municipality_id = ${town} and key_hash = ${hash}`.execute(
            tx.q,
          ),
        )
      return { actor: { kind: 'partner', keyId: row.key_id, scopes: row.scopes }, name: row.name }
    },

    async recordLooks(tx, visitor, act, looks) {
      const { kind, id } = actorKey(visitor.actor)
      if (kind !== 'staff' && kind !== 'partner' && kind !== 'system') return
      const office = visitor.actor.kind === 'staff' ? visitor.actor.appointments[0]?.office : undefined
      await recordLooks(tx, { kind, id, office }, act, looks)
    },
  }
}

function visitorFrom(row: SessionRow, sessionHash: Buffer): Visitor {
  if (row.subject_kind === 'citizen') return citizenFrom(row, sessionHash)
  const appointments = (row.appointments ?? []).flatMap(({ role, office }) =>
    isRole(role) ? [{ role, office }] : [],
  )
  // A kind of act this version does not know opens nothing.
  const deputised = (row.deputised ?? []).flatMap(({ role, office, deputy_of, only }) =>
    isRole(role) && (only === undefined || isLentAct(only))
      ? [{ role, office, deputyOf: deputy_of, ...(only !== undefined && { only }) }]
      : [],
  )
  return {
    actor: { kind: 'staff', staffId: row.subject_id, appointments: [...appointments, ...deputised] },
    name: row.staff_name ?? '',
    office: row.appointments?.[0]?.name,
    post: row.title ?? undefined,
    confirmedAt: row.confirmed_at,
    sessionHash,
  }
}

/** Whoever has shown nothing yet is claimed; in somebody's place only what the mandate names is reached. */
function citizenFrom(row: SessionRow, sessionHash: Buffer): Visitor {
  const { level, place } = row.standing ?? { level: null, place: null }
  const inPlaceOf = place && {
    mandateId: place.mandateId,
    personId: place.personId,
    acts: place.acts.filter(isMandateAct),
    ...(place.services && { services: place.services }),
  }
  return {
    actor: {
      kind: 'citizen',
      personId: row.subject_id,
      level: level === 'verified' ? 'verified' : 'claimed',
      ...(inPlaceOf && { inPlaceOf }),
    },
    name: row.person_name ?? '',
    inPlaceOf: place?.name,
    confirmedAt: row.confirmed_at,
    sessionHash,
  }
}

/** A visit moves the end of the log-in, at most once a minute. */
async function slide(house: House, town: string, hash: Buffer, row: SessionRow, now: Date): Promise<void> {
  const end = sessionEnd(row.subject_kind, row.created_at, now)
  const gained = end.getTime() - row.expires_at.getTime()
  if (gained < Math.min(slideEveryMs, sessionTerms[row.subject_kind].idleMs)) return
  await house.database.write(town, tx =>
    sql`update session set expires_at = ${end}
         where municipality_id = ${town} and token_hash = ${hash} and ended_at is null`.execute(tx.q),
  )
}
