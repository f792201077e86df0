import type { MessageKind } from '../../src/kernel/messages/index.ts'
import { newId } from '../../src/lib/ids.ts'
import type { Carrier, HandedOver, Listener, Outgoing } from '../../src/offices/messaging/carriers/model.ts'
import { planMessage } from '../../src/offices/messaging/index.ts'
import { openOutbox } from '../../src/offices/messaging/outbox/outbox.ts'
import type { Town } from '../../src/web/town.ts'
import type { TestDatabase } from '../database.ts'
import type { Place } from './people.ts'

export type ProviderOverrides = {
  name?: string
  channel?: 'sms' | 'email'
  dialect?: 'smpp' | 'kannel' | 'http' | 'smtp'
  settings?: unknown
  secretSealed?: Buffer
  weight?: number
  rate?: number
  dailyParts?: number
  priceMilli?: number
}

let built = 0
const next = (): number => {
  built += 1
  return built
}

/** A provider of the town, as its row; gives its id and name. */
export async function aProvider(
  { house, town }: Place,
  overrides: ProviderOverrides = {},
): Promise<{ id: string; name: string }> {
  const now = house.clock.now()
  const id = newId(now)
  const { name = `provider-${next()}`, channel = 'sms', weight = 50, priceMilli = 4500 } = overrides
  await house.database.write(town, tx =>
    tx.q
      .insertInto('message_provider')
      .values({
        municipality_id: town,
        provider_id: id,
        name,
        channel,
        weight,
        dialect: overrides.dialect ?? (channel === 'email' ? 'smtp' : 'smpp'),
        settings: JSON.stringify(overrides.settings ?? {}),
        secret_sealed: overrides.secretSealed ?? null,
        rate: overrides.rate ?? null,
        daily_parts: overrides.dailyParts ?? null,
        price_milli: priceMilli,
        price_currency: 'ILS',
        hook_hash: Buffer.from(id.replaceAll('-', ''), 'hex'),
        is_on: true,
        added_at: now,
        changed_at: now,
      })
      .execute(),
  )
  return { id, name }
}

/** A carrier that keeps what it was handed, and answers as it is told. */
export type RecordingCarrier = Carrier & {
  readonly handed: Outgoing[]
  /** What it answers to the next ones; accepted with references of its own unless told. */
  answer: (message: Outgoing) => HandedOver | Promise<HandedOver>
  up: boolean
  listener: Listener | undefined
}

const refusals = {
  message: 'wrong-number',
  later: 'undeliverable',
  carrier: 'no-connection',
  throttled: 'throttled',
} as const

export const refused = (cause: keyof typeof refusals = 'carrier'): HandedOver => ({
  outcome: 'refused',
  cause,
  failure: refusals[cause],
})

export function aCarrier(over: Partial<Pick<Carrier, 'window' | 'repeatable'>> = {}): RecordingCarrier {
  const handed: Outgoing[] = []
  const carrier: RecordingCarrier = {
    window: 10,
    repeatable: false,
    ...over,
    handed,
    up: true,
    listener: undefined,
    answer: () => ({ outcome: 'accepted', refs: [`ref-${next()}`] }),
    async send(message) {
      handed.push(message)
      return carrier.answer(message)
    },
    check: async () => (carrier.up ? { up: true } : { up: false, reason: 'no-connection' }),
    close: async () => {},
  }
  return carrier
}

/** An outbox whose providers are these carriers, by the names of their rows. */
export function anOutbox(
  house: Place['house'],
  carriers: Record<string, RecordingCarrier>,
  chance: () => number = () => 0,
) {
  return openOutbox(house as Parameters<typeof openOutbox>[0], {
    chance,
    open: (_town, { name }, listener) => {
      const carrier = carriers[name]
      if (!carrier) throw new Error(`no carrier for ${name}`)
      carrier.listener = listener
      return carrier
    },
  })
}

export type MessageOverrides = {
  kind?: MessageKind
  event?: string
  body?: string
  personId?: string
  requestId?: string
  expiresAt?: Date
  to?: { sealed: Buffer; index: Buffer }
  channel?: 'sms' | 'email'
}

/** A planned message; gives its id. */
export async function aMessage(
  { house, town }: { house: Parameters<typeof planMessage>[1]; town: string },
  { kind = 'step', event = 'received', body = 'استلمنا طلبك 1/2026.', ...rest }: MessageOverrides,
): Promise<string> {
  return house.database.write(town, tx => planMessage(tx, house, { kind, event, body, ...rest }))
}

/** A message as its row stands, seen as the owner. */
export async function messageRow(db: TestDatabase, town: Pick<Town, 'id'>, id: string) {
  return db.owner
    .selectFrom('message')
    .selectAll()
    .where('municipality_id', '=', town.id)
    .where('message_id', '=', id)
    .executeTakeFirstOrThrow()
}
