import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import type { Crypto } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { AuditActor } from '../../audit/index.ts'
import { indexPhone, openPhone } from '../identity.ts'
import type { Phone } from '../model.ts'
import { samePerson } from '../records/same.ts'
import { endPhone, note, ownPhone } from './acts.ts'
import { wakePhone } from './ageing.ts'

/** What the person said when asked whether a number is still theirs; `later` when there was no time to ask. */
export type PhoneAnswer = 'still' | 'changed' | 'gone' | 'later'

/** After how many failures in a row somebody is asked. */
export const doubtfulFrom = 2
/** Whoever had no time is asked at the next visit, not again in this one. */
const restHours = 12

/**
 * The number to ask about at this visit: the one messages go to where it sleeps or failed again and again, else another that does. None
 * where it was put off a moment ago.
 */
export async function phoneToAsk(
  tx: Read,
  personId: string,
  phones: readonly Phone[],
): Promise<Phone | undefined> {
  const asked = phones.find(each => each.asleepAt || each.failures >= doubtfulFrom)
  if (!asked) return undefined
  const { rows } = await sql`
    select 1 from phone_question
     where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and answer = 'later'
       and phone_index = decode(${asked.key}, 'hex') and asked_at > ${tx.now}::timestamptz - make_interval(hours => ${restHours})
     limit 1`.execute(tx.q)
  return rows.length > 0 ? undefined : asked
}

/** Keeps what the person said of a number. `still` wakes it, `gone` ends it; of `changed` the caller writes the new one. */
export async function answerAboutPhone(
  tx: Write,
  crypto: Crypto,
  { personId, e164, answer }: { personId: string; e164: string; answer: PhoneAnswer },
  by: AuditActor,
): Promise<void> {
  await ownPhone(tx, crypto, personId, e164)
  const index = indexPhone({ tx, crypto }, e164)
  await sql`
    insert into phone_question (municipality_id, question_id, person_id, phone_index, answer, asked_at, asked_by)
    values (${tx.town}, ${newId(tx.now)}, ${personId}, ${index}, ${answer}, ${tx.now}, ${by.id})`.execute(
    tx.q,
  )
  if (answer === 'still') {
    await sql`update person_phone set confirmed_at = ${tx.now}
               where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)}) and phone_index = ${index}
                 and ended_at is null`.execute(tx.q)
    await wakePhone(tx, index)
  }
  if (answer === 'gone') await endPhone(tx, crypto, personId, e164, by)
  await note(tx, `people.phone-asked-${answer}`, personId, e164, by)
}

/** One time a number was asked about. */
export type PhoneQuestion = {
  id: string
  e164: string
  answer: PhoneAnswer
  at: Date
  byName: string | undefined
}

/** What was asked of a person's numbers, the latest first. */
export async function phoneQuestionsOf(
  tx: Read,
  crypto: Crypto,
  personId: string,
  limit = 10,
): Promise<PhoneQuestion[]> {
  const { rows } = await sql<{
    question_id: string
    phone_sealed: Buffer
    answer: PhoneAnswer
    asked_at: Date
    name: string | null
  }>`
    select q.question_id, f.phone_sealed, q.answer, q.asked_at, s.name_ar as name
      from (select * from phone_question
             where municipality_id = ${tx.town} and person_id = any(${samePerson(personId)})
             order by asked_at desc limit ${limit}) q
      join person_phone f on f.municipality_id = q.municipality_id and f.person_id = q.person_id and f.phone_index = q.phone_index
      left join staff s on s.municipality_id = q.municipality_id and s.staff_id = q.asked_by
     order by q.asked_at desc, q.question_id desc`.execute(tx.q)
  return rows.map(row => ({
    id: row.question_id,
    e164: openPhone({ tx, crypto }, row.phone_sealed),
    answer: row.answer,
    at: row.asked_at,
    byName: row.name ?? undefined,
  }))
}

/** A number that is probably wrong, and whose it is. */
export type DoubtfulNumber = {
  personId: string
  name: string
  e164: string
  primary: boolean
  failures: number
  since: Date
  failedAt: Date
  asleepAt: Date | undefined
  /** For the page after. */
  cursor: { at: Date; key: string }
}

/**
 * Numbers that fail again and again or sleep, those that failed last first, each with the people who still have it. A page is of numbers:
 * one that two people share is two lines.
 */
export async function doubtfulNumbers(
  tx: Read,
  crypto: Crypto,
  { limit = 50, after }: { limit?: number; after?: { at: Date; key: string } | undefined } = {},
): Promise<DoubtfulNumber[]> {
  const past = after
    ? sql`and (h.failed_at < ${after.at} or (h.failed_at = ${after.at} and h.phone_index > decode(${after.key}, 'hex')))`
    : sql``
  const { rows } = await sql<{
    person_id: string
    display_name: string
    phone_sealed: Buffer
    phone_index: Buffer
    is_primary: boolean
    failures: number
    failing_since: Date
    failed_at: Date
    asleep_at: Date | null
  }>`
    select s.person_id, s.display_name, f.phone_sealed, h.phone_index, f.is_primary, h.failures, h.failing_since, h.failed_at, h.asleep_at
      from (select * from phone_health h
             where h.municipality_id = ${tx.town} and h.failures >= ${sql.lit(doubtfulFrom)} ${past}
               and exists (select 1 from person_phone u where u.municipality_id = h.municipality_id and u.phone_index = h.phone_index
                              and u.ended_at is null)
             order by h.failed_at desc, h.phone_index limit ${limit}) h
      join person_phone f on f.municipality_id = h.municipality_id and f.phone_index = h.phone_index and f.ended_at is null
     cross join lateral (
       select coalesce(survivor_id, person_id) as person_id from person
        where municipality_id = f.municipality_id and person_id = f.person_id limit 1) p
     cross join lateral (
       select person_id, display_name, sort_name from person where municipality_id = f.municipality_id and person_id = p.person_id limit 1) s
     order by h.failed_at desc, h.phone_index, s.sort_name collate "C", s.person_id, f.is_primary desc`.execute(
    tx.q,
  )
  // Somebody whose records were merged may have the number in both.
  const each = rows.filter(
    (row, at) =>
      row.person_id !== rows[at - 1]?.person_id ||
      !row.phone_index.equals(rows[at - 1]?.phone_index ?? row.phone_sealed),
  )
  return each.map(row => ({
    personId: row.person_id,
    name: row.display_name,
    primary: row.is_primary,
    e164: openPhone({ tx, crypto }, row.phone_sealed),
    failures: row.failures,
    since: row.failing_since,
    failedAt: row.failed_at,
    asleepAt: row.asleep_at ?? undefined,
    cursor: { at: row.failed_at, key: row.phone_index.toString('hex') },
  }))
}
