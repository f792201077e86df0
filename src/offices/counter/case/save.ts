import { addresses } from '../../../lib/addresses.ts'
import { type Call, idParam, url, write } from '../../../web/call.ts'
import { keepCase } from './keep.ts'

/** Keeps the page as it stands: pressed by Enter, by the button, or by the page itself while it is written. */
export function saveCase(call: Call): Promise<Response> {
  const draft = idParam(call, 'draft')
  return write(call, async tx => {
    const kept = await keepCase(tx, call, draft)
    if (kept.draft.requestId)
      return { redirect: url(call, addresses.counterReceived, { id: kept.draft.requestId }) }
    return { redirect: `${url(call, addresses.counterDraft, { draft })}#service` }
  })
}
