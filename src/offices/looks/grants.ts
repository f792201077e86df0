import { sql } from 'kysely'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { Events } from '../../platform/events.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { samePerson } from '../people/index.ts'
import type { Asked, Cause } from './causes.ts'
import { lookRules } from './rules.ts'

/** The act of opening a file that no task, visit or inspection opens. */
export const openedAct = 'person.opened-outside-task'

/** The reason this member of the staff gave for this person, while it holds. One for a masked part opens the file too, not the other way. */
export async function openReason(
  tx: Read,
  { staffId, personId, part }: Pick<Asked, 'staffId' | 'personId' | 'part'>,
): Promise<Cause | undefined> {
  const { rows } = await sql<{ grant_id: string; words: string }>`
    select grant_id, words from look_grant
     where municipality_id = ${tx.town} and staff_id = ${staffId} and person_id = any(${samePerson(personId)}) and until > ${tx.now}
       and (${part ?? ''} in ('', part))
     order by until desc limit 1`.execute(tx.q)
  const [row] = rows
  return row && { kind: 'reason', words: row.words, grantId: row.grant_id }
}

export type NewReason = {
  staffId: string
  personId: string
  /** A ready reason by its code, or `other`. */
  reason: string
  /** As the person reads it. */
  words: string
  /** The page that was asked for. */
  address: string
  part?: string | undefined
}

/**
 * Opens somebody's file for a reason, for as long as the town's rule says. Written down, and told at once (`looks.opened`): to the person,
 * and to whoever looks after the lookers.
 */
export async function grantReason(
  tx: Write,
  events: Events,
  of: NewReason,
  by: AuditActor,
): Promise<{ until: Date }> {
  const { minutes } = await lookRules(tx)
  const until = new Date(tx.now.getTime() + minutes * 60_000)
  const grantId = newId(tx.now)
  await sql`
    insert into look_grant (municipality_id, grant_id, staff_id, office_code, person_id, reason, words, at, until, address, part)
    values (${tx.town}, ${grantId}, ${of.staffId}, ${by.office ?? null}, ${of.personId}, ${of.reason}, ${of.words}, ${tx.now}, ${until},
            ${of.address.slice(0, 500)}, ${of.part ?? ''})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: openedAct,
    subjectKind: 'person',
    subjectId: of.personId,
    personId: of.personId,
    cause: of.words,
  })
  await events.publish(tx, 'looks.opened', { grantId, personId: of.personId, staffId: of.staffId })
  return { until }
}

declare module '../../platform/events.ts' {
  interface EventPayloads {
    /** Somebody of the staff gave a reason and opened a file that nothing under way opens. */
    'looks.opened': { grantId: string; personId: string; staffId: string }
  }
}
