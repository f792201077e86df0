import { sql } from 'kysely'
import { z } from 'zod'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, NotFound } from '../../lib/errors.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import { type AuditActor, record } from '../audit/index.ts'
import { planMessage, worded } from '../messaging/index.ts'
import { type Desk, getRequest, requestNumber } from '../requests/index.ts'
import { settingOn } from '../treasury/index.ts'
import { answerDays, type Stars } from './model.ts'
import { told } from './told.ts'

export const askSetting = 'feedback.ask-by-sms'

export type Rating = { stars: Stars | undefined; comment: string; answeredAt: Date | undefined }

/** Whether people are asked by SMS; a town that has set nothing does not ask. */
export const asksBySms = async (tx: Read, timeZone: string): Promise<boolean> =>
  (await settingOn(tx, askSetting, z.boolean(), dateIn(tx.now, timeZone)))?.value === true

/**
 * Asks once how a request was served, in the transaction of the act that ended it. The place for the answer is made in any case; the SMS
 * goes where the town asks by SMS and the person has a telephone.
 */
export async function askHowItWas(tx: Write, desk: Desk, requestId: string): Promise<void> {
  const request = await getRequest(tx, requestId)
  const made =
    await sql`insert into rating (municipality_id, request_id, person_id, service_code, staff_id, asked_at)
    select ${tx.town}, ${requestId}, ${request.applicantId}, ${request.serviceCode}, last.actor, ${tx.now}
      from (select (select a.actor_id::uuid from request_action a
                     where a.municipality_id = ${tx.town} and a.request_id = ${requestId} and a.actor_kind = 'staff'
                     order by a.seq desc limit 1) as actor) last
    on conflict (municipality_id, request_id) do nothing`.execute(tx.q)
  if (made.numAffectedRows === 0n || !(await asksBySms(tx, desk.town.timeZone))) return
  const messageId = await planMessage(tx, desk.house, {
    ...(await worded(tx, desk.house, told.asked, { number: requestNumber(request) })),
    requestId,
    personId: request.applicantId,
  })
  await sql`update rating set phone_index = m.to_index from message m
    where rating.municipality_id = ${tx.town} and rating.request_id = ${requestId}
      and m.municipality_id = ${tx.town} and m.message_id = ${messageId}`.execute(tx.q)
}

export type NewRating = {
  requestId: string
  stars: Stars
  comment: string
  channel: 'portal' | 'sms' | 'counter'
}

/** Takes the rating of a request that was served; once. Conflict `not-served-yet`, `already-rated`. */
export async function rate(tx: Write, input: NewRating, by: AuditActor): Promise<void> {
  const request = await getRequest(tx, input.requestId)
  if (request.projection.state !== 'done') throw new Conflict('not-served-yet')
  const { stars, comment, channel, requestId } = input
  const written = await sql`
    insert into rating (municipality_id, request_id, person_id, service_code, asked_at, stars, comment, answered_at, channel)
    values (${tx.town}, ${requestId}, ${request.applicantId}, ${request.serviceCode}, ${tx.now}, ${stars}, ${comment}, ${tx.now}, ${channel})
    on conflict (municipality_id, request_id) do update
      set stars = excluded.stars, comment = excluded.comment, answered_at = excluded.answered_at, channel = excluded.channel
      where rating.stars is null`.execute(tx.q)
  if (written.numAffectedRows === 0n) throw new Conflict('already-rated')
  await record(tx, {
    actor: by,
    act: 'feedback.rated',
    subjectKind: 'request',
    subjectId: requestId,
    personId: request.applicantId,
    requestId,
  })
}

/** The rating of a request; undefined where nobody was asked. */
export async function ratingOf(tx: Read, requestId: string): Promise<Rating | undefined> {
  const { rows } = await sql<{ stars: Stars | null; comment: string; answered_at: Date | null }>`
    select stars, comment, answered_at from rating where municipality_id = ${tx.town} and request_id = ${requestId}`.execute(
    tx.q,
  )
  const [row] = rows
  return (
    row && { stars: row.stars ?? undefined, comment: row.comment, answeredAt: row.answered_at ?? undefined }
  )
}

/** The request a telephone was asked about last and has not answered, within the days an answer is waited for. */
export async function askedOf(
  tx: Read,
  phoneIndex: Buffer,
): Promise<{ requestId: string; personId: string; askedAt: Date }> {
  const { rows } = await sql<{ request_id: string; person_id: string; asked_at: Date }>`
    select request_id, person_id, asked_at from rating
     where municipality_id = ${tx.town} and phone_index = ${phoneIndex} and stars is null
       and asked_at > ${tx.now}::timestamptz - make_interval(days => ${answerDays})
       and exists (select 1 from person_phone p where p.municipality_id = rating.municipality_id and p.person_id = rating.person_id
                     and p.phone_index = rating.phone_index and p.ended_at is null)
     order by asked_at desc limit 1`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('nobody-asked')
  return { requestId: row.request_id, personId: row.person_id, askedAt: row.asked_at }
}
