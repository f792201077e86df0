import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault, InvalidInput } from '../../../lib/errors.ts'
import { translate } from '../../../lib/texts.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { getPerson } from '../../people/index.ts'
import {
  addParty,
  endParty,
  inTerm,
  isPartyCapacity,
  type Party,
  type PartyCapacity,
  partiesOf,
  type Request,
  readTerms,
} from '../../requests/index.ts'
import { byOf, clerkOf } from '../clerk.ts'
import { visibleRequest } from '../store.ts'
import { counterText } from '../strings.ts'
import { type AskedParty, askedParty, whoIsMeant } from './name.ts'
import { RequestPartiesPage } from './request-page.tsx'
import { partyTexts } from './strings.ts'

export const requestPartyRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterParties,
    access: staff('request.file'),
    audit: looks('counter.request-opened'),
    handle: call => show(call),
  }),
  route({
    method: 'post',
    address: addresses.counterParties,
    access: staff('request.file'),
    audit: acts('request.party-added'),
    handle: change,
  }),
]

const refusals = ['request-ended', 'party-is-applicant', 'party-is-needed'] as const
export type PartyRefusal = (typeof refusals)[number]

export type RequestPartiesView = {
  request: Request
  parties: (Party & { expired: boolean; isApplicant: boolean })[]
  asked: AskedParty | undefined
  /** The capacity in which one more is named. */
  as: PartyCapacity
  faults: Fault[]
  refusal: PartyRefusal | undefined
  /** Why a party is ended, as typed into its own box. */
  reason: (key: string) => string
}

type Again = Partial<Pick<RequestPartiesView, 'asked' | 'faults' | 'refusal'>>

async function show(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const as = call.query.as ?? ''
  const view = await read(call, async (tx): Promise<RequestPartiesView> => {
    const request = await visibleRequest(tx, clerkOf(call), idParam(call, 'id'))
    const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
    await lookInto(call, tx, { ...seen, subjectId: request.id, cause: counterText('ar', 'cause-visit') })
    const today = dateIn(tx.now, call.town.timeZone)
    return {
      request,
      parties: (await partiesOf(tx, request.id)).map(party => ({
        ...party,
        expired: !inTerm(party, today),
        isApplicant: party.personId === request.applicantId && party.capacity === request.capacity,
      })),
      as: again.asked?.capacity ?? (isPartyCapacity(as) ? as : 'collector'),
      asked: again.asked,
      faults: again.faults ?? [],
      refusal: again.refusal,
      reason: key => typedText(call, `reason.${key}`),
    }
  })
  return showPage(call, <RequestPartiesPage view={view} />, status)
}

/** Names a party, renews the term of one, or ends one with a reason. */
async function change(call: Call): Promise<Response> {
  const requestId = idParam(call, 'id')
  await read(call, tx => visibleRequest(tx, clerkOf(call), requestId))
  const ended = typedText(call, 'end')
  try {
    return ended === '' ? await add(call, requestId) : await end(call, requestId, ended)
  } catch (error) {
    if (error instanceof InvalidInput) {
      const faults = error.faults.map(fault =>
        fault.field === 'reason'
          ? { ...fault, field: `reason.${ended}` }
          : { ...fault, field: `party.${fault.field}` },
      )
      return show(call, { faults, asked: { ...askedParty(call), found: undefined } }, 422)
    }
    const refusal = error instanceof Conflict ? refusals.find(code => code === error.code) : undefined
    if (!refusal) throw error
    return show(call, { refusal }, 409)
  }
}

async function add(call: Call, requestId: string): Promise<Response> {
  const asked = askedParty(call)
  const today = dateIn(call.now, call.town.timeZone)
  if (asked.text === '' && asked.chosen === '')
    return show(
      call,
      { asked: { ...asked, found: undefined }, faults: [{ field: 'party.who', code: 'required' }] },
      422,
    )
  const { terms, faults } = readTerms(asked.capacity, name => typedText(call, name), today, 'party.')
  if (faults.length > 0) return show(call, { asked: { ...asked, found: undefined }, faults }, 422)
  const { personId, found } = await whoIsMeant(call, asked)
  if (!personId) return show(call, { asked: { ...asked, found } }, 422)
  const name = (await read(call, tx => getPerson(tx, personId))).displayName
  const answer = await write(call, async tx => {
    await addParty(tx, call, { requestId, party: { ...terms, personId } }, byOf(call))
    return { redirect: url(call, addresses.counterParties, { id: requestId }) }
  })
  flash(call, { text: translate(partyTexts, call.locale, 'party-added', { name }) })
  return answer
}

async function end(call: Call, requestId: string, ended: string): Promise<Response> {
  const [capacity = '', personId = ''] = ended.split('/')
  if (!isPartyCapacity(capacity)) return show(call)
  const reason = typedText(call, `reason.${ended}`)
  const name = (await read(call, tx => getPerson(tx, personId))).displayName
  const answer = await write(call, async tx => {
    await endParty(tx, { requestId, personId, capacity, reason }, byOf(call))
    return { redirect: url(call, addresses.counterParties, { id: requestId }) }
  })
  flash(call, { text: translate(partyTexts, call.locale, 'party-ended', { name }) })
  return answer
}
