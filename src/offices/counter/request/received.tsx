import { may } from '../../../kernel/access/index.ts'
import type { CompiledService } from '../../../kernel/definition/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, idParam, publicUrl, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../web/route.ts'
import { catalogueOf } from '../../catalogue/index.ts'
import { lookInto } from '../../looks/index.ts'
import { type AttachedPaper, type Party, papersOf, partiesOf, type Request } from '../../requests/index.ts'
import { type Charge, chargesOfRequest, type Receipt, receiptsOfRequest } from '../../treasury/index.ts'
import { type Standing, standingOf } from '../case/open.ts'
import { clerkOf } from '../clerk.ts'
import { visibleRequest } from '../store.ts'
import { counterText } from '../strings.ts'
import { trackingOf } from '../tracking.ts'
import { ReceivedPage } from './received-page.tsx'

export const receivedRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterReceived,
    access: staff('request.read', 'request.file'),
    audit: looks('counter.request-opened'),
    handle: showReceived,
  }),
]

export type ReceivedView = Standing & {
  request: Request
  service: CompiledService
  papers: AttachedPaper[]
  /** Everybody named besides the applicant. */
  parties: Party[]
  open: Charge[]
  receipts: Receipt[]
  /** The receipt of this very visit: its change goes back now. */
  taken: Receipt | undefined
  isNew: boolean
  /** Where the citizen follows it: their own link while it is known, else the page that asks for the number. */
  track: { url: string; own: boolean }
  /** The day in the town. */
  today: string
  mayTake: boolean
  mayFile: boolean
}

/** What came of it: the number, the sheets to hand over, and what may still be done at the window. */
async function showReceived(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const clerk = clerkOf(call)
  const token = trackingOf(call, id)
  const view = await read(call, async (tx): Promise<ReceivedView> => {
    const request = await visibleRequest(tx, clerk, id)
    const seen = { personId: request.applicantId, requestId: request.id, subjectKind: 'request' }
    await lookInto(call, tx, { ...seen, subjectId: request.id, cause: counterText('ar', 'cause-visit') })
    const catalogue = await catalogueOf(tx)
    const receipts = await receiptsOfRequest(tx, id)
    const taken = call.query.receipt && isId(call.query.receipt) ? call.query.receipt : undefined
    return {
      ...(await standingOf(tx, call, request.applicantId)),
      request,
      today: dateIn(tx.now, call.town.timeZone),
      service: catalogue.get(request.serviceCode, request.serviceVersion).service,
      papers: await papersOf(tx, id),
      parties: (await partiesOf(tx, id)).filter(({ personId }) => personId !== request.applicantId),
      open: (await chargesOfRequest(tx, id)).filter(charge => charge.open.minor > 0),
      receipts,
      taken: receipts.find(receipt => receipt.id === taken),
      isNew: call.query.new === '1',
      track: token
        ? { url: publicUrl(call, addresses.trackLink, { token }), own: true }
        : { url: publicUrl(call, addresses.track), own: false },
      mayTake: may(clerk, 'receipt.take'),
      mayFile: may(clerk, 'request.file'),
    }
  })
  return showPage(call, <ReceivedPage view={view} />)
}
