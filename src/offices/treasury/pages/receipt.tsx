import { sql } from 'kysely'
import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, NotFound } from '../../../lib/errors.ts'
import { formatMoney, type Money, negate, sumByCurrency } from '../../../lib/money.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import {
  Confirm,
  LinkButton,
  LongTextField,
  Note,
  SealedLine,
  SheetPage,
  StaffLayout,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { aside, type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { proofResponse, sealOf } from '../../audit/index.ts'
import { lookInto } from '../../looks/index.ts'
import { getCharge } from '../charges.ts'
import type { Receipt } from '../model.ts'
import { getReceipt } from '../receipts.ts'
import { reverseReceipt } from '../reverse.ts'
import { treasuryText } from '../strings.ts'
import { cashOf } from '../tender.ts'
import { needsSecondPerson } from '../till/ceiling.ts'
import { proposeReversal } from '../till/proposals.ts'
import { tillRefusal } from '../till/strings.ts'
import { ReceiptSheets, receiptSheet } from './sheets.tsx'

export const receiptRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.receipt,
    access: staff('receipt.read'),
    audit: looks('treasury.receipt-shown'),
    handle: showReceipt,
  }),
  route({
    method: 'get',
    address: addresses.receiptProof,
    access: staff('receipt.read'),
    audit: looks('treasury.receipt-shown'),
    handle: serveProof,
  }),
  route({
    method: 'get',
    address: addresses.receiptReverse,
    access: staff('receipt.take'),
    audit: looks('treasury.receipt-shown'),
    handle: async call => askToReverse(call, await find(call)),
  }),
  route({
    method: 'post',
    address: addresses.receiptReverse,
    access: staff('receipt.take'),
    audit: acts('treasury.receipt-reversed'),
    handle: reverse,
  }),
]

const find = (call: Call) =>
  read(call, async tx => {
    const receipt = await getReceipt(tx, idParam(call, 'id'), call.visitor.actor)
    await lookAt(call, tx, receipt)
    return receipt
  })

/** The first time a receipt is opened at the till is the original; whatever is printed later says that it is a copy. */
async function firstPrint(tx: Write, receiptId: string): Promise<boolean> {
  const marked = await sql`update receipt set printed_at = ${tx.now}
     where municipality_id = ${tx.town} and receipt_id = ${receiptId} and printed_at is null returning 1`.execute(
    tx.q,
  )
  return marked.rows.length > 0
}

async function showReceipt(call: Call): Promise<Response> {
  const { receipt, sheet, mark } = await aside(call, async tx => {
    const receipt = await getReceipt(tx, idParam(call, 'id'), call.visitor.actor)
    await lookAt(call, tx, receipt)
    return {
      receipt,
      sheet: await receiptSheet(tx, receipt, !(await firstPrint(tx, receipt.id))),
      mark: await sealOf(tx, 'receipt', receipt.id),
    }
  })
  const word = (key: Parameters<typeof treasuryText>[1]) => treasuryText(call.locale, key)
  const reversible = !receipt.reversedBy && may(call.visitor.actor, 'receipt.take')
  return showPage(
    call,
    <SheetPage
      side="staff"
      title={treasuryText(call.locale, 'receipt-title', { number: receipt.number })}
      sub={word('receipt-lead')}
      note={
        <>
          {receipt.reversedBy && <Note tone="sumac">{word('receipt-reversed-note')}</Note>}
          {mark && (
            <SealedLine
              number={mark.number}
              sealedAt={mark.sealedAt}
              proof={url(call, addresses.receiptProof, { id: receipt.id })}
            />
          )}
        </>
      }
      actions={
        <>
          <LinkButton href="#slip" icon="print" hotkey="F9">
            {word('receipt-print-slip')}
          </LinkButton>
          <LinkButton href="#a5" variant="quiet">
            {word('receipt-print-a5')}
          </LinkButton>
          {may(call.visitor.actor, 'receipt.take') && (
            <LinkButton href={url(call, addresses.till)} variant="plain">
              {word('receipt-back-till')}
            </LinkButton>
          )}
          {reversible && (
            <LinkButton href={url(call, addresses.receiptReverse, { id: receipt.id })} variant="plain">
              {word('receipt-reverse')}
            </LinkButton>
          )}
        </>
      }
    >
      <ReceiptSheets sheet={sheet} />
    </SheetPage>,
  )
}

async function serveProof(call: Call): Promise<Response> {
  const receipt = await find(call)
  const proof = await read(call, async tx => (await sealOf(tx, 'receipt', receipt.id))?.proof())
  if (proof === undefined) throw new NotFound('nothing-sealed')
  return proofResponse(proof, receipt.number.replaceAll('/', '-'))
}

/** Whose data it is: the payer's, or of whoever's debt was paid where the payer is only a name. */
async function lookAt(call: Call, tx: Read, receipt: Receipt): Promise<void> {
  const [line] = receipt.lines
  const personId = receipt.payer.personId ?? (line?.chargeId && (await getCharge(tx, line.chargeId)).debtorId)
  if (!personId) return
  const { actor } = call.visitor
  // Whoever took the money looks at what they wrote.
  const own = actor.kind === 'staff' && receipt.collectorId === actor.staffId && isFresh(receipt, tx.now)
  await lookInto(
    call,
    tx,
    {
      personId,
      requestId: receipt.requestId,
      subjectKind: 'receipt',
      subjectId: receipt.id,
      cause: treasuryText('ar', 'look-receipt'),
    },
    own ? { kind: 'visit' } : undefined,
  )
}

/** Taken within the hour: its payer may stand at the till still, or come back for a copy. */
const isFresh = ({ receivedAt }: Receipt, now: Date): boolean =>
  now.getTime() - receivedAt.getTime() < 3_600_000

type Again = { fault?: string; refusal?: string }

async function askToReverse(call: Call, receipt: Receipt, { fault, refusal }: Again = {}): Promise<Response> {
  const { number } = receipt
  const word = (key: Parameters<typeof treasuryText>[1], values = {}) =>
    treasuryText(call.locale, key, values)
  const back = url(call, addresses.receipt, { id: receipt.id })
  const faults = fault ? [{ field: 'reason', code: fault }] : []
  return showPage(
    call,
    <StaffLayout title={word('reverse-title', { number })} faults={faults}>
      {refusal && <Note tone="sumac">{refusal}</Note>}
      {receipt.reversedBy ? (
        <Note tone="sumac">
          <a href={back}>{word('receipt-reversed-note')}</a>
        </Note>
      ) : (
        <Confirm
          title={word('reverse-question', { number })}
          action={url(call, addresses.receiptReverse, { id: receipt.id })}
          verb={word('reverse-verb')}
          stops
          back={back}
          fields={
            <LongTextField
              name="reason"
              label={word('reverse-reason')}
              hint={word('reverse-reason-hint')}
              value={typedText(call, 'reason')}
              fault={faults[0]}
              maxLength={400}
            />
          }
        >
          {word('reverse-body')} {whatGoesBack(call, receipt)}
        </Confirm>
      )}
    </StaffLayout>,
    fault ? 422 : refusal ? 409 : 200,
  )
}

/** The cash that goes back over the counter: what was handed over, less the change, in each currency. */
function whatGoesBack(call: Call, { tenders }: Receipt): string {
  const cash = cashOf(tenders)
  const kept = sumByCurrency([...cash.received, ...cash.change.map(negate)])
  const back = kept.filter(sum => sum.minor > 0)
  const again = kept.filter(sum => sum.minor < 0).map(negate)
  const amounts = (of: Money[]) => of.map(sum => formatMoney(sum, call.locale)).join(' · ')
  return [
    back.length > 0 && treasuryText(call.locale, 'reverse-give', { amounts: amounts(back) }),
    again.length > 0 && treasuryText(call.locale, 'reverse-take', { amounts: amounts(again) }),
  ]
    .filter(part => part)
    .join(' ')
}

/** Takes it back; above the ceiling it waits for a second person, and what stands against it is said on the page. */
async function reverse(call: Call): Promise<Response> {
  const receipt = await find(call)
  const reason = typedText(call, 'reason').trim()
  if (reason.length > 400) throw new BadRequest('reason-too-long')
  if (reason === '') return askToReverse(call, receipt, { fault: 'reason-missing' })
  const by = { kind: 'staff' as const, id: actorKey(call.visitor.actor).id }
  const redirect = url(call, addresses.receipt, { id: receipt.id })
  let waits = false
  try {
    const answer = await write(call, async tx => {
      waits = await needsSecondPerson(tx, receipt)
      if (waits) await proposeReversal(tx, receipt.id, { by, reason })
      else await reverseReceipt(tx, call.house.events, receipt.id, { by, reason })
      return { redirect }
    })
    const said = waits ? 'reverse-waits' : 'reverse-done'
    flash(call, { text: treasuryText(call.locale, said, { number: receipt.number }) })
    return answer
  } catch (error) {
    const refusal = tillRefusal(call.locale, error)
    if (!refusal) throw error
    return askToReverse(call, receipt, { refusal })
  }
}
