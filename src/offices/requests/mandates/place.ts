import type { MandateAct } from '../../../kernel/access/index.ts'
import { type Address, addresses } from '../../../lib/addresses.ts'
import { Forbidden } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { type Mandate, renewed, takePlace } from '../../people/index.ts'
import { mandateText } from './strings.ts'

/** Where somebody begins in another's place: the first thing the mandate lets them do. */
export function beginsAt(acts: readonly MandateAct[]): Address | undefined {
  if (acts.includes('requests') || acts.includes('file')) return addresses.myRequests
  if (acts.includes('dues') || acts.includes('pay')) return addresses.myDues
  return acts.includes('data') ? addresses.myData : undefined
}

/** Takes somebody's place for this log-in, or goes back to one's own account. */
export async function actInPlace(call: Call): Promise<Response> {
  const { actor, sessionHash } = call.visitor
  if (actor.kind !== 'citizen' || !sessionHash) throw new Forbidden('citizens-only')
  const chosen = typedText(call, 'mandate')
  const mandateId = isId(chosen) ? chosen : undefined
  let taken: Mandate | undefined
  const answer = await write(call, async tx => {
    taken = await takePlace(tx, { personId: actor.personId, sessionHash, mandateId })
    const to = taken && beginsAt(taken.acts)
    const cookies = await renewed(call, tx, 'citizen')
    return { redirect: url(call, to ?? addresses.myMandates), cookies }
  })
  const text = taken
    ? mandateText(call.locale, 'now-in-place', { name: taken.principal.name })
    : mandateText(call.locale, 'now-oneself')
  flash(call, { text, tone: 'olive' })
  return answer
}
