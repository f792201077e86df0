import { addresses } from '../../../lib/addresses.ts'
import { searchTokens } from '../../../lib/arabic.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { type Call, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { findPersonByIdNumber, offerMandate, provePin, readMandateTerms } from '../../people/index.ts'
import { citizenOf } from '../citizen/citizen.ts'
import { serviceNames, showMandates } from './list.tsx'
import { mandateText } from './strings.ts'

/**
 * Offers a mandate to whoever is named by number and family name together: a number alone tells nobody who has it. Asks for the PIN, since an
 * open log-in at a shared computer is no place to give away one's affairs.
 */
export async function give(call: Call): Promise<Response> {
  const { personId } = citizenOf(call)
  const today = dateIn(call.now, call.town.timeZone)
  const typed = {
    text: (name: string) => typedText(call, name),
    list: (name: string) => typedList(call, name),
  }
  const names = await serviceNames(call)
  const terms = readMandateTerms(typed, today, { openEnded: false, services: [...names.keys()] })
  const faults: Fault[] = terms.ok ? [] : [...terms.faults]
  const agentId = await agentNamed(call)
  if (agentId === undefined) faults.push({ field: 'agent', code: 'nobody-by-both' })
  if (!terms.ok || agentId === undefined) return showMandates(call, faults)
  if (!(await provePin(call.house, call.town.id, personId, typed.text('pin'))))
    return showMandates(call, [{ field: 'pin', code: 'pin-wrong' }])
  try {
    const by = { kind: 'citizen', id: personId } as const
    const answer = await write(call, async tx => {
      await offerMandate(tx, call.house, { principalId: personId, agentId, terms: terms.value }, by)
      return { redirect: url(call, addresses.myMandates) }
    })
    flash(call, { text: mandateText(call.locale, 'offered'), tone: 'olive' })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict)) throw error
    return showMandates(call, [{ field: 'agent', code: error.code }])
  }
}

async function agentNamed(call: Call): Promise<string | undefined> {
  const number = typedText(call, 'agent').trim()
  const family = searchTokens(typedText(call, 'agentFamily'))
  if (number === '' || family.length === 0) return undefined
  const person = await read(call, tx =>
    findPersonByIdNumber(
      tx.asHouse('an agent is named by number and family name together'),
      call.house.crypto,
      number,
    ),
  )
  const known = new Set(person ? searchTokens(person.name.family) : [])
  return person && family.some(token => known.has(token)) ? person.id : undefined
}
