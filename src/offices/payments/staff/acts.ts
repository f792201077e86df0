import { addresses } from '../../../lib/addresses.ts'
import { BadRequest } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { orFaults } from '../../../web/refused.ts'
import { book } from '../hear.ts'
import { refundScopes } from '../model.ts'
import { askRefund, decideRefund, mismatched } from '../refund.ts'
import { addEvent, lockIntent } from '../store.ts'
import { type PayWord, payText } from '../strings.ts'
import { showOne } from './one.tsx'

const back = (call: Call) => ({ redirect: url(call, addresses.managePayment, { id: idParam(call, 'id') }) })
const said = (call: Call, key: PayWord) => flash(call, { text: payText(call.locale, key) })

/** POST: asks for a refund. */
export async function ask(call: Call): Promise<Response> {
  const scope = refundScopes.find(each => each === typedText(call, 'scope'))
  if (!scope) throw new BadRequest('scope-unknown')
  const reason = typedText(call, 'reason').slice(0, 400)
  const by = actorKey(call.visitor.actor)
  const { answer, faults } = await orFaults('scope', () =>
    write(call, async tx => {
      await askRefund(tx, { intentId: idParam(call, 'id'), scope, reason, by })
      return back(call)
    }),
  )
  if (!answer) return showOne(call, faults)
  said(call, 'refund-asked')
  return answer
}

/** POST: a second person agrees, or refuses. */
export async function decide(call: Call): Promise<Response> {
  const refundId = typedText(call, 'refund')
  if (!isId(refundId)) throw new BadRequest('bad-address')
  const accept = typedText(call, 'accept') === 'yes'
  const by = actorKey(call.visitor.actor)
  const { answer, faults } = await orFaults('scope', () =>
    write(call, async tx => {
      await decideRefund(tx, { refundId, accept, by })
      return back(call)
    }),
  )
  if (!answer) return showOne(call, faults)
  said(call, accept ? 'refund-approved' : 'refund-decided')
  return answer
}

/** POST: takes the amount that came in place of the one agreed. */
export async function keep(call: Call): Promise<Response> {
  const { answer, faults } = await orFaults('scope', () =>
    write(call, async tx => {
      const id = idParam(call, 'id')
      await lockIntent(tx, id)
      const intent = await mismatched(tx, id)
      await addEvent(tx, id, { kind: 'kept', by: actorKey(call.visitor.actor) })
      await book(tx, call, intent, intent)
      return back(call)
    }),
  )
  if (!answer) return showOne(call, faults)
  said(call, 'keep-done')
  return answer
}
