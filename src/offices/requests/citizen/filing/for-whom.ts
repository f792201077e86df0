import { searchTokens } from '../../../../lib/arabic.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { type Call, read, typedText } from '../../../../web/call.ts'
import { findPersonByIdNumber } from '../../../people/index.ts'
import { actsForAnother, type NewParty, type PartyCapacity } from '../../parties/model.ts'
import { readTerms } from '../../parties/read.ts'

export const ownPrefix = 'own.'

/**
 * For whom somebody files, and by which power: the principal is named by identity number and family name together, so that a number alone
 * tells nobody who has it. Of the principal nothing is shown to whoever names them; the town compares the power with the paper.
 */
export async function readForWhom(
  call: Call,
  capacity: PartyCapacity,
  personId: string,
): Promise<{ parties: NewParty[]; faults: Fault[] }> {
  if (capacity === 'principal') return { parties: [], faults: [] }
  const today = dateIn(call.now, call.town.timeZone)
  const { terms, faults } = readTerms(capacity, name => typedText(call, name), today, ownPrefix)
  const own: NewParty = { ...terms, personId }
  const number = typedText(call, 'principalNumber').trim()
  const needed = actsForAnother(capacity)
  if (!needed && (capacity !== 'heir' || number === '')) return { parties: [own], faults }
  const family = searchTokens(typedText(call, 'principalFamily'))
  const person = await read(call, tx =>
    findPersonByIdNumber(
      tx.asHouse('a principal is named by number and family name together'),
      call.house.crypto,
      number,
    ),
  )
  const known = new Set(person ? searchTokens(person.name.family || person.name.first) : [])
  if (!person || family.length === 0 || !family.some(token => known.has(token)))
    return {
      parties: [own],
      faults: [...faults, { field: 'principalNumber', code: number === '' ? 'required' : 'nobody-found' }],
    }
  if (person.id === personId)
    return {
      parties: [own],
      faults: [...faults, { field: 'principalNumber', code: 'principal-is-applicant' }],
    }
  return { parties: [{ personId: person.id, capacity: 'principal' }, own], faults }
}
