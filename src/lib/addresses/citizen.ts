import { at } from './at.ts'

/** Addresses of whoever is logged in as a citizen: /my. */
export const citizen = {
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
  citizenSignOn: at('/my/sign-on/:provider'),
  citizenSignOnBack: at('/my/sign-on/:provider/back'),

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
  /** A copy of everything kept about somebody, and what of it is wrong. */
  myData: at('/my/data'),
  myDataCopy: at('/my/data/copies/:copy'),
  myDataFile: at('/my/data/copies/:copy/files/:file'),
  myCorrect: at('/my/data/correct'),
  myCorrection: at('/my/data/corrections/:correction'),
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

  // manage
  myConsents: at('/my/consents'),
} as const
