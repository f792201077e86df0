import { sql } from 'kysely'
import { z } from 'zod'
import { toWesternDigits } from '../../../lib/arabic.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { settingOn } from '../settings.ts'

/**
 * Of how many people the log-in may fail from one address within an hour before strangers there are asked for a code first. Failures are
 * counted by person, and forgotten when that person gets in: a hall of people who mistype once and then log in never comes near it.
 */
export const addressSetting = 'log-in.people-an-address'
export const usualPeople = 40
const hourMs = 3_600_000

const shape = z.number().int().min(5).max(10_000)

type Keys = Pick<House, 'crypto'>

/** An address of the net as it is counted; undefined where it is not known, and then nothing is. */
export const addressIndex = (
  { crypto }: Keys,
  town: string,
  address: string | undefined,
): Buffer | undefined => (address ? crypto.blindIndex(town, 'address', address) : undefined)

const subjectIndex = ({ crypto }: Keys, town: string, typed: string): Buffer =>
  crypto.blindIndex(town, 'log-in-subject', toWesternDigits(typed).replace(/\s/g, '').slice(0, 60))

/** Whether the log-in failed for so many people from this address that strangers there prove more than a PIN. */
export async function isCrowded(tx: Read, address: Buffer | undefined): Promise<boolean> {
  if (!address) return false
  const { rows } = await sql<{ people: number; zone: string }>`
    select (select count(*)::int from log_in_failure
             where municipality_id = ${tx.town} and address_index = ${address} and at > ${new Date(tx.now.getTime() - hourMs)}) as people,
           time_zone as zone from municipality where municipality_id = ${tx.town}`.execute(tx.q)
  const { people = 0, zone = 'UTC' } = rows[0] ?? {}
  if (people < 5) return false
  const set = await settingOn(tx, addressSetting, shape, dateIn(tx.now, zone))
  return people >= (set?.value ?? usualPeople)
}

/** Counts that the log-in of whoever was typed failed here; whether there is such a person does not matter. */
export async function countHere(
  tx: Write,
  house: Keys,
  address: Buffer | undefined,
  typed: string,
): Promise<void> {
  if (!address) return
  await sql`
    insert into log_in_failure (municipality_id, address_index, subject_index, at)
    values (${tx.town}, ${address}, ${subjectIndex(house, tx.town, typed)}, ${tx.now})
    on conflict (municipality_id, address_index, subject_index) do update set at = excluded.at`.execute(tx.q)
  await sql`delete from log_in_failure where municipality_id = ${tx.town} and at < ${new Date(tx.now.getTime() - 24 * hourMs)}`.execute(
    tx.q,
  )
}

/** Forgets it: they got in. */
export async function forgiveHere(
  tx: Write,
  house: Keys,
  address: Buffer | undefined,
  typed: string,
): Promise<void> {
  if (!address) return
  await sql`delete from log_in_failure
             where municipality_id = ${tx.town} and address_index = ${address}
               and subject_index = ${subjectIndex(house, tx.town, typed)}`.execute(tx.q)
}
