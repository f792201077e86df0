import { addresses } from '../../../lib/addresses.ts'
import { formatMoney, subtract } from '../../../lib/money.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { counterText } from '../strings.ts'
import { billFor, cashFor, isBill, readReceived, take } from '../till.ts'
import { keepCase, keepNow } from './keep.ts'
import { openCase } from './open.ts'
import { refusalText } from './refusals.ts'
import { showCaseAgain } from './show.tsx'

/**
 * Takes what is owed at the till, so that the dues no longer stand in the way: in cash here, in any other way on the page of all ways, which
 * leads back.
 */
export async function payDues(call: Call): Promise<Response> {
  const draftId = idParam(call, 'draft')
  if (typedText(call, 'duesHow') === 'otherwise')
    return write(call, async tx => {
      const { draft } = await keepCase(tx, call, draftId)
      const query = { draft: draftId, d: typedList(call, 'due').join(',') || undefined }
      return { redirect: url(call, addresses.counterPay, { person: draft.personId }, query) }
    })
  await keepNow(call, draftId)
  const { of, bill } = await read(call, async tx => {
    const of = await openCase(tx, call, draftId)
    const chosen = new Set(typedList(call, 'due'))
    const items = of.dues
      .filter(due => chosen.has(due.chargeId))
      .map(due => ({ id: due.chargeId, label: due.label, amount: due.amount }))
    return { of, bill: await billFor(tx, items, 'ILS') }
  })
  if (!isBill(bill)) return showCaseAgain(call, { refusal: 'refused-no-exchange-rate' })
  if (bill.lines.length === 0) return showCaseAgain(call, { faults: [{ field: 'due', code: 'required' }] })
  const { received, fault } = readReceived(typedText(call, 'duesReceived'), bill.due, 'duesReceived')
  if (fault) return showCaseAgain(call, { faults: [fault] })
  try {
    const answer = await write(call, async tx => {
      await keepCase(tx, call, draftId)
      const payer = { personId: of.person.id, name: of.person.displayName }
      const receipt = await take(tx, call, { bill, tenders: cashFor(bill, received), payer })
      return {
        redirect: `${url(call, addresses.counterDraft, { draft: draftId }, { receipt: receipt.id })}#dues`,
      }
    })
    flash(call, {
      text: counterText(call.locale, 'dues-taken', {
        amount: formatMoney(bill.due, call.locale),
        change: formatMoney(subtract(received, bill.due), call.locale),
      }),
    })
    return answer
  } catch (error) {
    return showCaseAgain(call, { refusal: refusalText(error) }, 409)
  }
}
