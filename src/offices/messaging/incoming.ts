import { sql } from 'kysely'
import { wordsOf } from '../../lib/arabic.ts'
import { dateIn } from '../../lib/calendar.ts'
import { BadRequest } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import { parsePhone } from '../../lib/phone.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { Town } from '../../web/town.ts'
import { indexPhone, phoneOwners, sealPhone } from '../people/index.ts'
import { planMessage } from './plan.ts'
import { ar } from './strings.ar.ts'

/** What a provider hands over: who wrote what to which number of the town, under a reference of the provider's own. */
export type IncomingSms = {
  provider: string
  providerRef: string
  from: string
  to: string
  text: string
  at: Date
}

/** A message as handlers hear it. */
export type Heard = {
  id: string
  /** The sender, E.164, and the same sealed and indexed as rows keep it. */
  from: string
  sealed: Buffer
  index: Buffer
  text: string
  /** The text in words, folded: أ إ آ ا are one, digits are Western. */
  words: readonly string[]
  /** Whose telephone it is, where it is one person's alone. */
  personId: string | undefined
}

export type Desk = { house: House; town: Town }

/** Hears a message. Undefined says «not mine», and the next one is asked; a reply is planned in the same transaction. */
export type IncomingHandler = (
  tx: Write,
  desk: Desk,
  message: Heard,
) => Promise<{ reply?: string | undefined } | undefined>

type Listener = {
  name: string
  hear: IncomingHandler
  /** One line of the help that answers a text nobody understood: «دور» لأخذ دور. */
  hint?: string | undefined
}

const listeners = new WeakMap<House['events'], Listener[]>()

/** An office listens to what people send. Offices are asked in the order in which they registered; a name registers once. */
export function onIncoming(house: Pick<House, 'events'>, listener: Listener): void {
  const known = listeners.get(house.events) ?? []
  listeners.set(house.events, [...known.filter(each => each.name !== listener.name), listener])
}

export type Received = { id: string; repeated: boolean; handledBy: string | undefined }

/**
 * Takes in what somebody sent, exactly once by the provider's reference, and has it answered. What nobody understands stays for the staff
 * to read, and is answered with help once a day for each number: two machines must not write to each other for ever.
 */
export async function receive(tx: Write, desk: Desk, sms: IncomingSms): Promise<Received> {
  const phone = parsePhone(sms.from)
  if (!phone.ok) throw new BadRequest(phone.code)
  const keys = { tx, crypto: desk.house.crypto }
  const index = indexPhone(keys, phone.value.e164)
  const sealed = sealPhone(keys, phone.value.e164)
  // What one telephone sends is heard one after another.
  await sql`select pg_advisory_xact_lock(hashtextextended(${index.toString('hex')}, 15))`.execute(tx.q)
  const id = newId(tx.now)
  const written = await sql`
    insert into incoming_message (municipality_id, incoming_id, provider, provider_ref, from_sealed, from_index, to_number, text, sent_at, received_at)
    values (${tx.town}, ${id}, ${sms.provider}, ${sms.providerRef}, ${sealed}, ${index}, ${sms.to}, ${sms.text.slice(0, 1000)}, ${sms.at}, ${tx.now})
    on conflict (municipality_id, provider, provider_ref) do nothing`.execute(tx.q)
  if (written.numAffectedRows === 0n) return { id, repeated: true, handledBy: undefined }
  const owners = await phoneOwners(tx, desk.house.crypto, phone.value.e164)
  const [owner] = owners
  const message: Heard = {
    ...{ id, from: phone.value.e164, sealed, index, text: sms.text, words: wordsOf(sms.text) },
    personId: owners.length === 1 && !owner?.shared ? owner?.personId : undefined,
  }
  for (const { name, hear } of listenersOf(desk.house)) {
    const heard = await hear(tx, desk, message)
    if (!heard) continue
    await answer(tx, desk, message, heard.reply, name)
    return { id, repeated: false, handledBy: name }
  }
  const told = await helpedToday(tx, desk.town, index)
  await answer(tx, desk, message, told ? undefined : helpText(desk.house), undefined)
  return { id, repeated: false, handledBy: undefined }
}

const listenersOf = (house: House): Listener[] => listeners.get(house.events) ?? []

function helpText(house: House): string {
  const hints = listenersOf(house).flatMap(({ hint }) => (hint ? [hint] : []))
  return [ar['sms-not-understood'], ...hints].join(' ')
}

const helpEvent = 'incoming.help'

async function helpedToday(tx: Read, town: Town, index: Buffer): Promise<boolean> {
  const { rows } = await sql<{ planned_at: Date }>`
    select planned_at from message
     where municipality_id = ${tx.town} and to_index = ${index} and planned_at > ${tx.now}::timestamptz - interval '26 hours'
       and event = ${helpEvent}
     order by planned_at desc limit 1`.execute(tx.q)
  const [last] = rows
  return last !== undefined && dateIn(last.planned_at, town.timeZone) === dateIn(tx.now, town.timeZone)
}

async function answer(
  tx: Write,
  { house }: Desk,
  message: Heard,
  body: string | undefined,
  name: string | undefined,
): Promise<void> {
  const reply = body
    ? await planMessage(tx, house, {
        ...{ personId: message.personId, event: name ? `incoming.${name}` : helpEvent, body, kind: 'reply' },
        to: { sealed: message.sealed, index: message.index },
      })
    : null
  await sql`update incoming_message set handled_by = ${name ?? null}, reply_id = ${reply}
             where municipality_id = ${tx.town} and incoming_id = ${message.id}`.execute(tx.q)
}
