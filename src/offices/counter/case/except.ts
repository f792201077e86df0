import { addresses } from '../../../lib/addresses.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { grantException } from '../../treasury/index.ts'
import { byOf } from '../clerk.ts'
import { keepCase, keepNow } from './keep.ts'
import { showCaseAgain } from './show.tsx'

/** Lets the request pass in spite of dues or of its fee, by the name of whoever presses and for the reason they write. The debt stays. */
export async function exceptCase(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  const scope = typedText(call, 'scope') === 'fee' ? 'fee' : 'dues'
  const field = scope === 'fee' ? 'feeReason' : 'duesReason'
  const reason = typedText(call, field).trim()
  if (reason === '') {
    await keepNow(call, draftId)
    return showCaseAgain(call, { faults: [{ field, code: 'reason-missing' }] })
  }
  return write(call, async tx => {
    const { draft } = await keepCase(tx, call, draftId)
    if (draft.requestId) return { redirect: url(call, addresses.counterReceived, { id: draft.requestId }) }
    await grantException(tx, {
      draftId,
      personId: draft.personId,
      scope,
      ...(scope === 'fee' && { feePoint: 'before-filing' }),
      grantedBy: byOf(call),
      reason: reason.slice(0, 1000),
    })
    const part = scope === 'fee' ? 'fee' : 'dues'
    return { redirect: `${url(call, addresses.counterDraft, { draft: draftId })}#${part}` }
  })
}
