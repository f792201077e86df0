import { addresses } from '../../../../lib/addresses.ts'
import { LinkButton, SheetPage } from '../../../../ui/index.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { ReceiptSheets, receiptSheet } from '../../pages/sheets.tsx'
import { getReceipt } from '../../receipts.ts'
import { debtText } from '../strings.ts'
import { citizenIn } from './citizen.ts'

/** GET: a receipt of the citizen's, to be kept or printed; the sheets of the till say that it is a copy. */
export async function showMyReceipt(call: Call): Promise<Response> {
  citizenIn(call)
  const sheet = await read(call, async tx => {
    const receipt = await getReceipt(tx, idParam(call, 'id'), call.visitor.actor)
    // What came in online was never printed at a till: what the payer prints is the receipt itself.
    return receiptSheet(tx, receipt, receipt.sessionId !== undefined)
  })
  const title = debtText(call.locale, 'receipt-of', { number: sheet.receipt.number })
  return showPage(
    call,
    <SheetPage
      side="citizen"
      title={title}
      actions={
        <>
          <LinkButton href="#a5" icon="print">
            {debtText(call.locale, 'print-receipt')}
          </LinkButton>
          <LinkButton href={url(call, addresses.myDues)} variant="quiet">
            {debtText(call.locale, 'back')}
          </LinkButton>
        </>
      }
    >
      <ReceiptSheets sheet={sheet} />
    </SheetPage>,
  )
}
