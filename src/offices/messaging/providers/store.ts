import { sql } from 'kysely'
import { newId } from '../../../lib/ids.ts'
import { hashToken, newToken } from '../../../platform/crypto/index.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import type { Dialect } from '../carriers/open.ts'
import type { CarrierSecret } from '../carriers/settings.ts'
import { openSecret, type Provider, providersOf, sealSecret } from '../carriers/store.ts'

/** What a town says of a provider; how it stands is found out. */
export type ProviderInput = Pick<
  Provider,
  'name' | 'weight' | 'rate' | 'dailyParts' | 'price' | 'isOn' | 'settings'
> & { dialect: Dialect }

/** Whose word in the address this is. */
export async function providerByHook(tx: Read, hash: Buffer): Promise<Provider | undefined> {
  const { rows } = await sql<{ provider_id: string }>`
    select provider_id from message_provider where municipality_id = ${tx.town} and hook_hash = ${hash}`.execute(
    tx.q,
  )
  const [found] = rows
  return found && (await providersOf(tx)).find(({ id }) => id === found.provider_id)
}

export const findProvider = async (tx: Read, id: string): Promise<Provider | undefined> =>
  (await providersOf(tx)).find(each => each.id === id)

/** Whether another provider of the town is called so. */
export async function isNameTaken(tx: Read, name: string, but?: string): Promise<boolean> {
  return (await providersOf(tx)).some(each => each.name === name && each.id !== but)
}

/** Adds a provider with a word of its own for the address it reports to; gives its id. */
export async function addProvider(
  tx: Write,
  house: Pick<House, 'crypto'>,
  input: ProviderInput,
  secret: Omit<CarrierSecret, 'hook'>,
): Promise<string> {
  const id = newId(tx.now)
  const hook = newToken(24)
  await sql`
    insert into message_provider (municipality_id, provider_id, name, channel, dialect, settings, secret_sealed, weight, rate, daily_parts,
                                  price_milli, price_currency, hook_hash, is_on, added_at, changed_at)
    values (${tx.town}, ${id}, ${input.name}, ${input.dialect === 'smtp' ? 'email' : 'sms'}, ${input.dialect},
            ${JSON.stringify(input.settings)}::jsonb, ${sealSecret(house, tx.town, { ...secret, hook })}, ${input.weight},
            ${input.rate ?? null}, ${input.dailyParts ?? null}, ${input.price.milli}, ${input.price.currency}, ${hashToken(hook)},
            ${input.isOn}, ${tx.now}, ${tx.now})`.execute(tx.q)
  return id
}

/** Changes a provider; what is left empty of its secret stays. Its dialect never changes. */
export async function changeProvider(
  tx: Write,
  house: Pick<House, 'crypto'>,
  provider: Provider,
  input: ProviderInput,
  secret: Omit<CarrierSecret, 'hook'>,
): Promise<void> {
  const before = openSecret(house, tx.town, provider)
  const after = {
    ...before,
    ...Object.fromEntries(Object.entries(secret).filter(([, value]) => value !== '')),
  }
  await sql`
    update message_provider
       set name = ${input.name}, settings = ${JSON.stringify(input.settings)}::jsonb, secret_sealed = ${sealSecret(house, tx.town, after)},
           weight = ${input.weight}, rate = ${input.rate ?? null}, daily_parts = ${input.dailyParts ?? null},
           price_milli = ${input.price.milli}, price_currency = ${input.price.currency}, is_on = ${input.isOn}, changed_at = ${tx.now}
     where municipality_id = ${tx.town} and provider_id = ${provider.id}`.execute(tx.q)
}

/** Switches a provider on or off, and leaves all else as it is. */
export async function switchProvider(tx: Write, id: string, isOn: boolean): Promise<void> {
  await sql`update message_provider set is_on = ${isOn}, changed_at = ${tx.now}
             where municipality_id = ${tx.town} and provider_id = ${id}`.execute(tx.q)
}

/** Gives a provider a new word in the address it reports to; the old address ends at once. */
export async function renewHook(tx: Write, house: Pick<House, 'crypto'>, provider: Provider): Promise<void> {
  const hook = newToken(24)
  const sealed = sealSecret(house, tx.town, { ...openSecret(house, tx.town, provider), hook })
  await sql`update message_provider set secret_sealed = ${sealed}, hook_hash = ${hashToken(hook)}, changed_at = ${tx.now}
             where municipality_id = ${tx.town} and provider_id = ${provider.id}`.execute(tx.q)
}

/** What each provider took on a day, in parts. */
export async function takenOn(
  tx: Read,
  day: string,
): Promise<Map<string, { messages: number; parts: number; milli: number }>> {
  const { rows } = await sql<{ provider_id: string; messages: number; parts: number; price_milli: number }>`
    select provider_id, messages, parts, price_milli from message_provider_day
     where municipality_id = ${tx.town} and day = ${day}::date`.execute(tx.q)
  return new Map(
    rows.map(row => [row.provider_id, { messages: row.messages, parts: row.parts, milli: row.price_milli }]),
  )
}
