import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import {
  endMandate,
  enterMandate,
  findPersonByIdNumber,
  getPerson,
  type MandateProof,
  readMandateTerms,
} from '../../people/index.ts'
import { mandateText, serviceNames } from '../../requests/index.ts'
import { byOf } from '../clerk.ts'
import { hang } from '../visit/hang.ts'
import { proofKinds, showPersonMandates } from './page.tsx'

/** Enters a mandate of whoever stands here, or ends one. */
export async function enter(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const text = (name: string) => typedText(call, name)
  const here = url(call, addresses.counterMandates, { person: personId })
  const ending = text('end')
  if (isId(ending)) {
    const answer = await write(call, async tx => {
      await endMandate(tx, call.house, { mandateId: ending, personId }, byOf(call))
      return { redirect: here }
    })
    flash(call, { text: mandateText(call.locale, 'ended'), tone: 'olive' })
    return answer
  }
  const names = await serviceNames(call)
  const { principal, agent } = await read(call, async tx => ({
    principal: await getPerson(tx, personId),
    agent: await findPersonByIdNumber(tx, call.house.crypto, text('agent')),
  }))
  const terms = readMandateTerms(
    { text, list: name => typedList(call, name) },
    dateIn(call.now, call.town.timeZone),
    { openEnded: principal.kind === 'organisation', services: [...names.keys()] },
  )
  const proof = readProof(text)
  const faults: Fault[] = [...(terms.ok ? [] : terms.faults), ...proof.faults]
  if (!agent)
    faults.unshift({ field: 'agent', code: text('agent').trim() === '' ? 'required' : 'nobody-found' })
  if (!terms.ok || !agent || faults.length > 0) return showPersonMandates(call, faults)
  try {
    const of = { principalId: personId, agentId: agent.id, terms: terms.value, proof: proof.value }
    const answer = await write(call, async tx => {
      await enterMandate(tx, call.house, of, byOf(call))
      await hang(tx, call, 'mandate.entered', { personId })
      return { redirect: here }
    })
    flash(call, { text: mandateText(call.locale, 'counter-done'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof Conflict) return showPersonMandates(call, [{ field: 'agent', code: error.code }])
    throw error
  }
}

/** What proves it: a paper with its number and who issued it, or both who stand here. */
function readProof(text: (name: string) => string): { value: MandateProof; faults: Fault[] } {
  const kind = proofKinds.find(each => each === text('proof')) ?? ''
  const line = (name: string) => text(name).replace(/\s+/g, ' ').trim().slice(0, 120)
  const value = { kind, number: line('proofNumber'), issuer: line('proofIssuer') }
  const faults: Fault[] = []
  if (kind === '') faults.push({ field: 'proof', code: 'required' })
  else if (kind !== 'both-present' && value.number === '')
    faults.push({ field: 'proofNumber', code: 'required' })
  return { value, faults }
}
