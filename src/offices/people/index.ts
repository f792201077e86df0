/** people: persons, their telephones and log-ins; offices, staff, appointments, sessions. */

export {
  type Absence,
  absencesFrom,
  endAbsence,
  enterAbsence,
  getAbsence,
  type NewAbsence,
} from './absences.ts'
export { registerMany } from './bulk.ts'
export { announceChange, calendarNow, withdrawChange } from './calendar/actions.ts'
export { peopleCommands } from './commands.ts'
export {
  type ContactChannels,
  contactChannels,
  emailOf,
  endEmail,
  indexEmail,
  openEmail,
  preferChannels,
  type Reach,
  reachOfPerson,
  sealEmail,
  takeEmail,
} from './contact.ts'
export { LendingPane } from './delegations/pane.tsx'
export { type Delegation, delegate, delegationsFrom, endDelegation } from './delegations/store.ts'
export { doorkeeper } from './doorkeeper.ts'
export { indexPhone, openPhone, sealPhone } from './identity.ts'
export { provePin } from './log-in/choose-pin.ts'
export { provenPhone, sendLogInCode, takeLogInCode } from './log-in/codes.ts'
export { type Confirmation, confirmStaff } from './log-in/confirm.ts'
export {
  claimantsOf,
  handOverPin,
  type LogInStanding,
  logInStanding,
  verifyClaim,
} from './log-in/hand-over.ts'
export {
  type IdentityCheck,
  identityChecksOf,
  identityShown,
  type KeptCheck,
  readIdentityCheck,
  recordIdentityCheck,
  recoveryReasons,
} from './log-in/identity.ts'
export { type PinOptions, setPin } from './log-in/pin.ts'
export { endSession, openSession, type SessionKind, sessionTerms } from './log-in/sessions.ts'
export { totpCode } from './log-in/totp.ts'
export { acceptMandate, endMandate, enterMandate, offerMandate, takePlace } from './mandates/acts.ts'
export {
  type Mandate,
  type MandateProof,
  type MandateState,
  readMandateTerms,
  stateOf as mandateState,
} from './mandates/model.ts'
export { getMandate, mandatedCollectors, mandatesOf } from './mandates/store.ts'
export { type Match, matchIdNumbers, matchNames, matchPhones } from './matching.ts'
export {
  displayName,
  type FoundPerson,
  type HomeAddress,
  type IdKind,
  idKinds,
  type Office,
  type Person,
  type PersonKind,
  type PersonName,
  type Phone,
  type PhoneLabel,
  phoneLabels,
  type Sex,
  type StaffAppointment,
  type StaffMember,
} from './model.ts'
export {
  appointmentsOf,
  getStaffMember,
  officesOf,
  postsHeld,
  staffById,
  staffOf,
  todayOf,
} from './offices.ts'
export { renewed } from './pages/cookies.ts'
export { localPath } from './pages/destination.ts'
export {
  findPersonByIdNumber,
  getPeople,
  getPerson,
  idNumberOf,
  particularsOf,
  type RegisterOptions,
  registerPerson,
} from './persons.ts'
export {
  addPhone,
  changePhone,
  choosePhone,
  describePhone,
  endPhone,
  type NewPhone,
  verifyPhone,
} from './phones/acts.ts'
export { ageingTerms, type NotedOutcome, notePhoneOutcomes, setAgeing } from './phones/ageing.ts'
export { type PhoneFigures, phoneFigures } from './phones/figures.ts'
export {
  answerAboutPhone,
  type DoubtfulNumber,
  doubtfulNumbers,
  type PhoneAnswer,
  type PhoneQuestion,
  phoneQuestionsOf,
  phoneToAsk,
} from './phones/questions.ts'
export { phoneOwners, phonesOf, primaryPhone, primaryPhones } from './phones/read.ts'
export { sharePhones } from './phones/shared.ts'
export {
  type Change,
  type ChangedField,
  changePerson,
  changesOf,
  holdRecord,
  recordOf,
} from './records/change.ts'
export { type Likeness, type ProbableDouble, probableDoubles } from './records/doubles.ts'
export {
  type Merge,
  type MergedRecord,
  type MergeObstacle,
  mergedRecords,
  mergePeople,
  unmergePeople,
} from './records/merge.ts'
export { type NoNumberReason, noNumberReasons, type Particulars } from './records/particulars.ts'
export { samePerson, survivorOf } from './records/same.ts'
export { type Registration, type RegistrationReading, readRegistration } from './registration.ts'
export { peopleRoutes } from './routes.ts'
export { type FoundPeople, findPeople, searchPeople } from './search.ts'
export { type Setting, setSetting, settingOn } from './settings.ts'
export {
  addApiKey,
  addOffice,
  addStaff,
  appoint,
  type NewAppointment,
  type NewOffice,
  type NewStaff,
  type StaffSecrets,
} from './staff.ts'
export { formsHandedTo, type LeftForm } from './staffing/forms.ts'
export { endAppointment, leave } from './staffing/leaving.ts'
export { addTown, type NewTown } from './town.ts'
export { ConfirmFields, confirmAsked } from './ways-in/pages/confirm-fields.tsx'
export { confirmationMissing, confirmationOf } from './ways-in/site.ts'
