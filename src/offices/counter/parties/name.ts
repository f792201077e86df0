import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { type FoundPerson, findPeople, survivorOf } from '../../people/index.ts'
import {
  isPartyCapacity,
  type NewParty,
  type PartyCapacity,
  readTerms,
  saveDraft,
  sharesExceedWhole,
} from '../../requests/index.ts'
import { keepCase, keepNow } from '../case/keep.ts'
import { showCaseAgain } from '../case/show.tsx'

/** Somebody asked for by name or number, and what came of it. */
export type AskedParty = {
  capacity: PartyCapacity
  text: string
  found: FoundPerson[] | undefined
  typed: Record<string, string>
}

/** What the page says of a party to be named. */
export function askedParty(call: Call): Omit<AskedParty, 'found'> & { chosen: string } {
  const principal = typedText(call, 'add') === 'principal' || call.query.as === 'principal'
  const as = principal ? 'principal' : call.query.as || typedText(call, 'party.as')
  const boxes = Object.keys(call.typed).filter(name => name.startsWith('party.'))
  return {
    capacity: isPartyCapacity(as) ? as : 'collector',
    text: typedText(call, principal ? 'principal' : 'party.who')
      .trim()
      .slice(0, 120),
    chosen: typedText(call, 'chosen'),
    typed: Object.fromEntries(boxes.map(name => [name, typedText(call, name)])),
  }
}

/** Finds who is meant: one chosen, or the only one of a number; else those to choose from. */
export async function whoIsMeant(
  call: Call,
  { text, chosen }: { text: string; chosen: string },
): Promise<{ personId?: string; found?: FoundPerson[] }> {
  return read(call, async tx => {
    if (isId(chosen)) return { personId: await survivorOf(tx, chosen) }
    const { people } = await findPeople(tx, call.house.crypto, text, { limit: 6 })
    const [only] = people
    return only && people.length === 1 ? { personId: only.id } : { found: people }
  })
}

/** Names a party of a request being taken in, or takes one away. Everything else on the page is kept with it. */
export async function nameParty(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const { draft } = await keepNow(call, draftId)
  const dropped = typedText(call, 'drop')
  const today = dateIn(call.now, call.town.timeZone)
  if (dropped !== '') {
    return keep(call, draftId, parties =>
      parties.filter(each => `${each.capacity}/${each.personId}` !== dropped),
    )
  }
  const asked = askedParty(call)
  const { capacity } = asked
  const field = capacity === 'principal' ? 'principal' : 'party.who'
  const again = (faults: Fault[], found?: FoundPerson[]) =>
    showCaseAgain(call, { faults, asked: { ...asked, found } })
  if (asked.text === '' && asked.chosen === '')
    return again([{ field, code: capacity === 'principal' ? 'principal-missing' : 'required' }])
  const { terms, faults } = readTerms(capacity, name => typedText(call, name), today, 'party.')
  if (faults.length > 0) return again(faults)
  const { personId, found } = await whoIsMeant(call, asked)
  if (!personId) return again([], found)
  if (capacity === 'principal' && personId === draft.personId)
    return again([{ field, code: 'principal-is-applicant' }])
  const named: NewParty = { ...terms, personId }
  const rest = draft.parties.filter(each => each.personId !== personId || each.capacity !== capacity)
  if (sharesExceedWhole([...rest, named])) return again([{ field: 'party.share', code: 'shares-over-whole' }])
  return keep(call, draftId, parties => [
    ...parties.filter(each => each.personId !== personId || each.capacity !== capacity),
    named,
  ])
}

const keep = (call: Call, draftId: string, change: (parties: NewParty[]) => NewParty[]): Promise<Response> =>
  write(call, async tx => {
    const { draft } = await keepCase(tx, call, draftId)
    if (draft.requestId) return { redirect: url(call, addresses.counterReceived, { id: draft.requestId }) }
    await saveDraft(tx, draftId, { parties: change(draft.parties) })
    return { redirect: `${url(call, addresses.counterDraft, { draft: draftId })}#service` }
  })
