import { addresses } from '../../src/lib/addresses.ts'
import { helpTopics } from '../../src/ui/index.ts'
import type { Life } from './life.ts'
import type { Post } from './town.ts'
import { type Stop, stop } from './walk.ts'

/** Addresses that are asked for by pages and programs, and show no page of their own. */
export const besides = [
  addresses.asset,
  addresses.locale,
  addresses.logOut,
  addresses.live,
  addresses.uploads,
  addresses.upload,
  addresses.document,
  addresses.documentThumbnail,
  addresses.documentPreview,
  addresses.openApi,
  addresses.guideBook,
  addresses.serviceBpmn,
  // leads on to the request
  addresses.officeAct,
  addresses.hallLive,
]

/** Pages that stand open to anybody. */
export const openStops = (life: Life, parked: string): Stop[] => [
  stop(addresses.front, {}),
  stop(addresses.services, {}),
  stop(addresses.services, {}, { q: 'عداد' }),
  stop(addresses.service, { code: 'ELE-01' }),
  stop(addresses.service, { code: 'ADM-01' }),
  stop(addresses.help, {}),
  ...helpTopics.map(topic => stop(addresses.helpTopic, { topic })),
  stop(addresses.openStatus, {}),
  stop(addresses.track, {}),
  stop(addresses.trackLink, { token: life.trackingToken }),
  ...life.links.map(code => stop(addresses.shortLink, { code })),
  stop(addresses.verify, {}),
  stop(addresses.verifyCode, { code: life.certificate.code }),
  stop(addresses.citizenLogIn, {}),
  stop(addresses.staffLogIn, {}),
  stop(addresses.parked, { token: parked }),
  stop(addresses.turn, {}),
  stop(addresses.turnShow, { visit: life.turn }),
  stop(addresses.hall, {}),
  stop(addresses.hallTurn, {}),
  stop(addresses.hallSlip, { visit: life.turn }),
  stop(addresses.demoPhones, {}),
  stop(addresses.demoPhone, { number: life.phone }),
]

/** Pages of a citizen; `draft` is a form of theirs, filled but for its papers. */
export const citizenStops = ({ requests }: Life, draft: string): Stop[] => [
  stop(addresses.front, {}),
  stop(addresses.my, {}),
  stop(addresses.myRequests, {}),
  ...Object.values(requests).map(id => stop(addresses.myRequest, { id })),
  stop(addresses.myRequestReceipt, { id: requests.unpaid }),
  stop(addresses.myRequestWithdraw, { id: requests.new }),
  stop(addresses.myDues, {}),
  stop(addresses.myTurn, {}),
  stop(addresses.myMessages, {}),
  stop(addresses.myLooks, {}),
  stop(addresses.myContactDetails, {}),
  stop(addresses.myContact, {}),
  stop(addresses.myComplaint, {}),
  stop(addresses.startDraft, { code: 'ELE-04' }),
  ...['place', 'right', 'use'].map(page => stop(addresses.draftPage, { draft, page })),
  stop(addresses.draftPapers, { draft }),
  stop(addresses.draftSummary, { draft }),
  stop(addresses.citizenPin, {}),
]

const opened = (id: string, act?: string): Stop => stop(addresses.officeRequest, { id }, { act })

/** Pages of the staff by post; `draft` is a form in the clerk's hand. */
export const staffStops = (life: Life, draft: string) => {
  const { requests, person, certificate, receipt } = life
  return {
    clerk: [
      stop(addresses.counter, {}),
      stop(addresses.counter, {}, { q: 'سميرة' }),
      stop(addresses.counter, {}, { q: 'لا أحد بهذا الاسم' }),
      stop(addresses.counterVisits, {}),
      stop(addresses.incoming, {}),
      stop(addresses.officeKeys, {}),
      stop(addresses.counterRegister, {}),
      stop(addresses.counterRegister, {}, { kind: 'organisation' }),
      stop(addresses.counterPerson, { person: person.id }),
      stop(addresses.counterWord, { person: person.id }),
      stop(addresses.counterNumbers, { person: person.id }),
      stop(addresses.doubtfulNumbers, {}),
      stop(addresses.counterDraft, { draft }),
      stop(addresses.counterReceived, { id: requests.unpaid }),
      stop(addresses.counterReceived, { id: requests.done }),
      stop(addresses.counterPapers, { id: requests.lacking }),
      stop(addresses.inbox, {}),
      opened(requests.new),
      opened(requests.new, 'reject'),
      opened(requests.done),
      stop(addresses.officeRequests, {}),
      stop(addresses.search, {}, { q: 'سميرة' }),
      stop(addresses.search, {}, { q: 'لا أحد' }),
      stop(addresses.person, { person: person.id }),
      stop(addresses.receipt, { id: receipt }),
    ],
    planner: [
      ...['mine', 'office', 'deferred', 'information', 'forwarded'].map(box =>
        stop(addresses.inbox, {}, { box }),
      ),
      opened(requests.lacking),
      opened(requests.referred),
    ],
    head: [stop(addresses.inbox, {}), opened(requests.unsigned)],
    engineer: [
      opened(requests.referred),
      opened(requests.done),
      stop(addresses.person, { person: person.id }),
    ],
    mayor: [
      stop(addresses.today, {}),
      stop(addresses.sign, {}),
      stop(addresses.sign, {}, { all: '1' }),
      stop(addresses.signPaper, { id: requests.unsigned }),
      stop(addresses.lateTasks, {}),
      stop(addresses.outgoing, {}),
      stop(addresses.inbox, {}),
      ...[undefined, 'refer', 'return', 'defer', 'reject'].map(act => opened(requests.unsigned, act)),
      stop(addresses.officeRequestSheet, { id: requests.unsigned }),
      stop(addresses.certificate, { id: certificate.id }),
      stop(addresses.certificateRevoke, { id: certificate.id }),
      stop(addresses.certificateReissue, { id: certificate.id }),
    ],
    manager: [
      stop(addresses.floor, {}),
      stop(addresses.lateTasks, {}),
      stop(addresses.review, {}),
      stop(addresses.feedback, {}),
      stop(addresses.contacts, {}),
      stop(addresses.complaints, {}),
      stop(addresses.requestClosing, { id: requests.unsigned }),
      stop(addresses.manageWindows, {}),
      stop(addresses.manageWindows, {}, { edit: 'window:1' }),
      stop(addresses.officeRequests, {}),
      stop(addresses.officeRequests, {}, { state: 'rejected' }),
      opened(requests.rejected, 'reopen'),
      stop(addresses.search, {}, { q: 'سميرة' }),
      stop(addresses.counter, {}),
    ],
    collector: [
      stop(addresses.counterCollect, { id: requests.unpaid }),
      stop(addresses.counterCollect, { id: requests.signed }),
      stop(addresses.receipt, { id: receipt }),
      stop(addresses.receiptReverse, { id: receipt }),
      stop(addresses.till, {}),
    ],
    treasurer: [
      stop(addresses.till, {}, { whose: 'all' }),
      stop(addresses.manage, {}),
      stop(addresses.manageBackups, {}),
      stop(addresses.manageRate, {}, { currency: 'JOD' }),
    ],
    admin: [
      stop(addresses.signatories, {}),
      stop(addresses.signatoryNew, {}),
      stop(addresses.manage, {}),
      stop(addresses.manageSettings, {}, { fee: 'subscriptionFee' }),
      stop(addresses.manageConfirm, {}),
      stop(addresses.manageCalendar, {}),
    ],
  } satisfies Partial<Record<Post, Stop[]>>
}
