/**
 * Every address of the house, once. Pages, messages and tests name an address here and let `fillAddress` (behind `page.url()` and
 * `townUrl()`) write the path; a law test forbids literal paths anywhere else. What the outside counts on stands in the contract:
 * /services, /track, /my, /counter, /office, /manage, /verify, /open, /api/v1.
 */

type ParamNames<P extends string> = P extends `${string}:${infer Name}/${infer Rest}`
  ? Name | ParamNames<`/${Rest}`>
  : P extends `${string}:${infer Name}`
    ? Name
    : never

export type Address<P extends string = string> = { readonly pattern: P }
export type AddressParams<P extends string> = Record<ParamNames<P>, string | number>
export type Query = Record<string, string | number | undefined>

function at<const P extends string>(pattern: P): Address<P> {
  return { pattern }
}

export const addresses = {
  // everyone
  front: at('/'),
  services: at('/services'),
  service: at('/services/:code'),
  /** The service as a BPMN 2.0 file. */
  serviceBpmn: at('/services/:code/bpmn'),
  track: at('/track'),
  trackLink: at('/track/:token'),
  /** What a message leads to, short enough to stand in one. */
  shortLink: at('/s/:code'),
  verify: at('/verify'),
  verifyCode: at('/verify/:code'),
  verifyProof: at('/verify/:code/proof'),
  /** The sealed log: its page, and its files as C2SP tlog-tiles names them; a tile's index takes up to three parts. */
  openSeal: at('/open/seal'),
  openSealDay: at('/open/seal/day/:date'),
  openSealCheckpoint: at('/open/seal/checkpoint'),
  openSealKey: at('/open/seal/key'),
  openSealTile: at('/open/seal/tile/:level/:a'),
  openSealTile2: at('/open/seal/tile/:level/:a/:b'),
  openSealTile3: at('/open/seal/tile/:level/:a/:b/:c'),
  openSealTile4: at('/open/seal/tile/:level/:a/:b/:c/:d'),
  openFairness: at('/open/fairness'),
  openStatus: at('/open/status'),
  guideBook: at('/open/guide.pdf'),
  openLooks: at('/open/looks'),
  privacy: at('/privacy'),
  help: at('/help'),
  helpTopic: at('/help/:topic'),
  locale: at('/locale'),
  asset: at('/assets/:name'),

  // turns, and the screens of the hall
  turn: at('/turn'),
  turnShow: at('/turn/:visit'),
  turnLeave: at('/turn/:visit/leave'),
  hall: at('/hall'),
  hallLive: at('/hall/live'),
  hallTurn: at('/hall/turn'),
  hallSlip: at('/hall/turn/:visit'),

  // log-in
  citizenLogIn: at('/my/log-in'),
  citizenPin: at('/my/pin'),
  /** The code a strange browser is asked for, and the way to be known before any PIN. */
  citizenCode: at('/my/code'),
  citizenKnown: at('/my/known'),
  citizenRegister: at('/my/register'),
  citizenRegisterCode: at('/my/register/code'),
  myDevices: at('/my/devices'),
  myMandates: at('/my/mandates'),
  myMandate: at('/my/mandates/:mandate'),
  actInPlace: at('/my/in-place'),
  staffLogIn: at('/office/log-in'),
  staffFirst: at('/office/first'),
  staffSignOn: at('/office/sign-on/:provider'),
  staffSignOnBack: at('/office/sign-on/:provider/back'),
  citizenSignOn: at('/my/sign-on/:provider'),
  citizenSignOnBack: at('/my/sign-on/:provider/back'),
  signOnLeave: at('/log-out/:provider'),
  /** A provider says here that somebody logged out at it. */
  signOnEnded: at('/hooks/sign-on/:provider/logout'),
  staffConfirm: at('/office/confirm'),
  logOut: at('/log-out'),
  parked: at('/continue/:token'),

  // citizen
  my: at('/my'),
  myRequests: at('/my/requests'),
  myRequest: at('/my/requests/:id'),
  myRequestPapers: at('/my/requests/:id/papers'),
  myRequestWithdraw: at('/my/requests/:id/withdraw'),
  myRequestAnswer: at('/my/requests/:id/answer'),
  myRequestLetters: at('/my/requests/:id/letters'),
  myRequestReceipt: at('/my/requests/:id/receipt'),
  myDues: at('/my/dues'),
  myTurn: at('/my/turn'),
  myMessages: at('/my/messages'),
  myLooks: at('/my/looks'),
  myUsages: at('/my/looks/usages'),
  myLookQuestion: at('/my/looks/:look/question'),
  myContactDetails: at('/my/contact-details'),
  startDraft: at('/my/file/:code'),
  draftPage: at('/my/drafts/:draft/pages/:page'),
  draftPapers: at('/my/drafts/:draft/papers'),
  draftPaper: at('/my/drafts/:draft/papers/:paper'),
  draftSummary: at('/my/drafts/:draft/summary'),
  draftSave: at('/my/drafts/:draft/save/:page'),
  draftDiscard: at('/my/drafts/:draft/discard'),

  // citizen: what the town is told
  myContact: at('/my/contact'),
  myContactThread: at('/my/contact/:id'),
  myComplaint: at('/my/complaint'),
  myRate: at('/my/requests/:id/rate'),

  // citizen: dues and paying
  myStatement: at('/my/dues/statement'),
  myReceipt: at('/my/dues/receipts/:id'),
  myReceiptProof: at('/my/dues/receipts/:id/proof'),
  myPay: at('/my/pay'),
  myPayment: at('/my/pay/:id'),
  paymentAnswer: at('/payments/answer'),
  /** Called by providers of messages; the token is a provider's own. */
  messageReport: at('/hooks/messages/:token/report'),
  messageIncoming: at('/hooks/messages/:token/incoming'),

  // archive
  uploads: at('/uploads'),
  upload: at('/uploads/:id'),
  document: at('/documents/:id'),
  documentThumbnail: at('/documents/:id/thumbnail'),
  documentPreview: at('/documents/:id/preview'),
  documentPage: at('/documents/:id/pages/:page'),

  // counter
  counter: at('/counter'),
  counterPerson: at('/counter/people/:person'),
  counterRegister: at('/counter/people'),
  counterPin: at('/counter/people/:person/pin'),
  counterPresence: at('/counter/people/:person/presence'),
  counterMandates: at('/counter/people/:person/mandates'),
  counterPhone: at('/counter/people/:person/phone'),
  counterNumbers: at('/counter/people/:person/numbers'),
  counterNumberAsked: at('/counter/people/:person/numbers/asked'),
  counterStart: at('/counter/people/:person/file/:code'),
  counterRecord: at('/counter/people/:person/record'),
  counterLooks: at('/counter/people/:person/looks'),
  counterMerge: at('/counter/people/:person/merge'),
  counterUnmerge: at('/counter/people/:person/unmerge'),
  counterDraft: at('/counter/drafts/:draft'),
  counterDraftPage: at('/counter/drafts/:draft/pages/:page'),
  counterDraftPaper: at('/counter/drafts/:draft/papers/:paper'),
  counterDraftFee: at('/counter/drafts/:draft/fee'),
  counterDraftTill: at('/counter/drafts/:draft/till'),
  counterException: at('/counter/drafts/:draft/exception'),
  counterDraftParty: at('/counter/drafts/:draft/parties'),
  counterDraftConfirm: at('/counter/drafts/:draft/confirm'),
  counterDraftScreen: at('/counter/drafts/:draft/screen'),
  counterFile: at('/counter/drafts/:draft/submit'),
  counterReceived: at('/counter/requests/:id'),
  counterCollect: at('/counter/requests/:id/collect'),
  counterPapers: at('/counter/requests/:id/papers'),
  counterParties: at('/counter/requests/:id/parties'),
  counterHandOver: at('/counter/requests/:id/hand-over'),
  counterOriginals: at('/counter/originals'),
  counterOriginal: at('/counter/originals/:original'),
  counterVisit: at('/counter/visit'),
  counterVisits: at('/counter/visits'),
  receipt: at('/counter/receipts/:id'),
  receiptProof: at('/counter/receipts/:id/proof'),
  receiptReverse: at('/counter/receipts/:id/reverse'),
  till: at('/counter/till'),
  tillOpen: at('/counter/till/open'),
  tillClose: at('/counter/till/close'),
  tillSession: at('/counter/till/sessions/:session'),

  // counter and treasurer: what somebody owes
  counterPay: at('/counter/people/:person/pay'),
  counterDues: at('/counter/people/:person/dues'),
  counterStatement: at('/counter/people/:person/statement'),
  counterPlan: at('/counter/people/:person/dues/plan'),
  counterTransfer: at('/counter/people/:person/dues/transfer'),
  counterAllocate: at('/counter/people/:person/dues/allocate'),
  counterExempt: at('/counter/people/:person/dues/exempt'),
  plan: at('/counter/plans/:plan'),
  planDecide: at('/counter/plans/:plan/decide'),
  planEnd: at('/counter/plans/:plan/end'),

  // office
  inbox: at('/office'),
  officeRequest: at('/office/requests/:id'),
  officeAct: at('/office/requests/:id/acts/:act'),
  officeRequests: at('/office/requests'),
  officeRequestSheet: at('/office/requests/:id/sheet'),
  officePaper: at('/office/requests/:id/papers/:document'),
  search: at('/office/search'),
  person: at('/office/people/:person'),
  certificate: at('/office/certificates/:id'),
  certificateRevoke: at('/office/certificates/:id/revoke'),
  certificateReissue: at('/office/certificates/:id/reissue'),
  /** Why a file should be opened that no task, visit or inspection opens. */
  why: at('/office/why'),
  /** Why somebody goes on through lists of people beyond the day's limit. */
  rowsWhy: at('/office/why/lists'),
  lookReview: at('/office/looks'),
  lookPresence: at('/office/looks/presence'),
  lookRows: at('/office/looks/lists'),
  lookQuestions: at('/office/looks/questions'),
  lookQuestion: at('/office/looks/questions/:question'),
  releases: at('/office/releases'),
  release: at('/office/releases/:release'),
  live: at('/office/live'),
  officeKeys: at('/office/keys'),
  officeBulk: at('/office/bulk'),
  audit: at('/office/audit'),
  auditEntry: at('/office/audit/:entry'),
  auditEntryProof: at('/office/audit/:entry/proof'),
  myDesk: at('/office/desk'),
  mySecurity: at('/office/security'),
  securityPassword: at('/office/security/password'),
  securityApp: at('/office/security/app'),
  securityPasskeys: at('/office/security/passkeys'),
  securityPasskeyRemove: at('/office/security/passkeys/:key/remove'),
  securityCodes: at('/office/security/codes'),
  securitySessions: at('/office/security/log-ins'),
  outings: at('/office/visits-out'),
  deskPhrases: at('/office/desk/phrases'),
  deskPhraseRemove: at('/office/desk/phrases/:phrase/remove'),
  deskAbsences: at('/office/desk/absences'),
  deskAbsenceEnd: at('/office/desk/absences/:absence/end'),
  deskDelegations: at('/office/desk/delegations'),
  deskDelegationEnd: at('/office/desk/delegations/:delegation/end'),
  officePapers: at('/office/requests/:id/papers'),
  officeNotes: at('/office/requests/:id/notes'),
  officeNoteRemove: at('/office/requests/:id/notes/:note/remove'),
  officeLetters: at('/office/requests/:id/letters'),
  messages: at('/office/messages'),
  messagesTrouble: at('/office/messages/trouble'),
  messagesPost: at('/office/messages/post'),
  messagesFigures: at('/office/messages/figures'),
  messagesExport: at('/office/messages/export'),
  message: at('/office/messages/:id'),
  messageSettle: at('/office/messages/:id/settle'),
  heldLetters: at('/office/messages/held/letters'),
  heldLetter: at('/office/messages/held/letters/:letter'),
  heldRule: at('/office/messages/held/rule'),
  doubtfulNumbers: at('/office/messages/numbers'),
  incoming: at('/office/incoming'),
  incomingInvite: at('/office/incoming/invite'),
  incomingText: at('/office/incoming/:id'),
  incomingTake: at('/office/incoming/:id/take'),
  incomingAnswer: at('/office/incoming/:id/answer'),
  incomingLink: at('/office/incoming/:id/link'),
  incomingSeen: at('/office/incoming/:id/seen'),

  // manage
  manage: at('/manage'),
  staffList: at('/manage/staff'),
  staffNew: at('/manage/staff/new'),
  staffApprovers: at('/manage/staff/approvers'),
  staffProposal: at('/manage/staff/proposals/:proposal'),
  staffProposalHalf: at('/manage/staff/proposals/:proposal/half'),
  staffMember: at('/manage/staff/:staff'),
  staffAppoint: at('/manage/staff/:staff/appoint'),
  staffAppointmentEnd: at('/manage/staff/:staff/appointments/:appointment/end'),
  staffReset: at('/manage/staff/:staff/reset'),
  staffLeave: at('/manage/staff/:staff/leave'),
  staffReturn: at('/manage/staff/:staff/return'),
  staffFormHand: at('/manage/staff/:staff/forms/:form'),
  handedForm: at('/office/handed/:form'),
  manageKeys: at('/manage/keys'),
  manageKeyRevoke: at('/manage/keys/:key/revoke'),
  signOnProviders: at('/manage/sign-on'),
  signOnProviderNew: at('/manage/sign-on/new'),
  signOnProvider: at('/manage/sign-on/:provider'),
  signOnProviderSwitch: at('/manage/sign-on/:provider/switch'),
  manageSettings: at('/manage/settings'),
  manageConfirm: at('/manage/confirm'),
  manageCalendar: at('/manage/calendar'),
  manageCalendarWithdraw: at('/manage/calendar/withdraw'),
  manageWindows: at('/manage/windows'),
  manageRate: at('/manage/rate'),
  manageCounter: at('/manage/counter'),
  manageBackups: at('/manage/backups'),
  managePrivacy: at('/manage/privacy'),
  managePrivacyReview: at('/manage/privacy/:version/review'),
  manageLooks: at('/manage/looks'),
  retention: at('/manage/retention'),
  retentionReview: at('/manage/retention/:rule/review'),
  destruction: at('/manage/destruction'),
  destructionNew: at('/manage/destruction/new'),
  destructionCommittee: at('/manage/destruction/committee'),
  destructionAct: at('/manage/destruction/:act'),
  destructionList: at('/manage/destruction/:act/list'),
  destructionMinutes: at('/manage/destruction/:act/minutes'),
  destructionPaper: at('/manage/destruction/:act/papers/:paper'),
  destructionDecide: at('/manage/destruction/:act/decide'),
  destructionStop: at('/manage/destruction/:act/stop'),
  legalHolds: at('/manage/holds'),
  legalHoldEnd: at('/manage/holds/:hold/end'),
  openDestruction: at('/open/destruction'),
  manageConsents: at('/manage/consents'),
  manageConsentEnd: at('/manage/consents/:purpose/end'),
  myConsents: at('/my/consents'),
  counterConsents: at('/counter/people/:person/consents'),
  counterConsentSheet: at('/counter/people/:person/consents/sheet'),

  // designer: services written, reviewed, published, retired
  designer: at('/manage/services'),
  designerNew: at('/manage/services/new'),
  designerImport: at('/manage/services/import'),
  designerService: at('/manage/services/:code'),
  designerCompare: at('/manage/services/:code/compare'),
  designerRetire: at('/manage/services/:code/retire'),
  designerNational: at('/manage/services/:code/national'),
  designerVersionText: at('/manage/services/:code/versions/:version/text.yaml'),
  designerDraft: at('/manage/services/drafts/:draft'),
  designerHistory: at('/manage/services/drafts/:draft/history'),
  designerUndo: at('/manage/services/drafts/:draft/undo'),
  designerRedo: at('/manage/services/drafts/:draft/redo'),
  designerDrop: at('/manage/services/drafts/:draft/drop'),
  designerText: at('/manage/services/drafts/:draft/text'),
  designerTextFile: at('/manage/services/drafts/:draft/text.yaml'),
  designerReview: at('/manage/services/drafts/:draft/review'),
  designerPublish: at('/manage/services/drafts/:draft/publish'),
  designerFees: at('/manage/services/fees/:key'),
  designerPart: at('/manage/services/drafts/:draft/parts/:part'),
  designerFormula: at('/manage/services/drafts/:draft/formula'),
  designerPreview: at('/manage/services/drafts/:draft/preview/:as'),
  designerRecord: at('/manage/services/drafts/:draft/record'),

  // templates: the town's own words for messages
  messageProviders: at('/manage/messages/providers'),
  messagePauses: at('/manage/messages/providers/pauses'),
  messageQuiet: at('/manage/messages/providers/quiet'),
  messageProviderNew: at('/manage/messages/providers/new'),
  messageProvider: at('/manage/messages/providers/:provider'),
  messageProviderSettings: at('/manage/messages/providers/:provider/settings'),
  messageProviderAct: at('/manage/messages/providers/:provider/act'),
  messageTemplates: at('/manage/messages/templates'),
  messageTemplate: at('/manage/messages/templates/:of/:event'),
  messageTemplateReview: at('/manage/messages/templates/:of/:event/review'),

  // treasurer: tills, books, cheques, reports
  treasury: at('/manage/treasury'),
  treasuryHandOver: at('/manage/treasury/sessions/:session'),
  treasuryReversal: at('/manage/treasury/reversals/:proposal'),
  treasuryBooks: at('/manage/treasury/books'),
  treasuryBook: at('/manage/treasury/books/:book'),
  treasuryCheques: at('/manage/treasury/cheques'),
  treasuryCheque: at('/manage/treasury/cheques/:cheque'),
  treasuryPage: at('/manage/treasury/hand-written'),
  treasuryReceipts: at('/manage/treasury/receipts'),
  treasuryDayBook: at('/manage/treasury/day-book'),
  treasuryTills: at('/manage/treasury/tills'),
  treasuryIncome: at('/manage/treasury/income'),
  treasuryRules: at('/manage/treasury/rules'),
  // imports: what the town's present programs bring
  imports: at('/manage/imports'),
  importNew: at('/manage/imports/new'),
  importSource: at('/manage/imports/:source'),
  importLink: at('/manage/imports/:source/link'),
  importFetch: at('/manage/imports/:source/fetch'),
  importDecisions: at('/manage/imports/:source/decisions'),
  importRun: at('/manage/imports/runs/:run'),
  importReading: at('/manage/imports/runs/:run/reading'),
  importRows: at('/manage/imports/runs/:run/rows'),
  importRejects: at('/manage/imports/runs/:run/rows.csv'),

  manageArrears: at('/manage/arrears'),
  managePlans: at('/manage/plans'),
  manageExemptions: at('/manage/exemptions'),
  manageExemptionEnd: at('/manage/exemptions/:id/end'),
  manageExceptions: at('/manage/exceptions'),
  managePayments: at('/manage/payments'),
  managePayment: at('/manage/payments/:id'),
  managePaymentRefund: at('/manage/payments/:id/refund'),
  managePaymentDecide: at('/manage/payments/:id/decide'),
  managePaymentKeep: at('/manage/payments/:id/keep'),

  // centre: the manager's and the mayor's pages
  floor: at('/manage/floor'),
  floorAssign: at('/manage/floor/assign/:task'),
  floorOvertaking: at('/manage/floor/overtaking/:id'),
  review: at('/manage/review'),
  reviewAct: at('/manage/review/:task'),
  lateTasks: at('/manage/late'),
  today: at('/office/today'),

  // signing
  sign: at('/office/sign'),
  signConfirm: at('/office/sign/confirm'),
  signReport: at('/office/sign/report'),
  signPaper: at('/office/sign/:id'),
  signDraft: at('/office/sign/:id/draft'),
  signBack: at('/office/sign/:id/back'),
  outgoing: at('/office/outgoing'),
  handPaper: at('/office/outgoing/:id'),
  signatories: at('/manage/signatories'),
  signatoryNew: at('/manage/signatories/new'),
  signatory: at('/manage/signatories/:id'),
  signatoryDeputy: at('/manage/signatories/:id/deputy'),
  signatoryEnd: at('/manage/signatories/:id/end'),

  // feedback
  feedback: at('/manage/feedback'),
  contacts: at('/office/contact'),
  contact: at('/office/contact/:id'),
  complaints: at('/office/complaints'),
  complaint: at('/office/complaints/:id'),
  requestClosing: at('/office/requests/:id/closed-to'),
  counterWord: at('/counter/people/:person/word'),

  // bulletins: what is told to many at once
  bulletins: at('/office/bulletins'),
  bulletinNew: at('/office/bulletins/new'),
  bulletin: at('/office/bulletins/:bulletin'),
  bulletinEdit: at('/office/bulletins/:bulletin/edit'),
  bulletinColumn: at('/office/bulletins/:bulletin/column'),
  bulletinReview: at('/office/bulletins/:bulletin/review'),

  // demo
  demoPhones: at('/demo/phone'),
  demoPhone: at('/demo/phone/:number'),

  // REST
  api: at('/api/v1'),
  openApi: at('/api/v1/openapi.json'),
  apiServices: at('/api/v1/services'),
  apiService: at('/api/v1/services/:code'),
  apiFiles: at('/api/v1/files'),
  apiRequests: at('/api/v1/requests'),
  apiRequest: at('/api/v1/requests/:id'),
  apiActions: at('/api/v1/requests/:id/actions'),
  apiPeopleLookup: at('/api/v1/people/lookup'),
  apiPersonDues: at('/api/v1/people/:person/dues'),
  apiPersonUsages: at('/api/v1/people/:person/usages'),
  apiPayments: at('/api/v1/payments'),
  apiReceipt: at('/api/v1/receipts/:number'),
  apiMessages: at('/api/v1/messages'),
  apiTasks: at('/api/v1/tasks'),

  // of the process, not of a town
  healthz: at('/healthz'),
  readyz: at('/readyz'),
  metrics: at('/metrics'),
} as const

/** The path of an address with its parameters and query filled in, percent-encoded. */
export function fillAddress<P extends string>(
  address: Address<P>,
  params: AddressParams<P>,
  query?: Query,
): string {
  const values = params as Record<string, string | number>
  const path = address.pattern.replace(/:(\w+)/g, (_, name: string) => {
    const value = values[name]
    if (value === undefined) throw new Error(`address ${address.pattern} misses ${name}`)
    return encodeURIComponent(String(value))
  })
  const search = new URLSearchParams()
  for (const [name, value] of Object.entries(query ?? {})) {
    if (value !== undefined && value !== '') search.set(name, String(value))
  }
  const text = search.toString()
  return text ? `${path}?${text}` : path
}

/**
 * The address of a page of one town. `prefix` is `''` where the town has a host of its own and `/~SLUG` where towns share one.
 */
export function townUrl<P extends string>(
  town: { prefix: string },
  address: Address<P>,
  params: AddressParams<P>,
  query?: Query,
): string {
  return town.prefix + fillAddress(address, params, query)
}
