import { addresses } from '../../../../lib/addresses.ts'
import { NotFound } from '../../../../lib/errors.ts'
import { LinkButton, SealedLine, SheetPage } from '../../../../ui/index.ts'
import { type Call, idParam, read, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { proofResponse, sealOf } from '../../../audit/index.ts'
import { ReceiptSheets, receiptSheet } from '../../pages/sheets.tsx'
import { getReceipt } from '../../receipts.ts'
import { debtText } from '../strings.ts'
import { citizenIn } from './citizen.ts'

/** GET: a receipt of the citizen's, to be kept or printed; the sheets of the till say that it is a copy. */
export async function showMyReceipt(call: Call): Promise<Response> {
  citizenIn(call)
  const { sheet, mark } = await read(call, async tx => {
    const receipt = await getReceipt(tx, idParam(call, 'id'), call.visitor.actor)
    // What came in online was never printed at a till: what the payer prints is the receipt itself.
    return {
      sheet: await receiptSheet(tx, receipt, receipt.sessionId !== undefined),
      mark: await sealOf(tx, 'receipt', receipt.id),
    }
  })
  const title = debtText(call.locale, 'receipt-of', { number: sheet.receipt.number })
  return showPage(
    call,
    <SheetPage
      side="citizen"
      title={title}
      note={
        mark && (
          <SealedLine
            number={mark.number}
            sealedAt={mark.sealedAt}
            proof={url(call, addresses.myReceiptProof, { id: sheet.receipt.id })}
          />
        )
      }
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

/** GET: the proof that a receipt of the citizen's stands in the sealed log. */
export async function serveMyReceiptProof(call: Call): Promise<Response> {
  citizenIn(call)
  return read(call, async tx => {
    const receipt = await getReceipt(tx, idParam(call, 'id'), call.visitor.actor)
    const mark = await sealOf(tx, 'receipt', receipt.id)
    if (!mark) throw new NotFound('nothing-sealed')
    return proofResponse(await mark.proof(), receipt.number.replaceAll('/', '-'))
  })
}
