import { addresses } from '../../lib/addresses.ts'
import { acts, nothing, type Route, route, staff } from '../../web/route.ts'
import { saveFeeRequests, showFeeRequests } from './fees/page.tsx'
import { saveRedo, saveUndo, showHistory, showText } from './history/page.tsx'
import { showImport, takeImport } from './list/import.tsx'
import { saveNew, showNew } from './list/new.tsx'
import { showList } from './list/page.tsx'
import { saveNational, showNational } from './national/page.tsx'
import { showDraft } from './review/page.tsx'
import { saveDrop, savePublish, saveReview } from './review/post.ts'
import { showCompare } from './service/compare.tsx'
import { saveEnd, showService, writeNext } from './service/page.tsx'
import { sendDraftText, sendVersionText } from './service/text.ts'

const ofServices = nothing('shows services and what is written of them, and nothing of a person')
const ofNumbers = nothing('shows numbers of requests; whoever they are of is opened on a page of their own')
/** Designers, and those who review: managers and the administrator. */
const reads = staff('catalogue.publish')
const writes = staff('catalogue.write')

/** The services of the town: their list, drafts, reviews and versions. */
export const designerRoutes: Route[] = [
  route({ method: 'get', address: addresses.designer, access: reads, audit: ofServices, handle: showList }),
  route({
    method: 'get',
    address: addresses.designerNew,
    access: writes,
    audit: ofServices,
    handle: showNew,
  }),
  route({
    method: 'post',
    address: addresses.designerNew,
    access: writes,
    audit: acts('designer.draft-begun'),
    handle: saveNew,
  }),
  route({
    method: 'get',
    address: addresses.designerImport,
    access: writes,
    audit: ofServices,
    handle: showImport,
  }),
  route({
    method: 'post',
    address: addresses.designerImport,
    access: writes,
    audit: acts('designer.draft-begun'),
    bodyLimit: 2 * 1024 * 1024,
    handle: takeImport,
  }),
  route({
    method: 'get',
    address: addresses.designerDraft,
    access: reads,
    audit: ofServices,
    handle: showDraft,
  }),
  route({
    method: 'get',
    address: addresses.designerHistory,
    access: reads,
    audit: ofServices,
    handle: showHistory,
  }),
  route({
    method: 'get',
    address: addresses.designerText,
    access: reads,
    audit: ofServices,
    handle: showText,
  }),
  route({
    method: 'get',
    address: addresses.designerTextFile,
    access: reads,
    audit: ofServices,
    handle: sendDraftText,
  }),
  route({
    method: 'post',
    address: addresses.designerUndo,
    access: writes,
    audit: acts('designer.draft-changed'),
    handle: saveUndo,
  }),
  route({
    method: 'post',
    address: addresses.designerRedo,
    access: writes,
    audit: acts('designer.draft-changed'),
    handle: saveRedo,
  }),
  route({
    method: 'post',
    address: addresses.designerReview,
    access: reads,
    audit: acts('designer.review-decided'),
    handle: saveReview,
  }),
  route({
    method: 'post',
    address: addresses.designerPublish,
    access: reads,
    audit: acts('designer.draft-published'),
    handle: savePublish,
  }),
  route({
    method: 'post',
    address: addresses.designerDrop,
    access: writes,
    audit: acts('designer.draft-dropped'),
    handle: saveDrop,
  }),
  route({
    method: 'get',
    address: addresses.designerFees,
    access: staff('settings.read'),
    audit: ofNumbers,
    handle: showFeeRequests,
  }),
  route({
    method: 'post',
    address: addresses.designerFees,
    access: staff('settings.write'),
    audit: acts('treasury.tariff-applied'),
    handle: saveFeeRequests,
  }),
  route({
    method: 'get',
    address: addresses.designerService,
    access: reads,
    audit: ofServices,
    handle: showService,
  }),
  route({
    method: 'post',
    address: addresses.designerService,
    access: writes,
    audit: acts('designer.draft-begun'),
    handle: writeNext,
  }),
  route({
    method: 'get',
    address: addresses.designerCompare,
    access: reads,
    audit: ofServices,
    handle: showCompare,
  }),
  route({
    method: 'post',
    address: addresses.designerRetire,
    access: staff('catalogue.retire'),
    audit: acts('catalogue.retire'),
    handle: saveEnd,
  }),
  route({
    method: 'get',
    address: addresses.designerNational,
    access: reads,
    audit: ofServices,
    handle: showNational,
  }),
  route({
    method: 'post',
    address: addresses.designerNational,
    access: writes,
    audit: acts('designer.draft-begun'),
    handle: saveNational,
  }),
  route({
    method: 'get',
    address: addresses.designerVersionText,
    access: reads,
    audit: ofServices,
    handle: sendVersionText,
  }),
]
