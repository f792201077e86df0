import { dateIn } from '../../../lib/calendar.ts'
import type { Money } from '../../../lib/money.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { keepFor } from '../../../platform/kept.ts'
import { type Call, read } from '../../../web/call.ts'
import { type Catalogue, catalogueOf } from '../../catalogue/index.ts'
import { type TownWording, townWords } from '../../messaging/index.ts'
import { officesOf } from '../../people/index.ts'
import { anyExemption, tariffsOn } from '../../treasury/index.ts'

/** What filings of a town rest on alike: its services, offices by code, words, amounts of the day, and whether anybody is let off. */
export type Standing = {
  catalogue: Catalogue
  offices: readonly string[]
  tariffs: Readonly<Record<string, Money>>
  /** What the town words itself. */
  wording: TownWording
  /** Whether any decision lets somebody off: only then is it read, for each filing, whose. */
  exempting: boolean
}

export async function readStanding(
  tx: Read,
  house: Pick<House, 'database'>,
  today: string,
): Promise<Standing> {
  return {
    catalogue: await catalogueOf(tx),
    offices: (await officesOf(tx)).map(office => office.code),
    tariffs: await tariffsOn(tx, today),
    wording: await townWords(tx, house),
    exempting: await anyExemption(tx, today),
  }
}

const kept = keepFor<Standing>(3_000)

/**
 * The same, read again when it is older than a few seconds: a service published or a tariff set is met by programs that file that much
 * later. Only what the whole town shares is kept; whatever is of a person is read for each filing.
 */
export function standingOf(house: House, town: string, today: string): Promise<Standing> {
  return kept.of(house, town, today, () => house.database.read(town, tx => readStanding(tx, house, today)))
}

type Uses = readonly { serviceCode: string; serviceVersion: number }[]

/** The catalogue as kept, for `catalogueFor`: asked for before a page opens its transaction, since it may take one of its own. */
export const keptCatalogue = async (call: Call): Promise<Catalogue> =>
  (await standingOf(call.house, call.town.id, dateIn(call.now, call.town.timeZone))).catalogue

/** The kept catalogue, or as the database has it now where something runs under a version it does not know yet. */
export const catalogueFor = async (tx: Read, kept: Catalogue, uses: Uses): Promise<Catalogue> =>
  uses.every(each => kept.has(each.serviceCode, each.serviceVersion)) ? kept : catalogueOf(tx)

/** The catalogue as kept, read anew where something runs under a version it does not know yet. */
export async function catalogueWith(call: Call, uses: Uses): Promise<Catalogue> {
  const kept = await keptCatalogue(call)
  const knows = uses.every(each => kept.has(each.serviceCode, each.serviceVersion))
  return knows ? kept : read(call, catalogueOf)
}

/** What is kept of this house is read anew: for tests, whose clock stands still. */
export const forgetStanding = (house: House): void => kept.forget(house)
