/** messaging: what the town says to people, planned with the act it tells of. */
export {
  anyWaiting,
  type BulkFigure,
  bulkFigures,
  bulkOf,
  cancelBulk,
  holdBulk,
  planBulk,
  releaseBulk,
  smsTariff,
  type Tariff,
  underWay,
} from './bulk/index.ts'
export { messageFigures } from './figures.ts'
export { letGo, takeBack } from './held.ts'
export {
  type Heard,
  type IncomingHandler,
  type IncomingListener,
  type IncomingSms,
  invitesTexts,
  lendTextLinker,
  type OpenQuestion,
  onIncoming,
  type Reply,
  receive,
  type TextLinker,
  takeIncoming,
} from './incoming/index.ts'
export {
  addLinks,
  countTry,
  findLink,
  type LinkKind,
  type LinkOpener,
  type LinkRow,
  linkRow,
  mostTries,
  type NewLink,
  type PlannedLink,
  planLink,
  registerLink,
  type ShortLink,
} from './links/index.ts'
export { listenForLogIns } from './log-ins/listen.ts'
export { type ContactDesk, contactStep, labelOf, numberOf, readMobile } from './numbers/acts.ts'
export { type ConsentKeeper, lendConsents } from './numbers/consent.ts'
export {
  answerKinds,
  carryWishes,
  leaveOut,
  leftOutOf,
  optOut,
} from './numbers/opt-out.ts'
export {
  ChannelPane,
  CodePane,
  type ContactPart,
  EmailPane,
  KindsPane,
} from './numbers/parts.tsx'
export { LabelField, NumberState, NumbersPane } from './numbers/phones.tsx'
export { contactTexts } from './numbers/strings.ts'
export { contactOf } from './numbers/view.ts'
export {
  type Filled,
  type Filler,
  registerFiller,
  sendDue,
  startSending,
  takeReports,
} from './outbox/index.ts'
export { MessageTabs } from './pages/tabs.tsx'
export { failureWords } from './pages/words.tsx'
export { type NewMessage, planMessage } from './plan.ts'
export { countPast } from './proof/count.ts'
export { proofJobs } from './proof/jobs.ts'
export { proofRoutes } from './proof/routes.ts'
export { messagingRoutes } from './routes.ts'
export {
  markRead,
  messagesOfPerson,
  messagesOfRequest,
  type ShownMessage,
  saidInRequest,
} from './store.ts'
export { decideOnWords, withdrawWords, writeWords } from './templates/acts.ts'
export { forgetTownWords, type TownWording, townWords } from './templates/kept.ts'
export { everyKey, serviceKey, type TemplateUsed, type WordsFrom } from './templates/model.ts'
export { wordNames } from './templates/names.ts'
export { lendPreview, type Previewer } from './templates/preview.ts'
export { priceOfPart } from './templates/price.ts'
export { firstFilled, type OfficeWords, registerWords, type Worded, worded } from './templates/registry.ts'
export type { VariableName } from './templates/vocabulary.ts'
