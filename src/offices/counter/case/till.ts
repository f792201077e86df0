import { addresses } from '../../../lib/addresses.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { openingFaults, openTillHere } from '../tenders/open.ts'
import { keepCase } from './keep.ts'
import { showCaseAgain } from './show.tsx'

/** Opens the clerk's till from the fee step; all that was typed is kept. */
export async function openCaseTill(call: Call): Promise<Response> {
  const draft = idParam(call, 'draft')
  try {
    return await write(call, async tx => {
      await keepCase(tx, call, draft)
      await openTillHere(tx, call)
      const query = { in: typedText(call, 'payIn') || undefined }
      return { redirect: `${url(call, addresses.counterDraft, { draft }, query)}#fee` }
    })
  } catch (error) {
    return showCaseAgain(call, { faults: openingFaults(error) })
  }
}
