import { sql } from 'kysely'
import type { Actor } from '../../../kernel/access/index.ts'
import { Conflict, Forbidden } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Write } from '../../../platform/database/transaction.ts'
import type { House } from '../../../platform/house.ts'
import { actorKey } from '../../../web/actor.ts'
import { record } from '../../audit/index.ts'
import { planMessage } from '../plan.ts'
import type { Finder } from './find.ts'
import type { MessageLine, Settling } from './model.ts'
import { getMessage, type WholeMessage } from './one.ts'

/** What can be done about a message that reached nobody, or may not have; nothing where it is settled or on its way. */
export function waysToSettle({ kind, state, settled, body, channel }: MessageLine): Settling[] {
  if (settled) return []
  if (state === 'opted-out') return kind === 'legal' ? ['post', 'counter', 'called'] : []
  if (state !== 'failed' && state !== 'uncertain' && state !== 'unaddressed') return []
  const again: Settling[] = body !== '' && channel === 'sms' ? ['sent-again'] : []
  if (kind === 'legal') return ['post', 'counter', 'called', ...again]
  return ['called', 'counter', ...again, 'left']
}

/**
 * Writes down what was done about a message, once. `sent-again` plans a new message of the same words, to the number the person has now: the
 * old one stays as it is. Conflict `message-settled` where somebody was faster, or it arrived in between. Gives the message as it was.
 */
export async function settleMessage(
  tx: Write,
  house: House,
  finder: Finder & { actor: Actor },
  id: string,
  { how, note }: { how: Settling; note: string },
): Promise<WholeMessage> {
  const { actor } = finder
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  await sql`select 1 from message where municipality_id = ${tx.town} and message_id = ${id}::uuid for update`.execute(
    tx.q,
  )
  const message = await getMessage(tx, finder, id)
  if (!waysToSettle(message).includes(how))
    throw new Conflict('message-settled', { how: message.settled?.how })
  await sql`
    update message set settled_how = ${how}, settled_by = ${actor.staffId}, settled_at = ${tx.now}
     where municipality_id = ${tx.town} and message_id = ${id}::uuid`.execute(tx.q)
  const again = how === 'sent-again' ? await sendAgain(tx, house, message) : undefined
  await sql`
    insert into message_note (municipality_id, message_id, note_id, at, what, detail, by_staff)
    values (${tx.town}, ${id}, ${newId(tx.now)}, ${tx.now}, ${`settled-${how}`}, ${again ?? (note || null)}, ${actor.staffId})`.execute(
    tx.q,
  )
  await record(tx, {
    actor: { ...actorKey(actor), office: actor.appointments[0]?.office },
    act: 'messaging.settled',
    subjectKind: 'message',
    subjectId: id,
    personId: message.person?.id,
    requestId: message.request?.id,
    cause: how,
    ...(note && { personal: { note } }),
  })
  return message
}

/** The same words once more, to whoever they were for; a person's number may be another by now. */
async function sendAgain(tx: Write, house: House, message: WholeMessage): Promise<string> {
  const { rows } = await sql<{ to_sealed: Buffer | null; to_index: Buffer | null }>`
    select to_sealed, to_index from message where municipality_id = ${tx.town} and message_id = ${message.id}::uuid`.execute(
    tx.q,
  )
  const [old] = rows
  const to = old?.to_sealed && old.to_index ? { sealed: old.to_sealed, index: old.to_index } : undefined
  return planMessage(tx, house, {
    kind: message.kind,
    event: message.event,
    body: message.body,
    requestId: message.request?.id,
    personId: message.person?.id,
    ...(message.person ? {} : { to }),
    template:
      message.template === undefined
        ? undefined
        : { key: message.template, version: message.templateVersion ?? 1 },
    written: message.writtenBy ? { by: message.writtenBy, held: false } : undefined,
  })
}
