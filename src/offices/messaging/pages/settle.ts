import { addresses } from '../../../lib/addresses.ts'
import { Conflict } from '../../../lib/errors.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect } from '../../../web/page.tsx'
import { isSettling, type Settling } from '../proof/model.ts'
import { settleMessage } from '../proof/settle.ts'
import { proofText } from '../proof/strings.ts'
import { finderOf, type Lent } from './finder.ts'
import { showMessage } from './message.tsx'
import { longestNote } from './settle-pane.tsx'

/** POST: writes down what was done; somebody who was faster is told of. `back` is the list it was done from. */
export async function settle(call: Call, lent: Lent): Promise<Response> {
  const [how, note, back] = ['how', 'note', 'back'].map(name => typedText(call, name).trim())
  const id = idParam(call, 'id')
  if (!isSettling(how ?? '')) {
    return showMessage(call, lent, {
      how: how ?? '',
      note: note ?? '',
      faults: [{ field: 'how', code: 'not-an-option' }],
    })
  }
  const chosen = how as Settling
  const there = back === 'post' ? url(call, addresses.messagesPost) : url(call, addresses.message, { id })
  try {
    const answer = await write(call, async tx => {
      const finder = finderOf(call, lent)
      const given = { how: chosen, note: (note ?? '').slice(0, longestNote) }
      await settleMessage(tx, call.house, finder, id, given)
      return { redirect: there }
    })
    const said = proofText(call.locale, chosen === 'sent-again' ? 'settled-again' : 'settled-done')
    flash(call, { text: said, tone: 'olive' })
    return answer
  } catch (error) {
    if (!(error instanceof Conflict) || error.code !== 'message-settled') throw error
    flash(call, { text: proofText(call.locale, 'settled-already'), tone: 'honey' })
    return redirect(there)
  }
}
