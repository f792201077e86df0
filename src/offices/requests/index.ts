/** requests: a request from filing to delivery. */
import './causes.ts'

export { documentVisible, requestVisible } from './access.ts'
export { type AccountOnOffer, accountsOfPerson, accountsOnOffer, registerAccounts } from './accounts.ts'
export { type ActDataJson, actData } from './act-data.ts'
export { type ActInput, type ActResult, performAct } from './actions.ts'
export { type Box, boxes, countBoxes, listTasks, type TaskLine } from './boxes.ts'
/** What the counter draws and reads as the citizen's own form does. */
export { accountChoices } from './citizen/filing/accounts.ts'
export { type Filing as FormInHand, filingOf } from './citizen/filing/desk.ts'
export { type FormTown, Question } from './citizen/filing/field.tsx'
export { type PaperInHand, papersInHand } from './citizen/filing/paper-desk.ts'
export { actWord, useActWords } from './citizen/mine/act-words.ts'
export { type LentPane, lendRequestPane } from './citizen/mine/lent.ts'
export { getMine as myRequest } from './citizen/mine/request.tsx'
export { Whereabouts } from './citizen/mine/whereabouts.tsx'
export { citizenRoutes } from './citizen/routes.ts'
export { type Raw, rawOf } from './citizen/typed.ts'
export {
  type Confirmation,
  type ConfirmationWay,
  noteConfirmation,
} from './confirmation.ts'
export {
  type Desk,
  type Effect,
  type EffectNeeds,
  effectNames,
  effectReads,
  registerEffect,
} from './desk.ts'
export { type Draft, draftsOf, getDraft, type NewDraft, openDraft, saveDraft } from './drafts.ts'
export { assessFees, tariffsFor } from './fees.ts'
export { fileRequest } from './file.ts'
export { type FiledOnce, fileAtOnce, type KeptFiling } from './filing/at-once.ts'
export { duesOfThose, faultsOf, judgeDues } from './filing/check.ts'
export { trackingToken } from './filing/decide.ts'
export type { Filed, Filing, FilingKey, FilingPaper } from './filing/model.ts'
export { catalogueFor, forgetStanding, keptCatalogue, standingOf } from './filing/standing.ts'
export { requestJobs } from './jobs.ts'
export { type Known, knownAnswers, nothingKnown } from './known.ts'
export { writeLetter } from './letters/acts.ts'
export {
  findByNumber,
  listRequests,
  type RequestFilter,
  type RequestLine,
  requestsOfPerson,
} from './lists.ts'
export { serviceNames } from './mandates/list.tsx'
export {
  MandateActs,
  MandateFlag,
  MandateServices,
  MandateTerm,
  type MandateTyped,
  type ServiceNames,
  TermFields,
} from './mandates/parts.tsx'
export { mandateRoutes } from './mandates/routes.ts'
export { mandateText, mandateTexts } from './mandates/strings.ts'
export { type Frozen, type Request, readRequestNumber, requestNumber } from './model.ts'
export { addNote } from './notes/store.ts'
export { draftOutput, signingCase, worthOf } from './outputs.ts'
export { type AttachedPaper, attachPaper, papersOf } from './papers.ts'
export { addParty, endParty } from './parties/acts.ts'
export { type Collector, collectorsOf } from './parties/collect.ts'
export {
  actsForAnother,
  beneficiaryOf,
  concernedIn,
  inTerm,
  type NewParty,
  type Party,
  type PartyCapacity,
  partyCapacities,
  type Share,
  sharesExceedWhole,
} from './parties/model.ts'
export { boxesOfCapacity, isPartyCapacity, readTerms } from './parties/read.ts'
export { beneficiaryOfRequest, partiesOf } from './parties/store.ts'
export { type PartRequest, partsOf } from './parts/store.ts'
export { registerRequests } from './register.ts'
export { addPhrase } from './staff/desk/phrases.ts'
export { findingsOf } from './staff/request/answers.tsx'
export { officeRoutes } from './staff/routes.ts'
export { strangeOnStep, townOfStep, valuesWhileTyped } from './step-questions.ts'
export { actionsOf, getRequest } from './store.ts'
export { surroundingsOf, whoIs } from './surroundings.ts'
