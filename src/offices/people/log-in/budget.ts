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
/** Within a day it is so many times as many: who goes on slowly all day long guesses an eighth as often. */
const daysMeasure = 3
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
  const since = (hours: number) => new Date(tx.now.getTime() - hours * hourMs)
  const { rows } = await sql<{ people: number; day: number; zone: string }>`
    select f.people, f.day, m.time_zone as zone
      from municipality m cross join lateral (
        select count(*) filter (where at > ${since(1)})::int as people, count(*)::int as day from log_in_failure
         where municipality_id = ${tx.town} and address_index = ${address} and at > ${since(24)}) f
     where m.municipality_id = ${tx.town}`.execute(tx.q)
  const { people = 0, day = 0, zone = 'UTC' } = rows[0] ?? {}
  if (day < 5) return false
  const set = await settingOn(tx, addressSetting, shape, dateIn(tx.now, zone))
  const most = set?.value ?? usualPeople
  return people >= most || day >= daysMeasure * most
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
