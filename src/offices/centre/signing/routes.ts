import { addresses } from '../../../lib/addresses.ts'
import { url } from '../../../web/call.ts'
import { redirect } from '../../../web/page.tsx'
import { acts, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { askAgain, signPicked } from './confirm.tsx'
import { showList } from './list.tsx'
import { sendPaperBack, showDraft, showPaper } from './paper.tsx'
import { showReport } from './report.tsx'

const may = staff('sign.list', 'certificate.sign', 'request.read')

/** What waits for a signature: read, signed many at once, or sent back. */
export const signingRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.sign,
    access: may,
    handle: call => showList(call),
    audit: nothing('names the people of the reader’s own tasks; opening one is written down'),
  }),
  route({
    method: 'post',
    address: addresses.sign,
    access: may,
    handle: signPicked,
    audit: acts('signing.many-signed'),
  }),
  route({
    method: 'post',
    address: addresses.signConfirm,
    access: may,
    handle: askAgain,
    audit: nothing('asks for the person again and writes nothing'),
  }),
  route({
    method: 'get',
    address: addresses.signConfirm,
    access: may,
    audit: nothing('leads back to the list'),
    handle: call => redirect(url(call, addresses.sign)),
  }),
  route({
    method: 'get',
    address: addresses.signReport,
    access: may,
    handle: showReport,
    audit: nothing('tells the reader what they have just signed'),
  }),
  route({
    method: 'get',
    address: addresses.signDraft,
    access: may,
    handle: showDraft,
    audit: looks('signing.draft-read'),
  }),
  route({
    method: 'post',
    address: addresses.signBack,
    access: may,
    handle: sendPaperBack,
    audit: acts('signing.sent-back'),
  }),
  route({
    method: 'get',
    address: addresses.signBack,
    access: may,
    audit: nothing('leads back to the list'),
    handle: call => redirect(url(call, addresses.sign)),
  }),
  route({
    method: 'get',
    address: addresses.signPaper,
    access: may,
    handle: call => showPaper(call),
    audit: looks('signing.paper-read'),
  }),
]
