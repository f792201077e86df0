import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { inLocale } from '../../../lib/localized.ts'
import { type Call, idParam, read, typedText, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { clerkOf } from '../clerk.ts'
import type { AskedParty } from '../parties/name.ts'
import { admitScans } from '../scans/folder.ts'
import { windowOf } from '../scans/store.ts'
import type { CounterText } from '../strings.ts'
import { closedTill } from '../till.ts'
import { type Case, lookAtCase, openCase, owesFee } from './open.ts'
import { CasePage, type CaseView } from './page.tsx'

/** The page of a request being taken in; one already filed leads to what came of it. */
export async function showCase(call: Call): Promise<Response> {
  const window = await read(call, tx => windowOf(tx, clerkOf(call).staffId))
  const refused = window === undefined ? [] : await admitScans(call.house, call.town, window)
  const opened = await read(call, async tx => {
    await lookAtCase(tx, call, idParam(call, 'draft'))
    return openCase(tx, call, idParam(call, 'draft'), { payIn: call.query.in })
  })
  const of = { ...opened, scans: { ...opened.scans, refused } }
  if (of.form.draft.requestId)
    return redirect(url(call, addresses.counterReceived, { id: of.form.draft.requestId }))
  return answer(call, of, {}, 200)
}

export type Refused = { faults?: Fault[]; refusal?: CounterText; asked?: AskedParty }

/** The same page again with what was refused; everything typed has been kept, or stands in the call. */
export async function showCaseAgain(call: Call, refused: Refused, status = 422): Promise<Response> {
  const payIn = typedText(call, 'payIn')
  const of = await read(call, async tx => {
    await lookAtCase(tx, call, idParam(call, 'draft'))
    return openCase(tx, call, idParam(call, 'draft'), { payIn })
  })
  const { requestId } = of.form.draft
  if (requestId) return redirect(url(call, addresses.counterReceived, { id: requestId }))
  return answer(call, of, refused, status)
}

async function answer(
  call: Call,
  of: Case,
  { faults = [], refusal, asked }: Refused,
  status: number,
): Promise<Response> {
  const clerk = clerkOf(call)
  const mayTake = may(clerk, 'receipt.take')
  const typed = (name: 'received' | 'duesReceived' | 'duesReason' | 'feeReason') =>
    typedText(call, name) === '' ? {} : { [name]: typedText(call, name) }
  const view: CaseView = {
    of,
    faults: faults.map(fault => named(call, of, fault)),
    refusal,
    asked,
    typed: {
      ...typed('received'),
      ...typed('duesReceived'),
      ...typed('duesReason'),
      ...typed('feeReason'),
      confirmed: typedText(call, 'confirmed') === 'yes',
    },
    mayTake,
    closedTill: mayTake && owesFee(of) ? await read(call, tx => closedTill(tx, clerk.staffId)) : undefined,
    said: name => typedText(call, name),
    mayExcept: may(clerk, 'dues.except'),
    receiptId: call.query.receipt && isId(call.query.receipt) ? call.query.receipt : undefined,
  }
  return showPage(call, <CasePage view={view} />, status)
}

/** Twelve questions left blank make twelve lines that say the same: each names its question or paper. */
function named(call: Call, of: Case, fault: Fault): Fault {
  if (fault.code !== 'required') return fault
  const { definition, pages } = of.form.service
  const field = pages.flatMap(page => page.fields).find(({ id }) => id === fault.field)?.field
  if (field) return { ...fault, code: 'required-of', values: { label: inLocale(field.label, call.locale) } }
  const paper = definition.papers.find(({ id }) => id === fault.field)
  if (paper) return { ...fault, code: 'paper-required', values: { label: inLocale(paper.name, call.locale) } }
  return fault
}
