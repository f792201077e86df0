import { addresses } from '../../../lib/addresses.ts'
import { acts, looks, nothing, type Route, route, staff } from '../../../web/route.ts'
import { takesRelease } from '../../looks/index.ts'
import { changeBook, saveBook, showBooks } from './pages/books.tsx'
import { askReturn, settleCheque, showCheques } from './pages/cheques.tsx'
import { showHandOver, takeOver } from './pages/hand-over.tsx'
import { enterPage, showPageForm } from './pages/hand-written.tsx'
import { decide, showHub } from './pages/hub.tsx'
import { showReceipts } from './pages/receipts.tsx'
import { showDayBook, showIncome } from './pages/reports.tsx'
import { saveRules, showRules } from './pages/rules.tsx'
import { showTills } from './pages/tills.tsx'

const treasurer = staff('till.hand-over')
const ofTills = nothing(
  'shows sums of tills and books and no personal file; each receipt that is opened is a look',
)

/** The treasurer's pages: tills to be taken over, books, cheques, what was written by hand, reports. */
export const treasurerRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.treasury,
    access: treasurer,
    audit: looks('treasury.hub-shown'),
    handle: call => showHub(call),
  }),
  route({
    method: 'post',
    address: addresses.treasuryReversal,
    access: treasurer,
    audit: acts('treasury.reversal-agreed'),
    handle: decide,
  }),
  route({
    method: 'get',
    address: addresses.treasuryHandOver,
    access: treasurer,
    audit: ofTills,
    handle: showHandOver,
  }),
  route({
    method: 'post',
    address: addresses.treasuryHandOver,
    access: treasurer,
    audit: acts('treasury.till-handed-over'),
    handle: takeOver,
  }),
  route({
    method: 'get',
    address: addresses.treasuryBooks,
    access: treasurer,
    audit: ofTills,
    handle: call => showBooks(call),
  }),
  route({
    method: 'post',
    address: addresses.treasuryBooks,
    access: treasurer,
    audit: acts('treasury.book-added'),
    handle: saveBook,
  }),
  route({
    method: 'post',
    address: addresses.treasuryBook,
    access: treasurer,
    audit: acts('treasury.book-put-away'),
    handle: changeBook,
  }),
  route({
    method: 'get',
    address: addresses.treasuryCheques,
    access: treasurer,
    audit: ofTills,
    handle: call => showCheques(call),
  }),
  route({
    method: 'get',
    address: addresses.treasuryCheque,
    access: treasurer,
    audit: ofTills,
    handle: call => askReturn(call),
  }),
  route({
    method: 'post',
    address: addresses.treasuryCheque,
    access: treasurer,
    audit: acts('treasury.cheque-returned'),
    handle: settleCheque,
  }),
  route({
    method: 'get',
    address: addresses.treasuryPage,
    access: treasurer,
    audit: ofTills,
    handle: call => showPageForm(call),
  }),
  route({
    method: 'post',
    address: addresses.treasuryPage,
    access: treasurer,
    audit: acts('treasury.receipt-taken'),
    handle: enterPage,
  }),
  route({
    method: 'get',
    address: addresses.treasuryReceipts,
    access: treasurer,
    audit: looks('treasury.receipts-searched'),
    stepUp: takesRelease,
    handle: showReceipts,
  }),
  route({
    method: 'get',
    address: addresses.treasuryDayBook,
    access: treasurer,
    audit: ofTills,
    handle: showDayBook,
  }),
  route({
    method: 'get',
    address: addresses.treasuryTills,
    access: treasurer,
    audit: ofTills,
    handle: showTills,
  }),
  route({
    method: 'get',
    address: addresses.treasuryIncome,
    access: staff('town.statistics'),
    audit: nothing('sums by kind of due and nothing of a person'),
    mayBeOld: true,
    handle: showIncome,
  }),
  route({
    method: 'get',
    address: addresses.treasuryRules,
    access: treasurer,
    audit: ofTills,
    handle: call => showRules(call),
  }),
  route({
    method: 'post',
    address: addresses.treasuryRules,
    access: treasurer,
    audit: acts('treasury.till-settings-written'),
    handle: saveRules,
  }),
]
