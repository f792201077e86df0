import { setTimeout as sleep } from 'node:timers/promises'
import { dateIn } from '../../../lib/calendar.ts'
import { newId } from '../../../lib/ids.ts'
import { plainList } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { errorCode } from '../../../platform/plain-error.ts'
import { notePhoneOutcomes } from '../../people/index.ts'
import { alike } from './alike.ts'
import type { Handings } from './handings.ts'
import { letGo } from './lease.ts'
import type { Part, Result } from './model.ts'

export type Writer = {
  house: House
  town: { id: string; timeZone: string }
  leaseMs: number
  handings: Handings
  /** Messages whose results the database would not take: this process leaves them alone. */
  untaken: Set<string>
}

/** What nobody but a lifted pause makes due. */
export const parkedUntil = new Date('9999-01-01T00:00:00Z')

/**
 * Writes down what became of messages, in one transaction. Safe to repeat: after an answer of the database that was lost, the same
 * results are written again and count once. What was handed over counts whatever else was said of the message meanwhile: that it is uncertain,
 * that it was taken back.
 */
const write = `
  with given as (
    select g.message_id, to_timestamp(g.at_ms / 1000) as at, k.*
      from unnest($3::uuid[], $4::integer[], $5::float8[]) as g(message_id, kind, at_ms)
      join unnest($6::text[], $7::text[], $8::boolean[], $9::uuid[], $10::text[], $11::bigint[], $12::text[], $13::timestamptz[], $14::text[],
                  $15::text[], $16::integer[], $17::integer[], $18::timestamptz[], $19::boolean[],
                  $20::timestamptz[], $21::integer[]) with ordinality
        as k(state, failure, hard, provider_id, provider, price_milli, price_currency, not_before, body, encoding, parts, try, taken_at, handed, later_since, later_tries,
              kind)
        on k.kind = g.kind
  ), done as (
    update message m set state = g.state, failure = g.failure, hard = g.hard, provider_id = g.provider_id, provider = g.provider,
        price_milli = g.price_milli, price_currency = g.price_currency,
        sent_at = case when g.state in ('sent', 'delivered', 'uncertain') then g.at end,
        delivered_at = case when g.state = 'delivered' then g.at end,
        ended_at = case when g.state in ('failed', 'expired', 'cancelled', 'opted-out', 'unaddressed') then g.at end,
        not_before = coalesce(g.not_before, m.not_before), body = coalesce(g.body, m.body), encoding = coalesce(g.encoding, m.encoding),
        parts = coalesce(g.parts, m.parts), attempts = g.try, claimed_at = g.taken_at,
        later_since = coalesce(g.later_since, m.later_since), later_tries = coalesce(g.later_tries, m.later_tries)
      from given g
     where m.municipality_id = $1 and m.message_id = g.message_id
       and (m.state = 'planned' or g.handed and m.state not in ('sent', 'delivered', g.state))
    returning m.message_id, m.parts, g.provider_id, g.price_milli, g.state
  )
  insert into message_provider_day as d (municipality_id, provider_id, day, messages, parts, price_milli)
  select $1, provider_id, $2::date, count(*), sum(parts), sum(price_milli) from done
   where provider_id is not null and state in ('sent', 'delivered', 'uncertain') group by provider_id
  on conflict (municipality_id, provider_id, day) do update
    set messages = d.messages + excluded.messages, parts = d.parts + excluded.parts, price_milli = d.price_milli + excluded.price_milli`

const writeParts = `
  insert into message_part as p (municipality_id, message_id, try, part, provider_id, provider_ref, state, failure, submitted_at, reported_at)
  select $1, g.message_id, k.try, k.part, k.provider_id, g.ref, k.state, k.failure, g.at, case when k.state = 'delivered' then g.at end
    from (select message_id, kind, to_timestamp(at_ms / 1000) as at, ref
            from unnest($2::uuid[], $3::integer[], $4::float8[], $5::text[]) as u(message_id, kind, at_ms, ref)) g
    join unnest($6::integer[], $7::integer[], $8::uuid[], $9::text[], $10::text[]) with ordinality
      as k(try, part, provider_id, state, failure, kind) on k.kind = g.kind`

/** What was written already, by a try whose answer was lost or by whoever took this process for dead, is known better now. */
const writePartsAgain = `${writeParts}
  on conflict (municipality_id, message_id, try, part) do update
    set provider_id = excluded.provider_id, provider_ref = excluded.provider_ref, state = excluded.state, failure = excluded.failure
  where p.state = 'uncertain' and p.provider_ref is null`

const writeNotes = `
  insert into message_note (municipality_id, message_id, note_id, at, what, detail)
  select $1, g.message_id, g.note_id, g.at, g.what, g.detail
    from unnest($2::uuid[], $3::uuid[], $4::timestamptz[], $5::text[], $6::text[]) as g(message_id, note_id, at, what, detail)
  on conflict do nothing`

/** The words a neutral text stood in for are kept where only the person reads them: in the inbox of the portal. */
const keepPrivate = `
  insert into message (municipality_id, message_id, request_id, person_id, event, kind, template, template_version, template_from, channel, lane,
                       body, encoding, parts, state, planned_at, not_before, sent_at, attempts)
  select $1, g.copy_id, m.request_id, m.person_id, m.event, m.kind, m.template, m.template_version, m.template_from, 'portal', m.lane,
         g.body, m.encoding, 1, 'sent', m.planned_at, m.not_before, $4, 1
    from unnest($2::uuid[], $3::uuid[], $5::text[]) as g(message_id, copy_id, body)
    join message m on m.municipality_id = $1 and m.message_id = g.message_id and m.state = 'planned' and m.person_id is not null
  on conflict do nothing`

/** What a result says of its message beside which one it is and when: the columns of `write` from its state on. */
function outcomeOf(result: Result): unknown[] {
  const { message, state, failure, hard, provider, notBefore, parts, later } = result
  const price = parts.length > 0 ? provider?.price : undefined
  const said = isSaid(result)
  return [
    state,
    failure ?? null,
    state === 'failed' ? hard : null,
    provider?.id ?? null,
    provider?.name ?? null,
    price ? price.milli * message.parts : null,
    price?.currency ?? null,
    notBefore ?? null,
    said ? message.text : null,
    said ? (message.encoding ?? null) : null,
    said && message.encoding ? message.parts : null,
    message.attempts - (wasTried(result) ? 0 : 1),
    message.takenAt,
    parts.length > 0,
    later?.since ?? null,
    later?.tries ?? null,
  ]
}

/** The same of a part, for `writeParts`. */
const partOf = ({ result, part, number }: { result: Result; part: Part; number: number }): unknown[] => [
  result.message.attempts,
  number,
  result.provider?.id ?? null,
  part.state,
  part.state === 'uncertain' ? (result.failure ?? null) : null,
]

const idsOf = (results: readonly Result[]) => plainList(results.map(({ message }) => message.id))
const timesOf = (results: readonly Result[]) => plainList(results.map(({ at }) => at.getTime()))

/** `again`: some of it may stand there already. To look for that costs as much as a fifth of writing it. */
async function recordResults(
  { house, town, leaseMs, handings }: Writer,
  results: readonly Result[],
  again: boolean,
): Promise<void> {
  const parts = results.flatMap(result => result.parts.map((part, at) => ({ result, part, number: at + 1 })))
  const notes = results.flatMap(result => result.notes.map(note => ({ result, note })))
  await house.database.write(town.id, async tx => {
    const day = dateIn(tx.now, town.timeZone)
    const asked: Promise<unknown>[] = [letGo(tx, leaseMs)]
    if (parts.length > 0) {
      const whose = parts.map(({ result }) => result)
      const { kinds, columns } = alike(parts, partOf)
      asked.push(
        tx.prepared(again ? 'record-parts-again' : 'record-parts', again ? writePartsAgain : writeParts, [
          town.id,
          idsOf(whose),
          plainList(kinds),
          timesOf(whose),
          parts.map(({ part }) => part.ref ?? null),
          ...columns,
        ]),
      )
    }
    if (notes.length > 0)
      asked.push(
        tx.prepared('record-notes', writeNotes, [
          town.id,
          notes.map(({ result }) => result.message.id),
          notes.map(({ note }) => note.id),
          notes.map(({ result }) => result.at),
          notes.map(({ note }) => note.what),
          notes.map(({ note }) => note.detail),
        ]),
      )
    const neutral = results.filter(each => isSaid(each) && each.message.rewritten === 'neutral')
    // Before the row is written: it is still planned, and so this is the first time.
    if (neutral.length > 0)
      asked.push(
        tx.prepared('keep-private-words', keepPrivate, [
          town.id,
          neutral.map(({ message }) => message.id),
          neutral.map(({ at }) => newId(at)),
          tx.now,
          neutral.map(({ message }) => message.behind ?? ''),
        ]),
      )
    const over = handings.overWith(results.map(({ message }) => message))
    if (over.length > 0)
      asked.push(
        tx.prepared(
          'handings-over',
          'delete from message_handing where municipality_id = $1 and handing_id = any($2::uuid[])',
          [town.id, over],
        ),
      )
    // The day's row is the one that several writers meet at: last, and held for the shortest time.
    const { kinds, columns } = alike(results, outcomeOf)
    asked.push(
      tx.prepared('record-messages', write, [
        town.id,
        day,
        idsOf(results),
        plainList(kinds),
        timesOf(results),
        ...columns,
      ]),
    )
    await Promise.all(asked)
    await notePhoneOutcomes(
      tx,
      results.flatMap(({ message: { index, channel }, state, hard, at }) =>
        index && channel === 'sms' && state === 'failed' && hard
          ? [{ index: Buffer.from(index, 'hex'), outcome: 'hard', at }]
          : [],
      ),
    )
  })
  handings.written(results.map(({ message }) => message))
}

/** Whether it was offered to anybody: put off or parked is no try. */
const wasTried = ({ message, provider, parts }: Result) =>
  parts.length > 0 || provider !== undefined || message.refusals.length > 0

/** Whether other words than those of the row reached somebody, or may have. */
const isSaid = ({ message, state }: Result) => message.rewritten !== undefined && state !== 'planned'

const againMs = [50, 200, 1_000, 2_000]

/**
 * Writes results down for as long as it takes: what a provider answered is not forgotten while this process lives. One that the database
 * will never take, such as a reference with a NUL, is written without the provider's words; and if that is not taken either, the message
 * stays among what is being handed over, and so ends as uncertain.
 */
export async function keepResults(writer: Writer, results: readonly Result[]): Promise<void> {
  const { log } = writer.house
  for (let tries = 0; ; tries++) {
    try {
      return await recordResults(writer, results, tries > 0)
    } catch (error) {
      if (passes(error) || (tries === 0 && errorCode(error) === standsThere)) {
        log.warn({ part: 'messaging', err: error, count: results.length }, 'results wait to be written')
        await sleep(againMs[Math.min(tries, againMs.length - 1)])
      } else if (results.length > 1) {
        for (const result of results) await keepResults(writer, [result])
        return
      } else {
        const [result] = results
        log.error({ part: 'messaging', err: error, message: result?.message.id }, 'a result was not taken')
        const plain = result && plainOf(result)
        if (plain) return keepResults(writer, [plain])
        if (result) writer.untaken.add(result.message.id)
        return
      }
    }
  }
}

/** What was handed over, without a word of the provider's: nobody knows what it said. Nothing where there are none to leave out. */
function plainOf(result: Result): Result | undefined {
  if (result.notes.length === 0 && result.parts.every(({ ref }) => ref === undefined)) return undefined
  if (result.parts.length === 0) return { ...result, notes: [] }
  const parts = result.parts.map((): Part => ({ ref: undefined, state: 'uncertain' }))
  return { ...result, state: 'uncertain', failure: 'answer-unknown', parts, notes: [] }
}

/** SQLSTATE of a row that stands there already. */
const standsThere = '23505'

/** Whether a fault is of the connection or of the moment (classes 08, 40, 53, 55, 57 and 58), not of what was to be written (22, 23, 42, 54). */
const passes = (error: unknown): boolean => !/^(22|23|42|54)/.test(errorCode(error) ?? '')
