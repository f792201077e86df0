import { addresses } from '../../lib/addresses.ts'
import { acts, looks, type Route, route, staff } from '../../web/route.ts'
import { payDues } from './case/dues.ts'
import { exceptCase } from './case/except.ts'
import { fileCase } from './case/file.ts'
import { takePaper } from './case/paper.ts'
import { saveCase } from './case/save.ts'
import { showCase } from './case/show.tsx'
import { startCase } from './case/start.ts'
import { openCaseTill } from './case/till.ts'
import { confirmRoutes } from './confirm/confirm.tsx'
import { counterMandateRoutes } from './mandates/routes.ts'
import { numberRoutes } from './numbers/numbers.tsx'
import { originalRoutes } from './originals/originals.tsx'
import { handOverRoutes } from './parties/hand-over.tsx'
import { nameParty } from './parties/name.ts'
import { requestPartyRoutes } from './parties/request.tsx'
import { payRoutes } from './pay/pay.tsx'
import { mergeRoutes } from './people/merge.tsx'
import { personRoutes } from './people/person.tsx'
import { phoneRoutes } from './people/phone.ts'
import { recordRoutes } from './people/record.tsx'
import { registerRoutes } from './people/register.tsx'
import { pinRoutes } from './pin/routes.ts'
import { presenceRoutes } from './presence/routes.tsx'
import { collectRoutes } from './request/collect.tsx'
import { papersRoutes } from './request/papers.tsx'
import { receivedRoutes } from './request/received.tsx'
import { searchRoutes } from './search.tsx'
import { settingRoutes } from './settings/settings.tsx'

/** Every button of the page sends the whole of it, chosen files included. */
const bodyLimit = 80 * 1024 * 1024
const files = staff('request.file')

const caseRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.counterStart,
    access: files,
    audit: acts('counter.case-begun'),
    handle: startCase,
  }),
  route({
    method: 'get',
    address: addresses.counterDraft,
    access: files,
    audit: looks('counter.case-shown'),
    handle: showCase,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftTill,
    access: staff('receipt.take'),
    audit: acts('treasury.till-opened'),
    bodyLimit,
    handle: openCaseTill,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftPage,
    access: files,
    audit: acts('counter.case-kept'),
    bodyLimit,
    handle: saveCase,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftPaper,
    access: files,
    audit: acts('document.uploaded'),
    bodyLimit,
    handle: takePaper,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftParty,
    access: files,
    audit: acts('counter.case-kept'),
    bodyLimit,
    handle: nameParty,
  }),
  route({
    method: 'post',
    address: addresses.counterDraftFee,
    access: staff('receipt.take'),
    audit: acts('treasury.receipt-taken'),
    bodyLimit,
    handle: payDues,
  }),
  route({
    method: 'post',
    address: addresses.counterException,
    access: staff('dues.except'),
    audit: acts('treasury.exception-granted'),
    bodyLimit,
    handle: exceptCase,
  }),
  route({
    method: 'post',
    address: addresses.counterFile,
    access: files,
    audit: acts('request.file'),
    bodyLimit,
    handle: fileCase,
  }),
]

/** The pages of the counter. */
export const counterRoutes: Route[] = [
  ...searchRoutes,
  ...registerRoutes,
  ...personRoutes,
  ...recordRoutes,
  ...mergeRoutes,
  ...phoneRoutes,
  ...numberRoutes,
  ...pinRoutes,
  ...presenceRoutes,
  ...counterMandateRoutes,
  ...caseRoutes,
  ...confirmRoutes,
  ...receivedRoutes,
  ...collectRoutes,
  ...payRoutes,
  ...requestPartyRoutes,
  ...handOverRoutes,
  ...originalRoutes,
  ...settingRoutes,
  ...papersRoutes,
]
