/** Rules of what the town says by message: kinds, lengths, quiet hours, what people text. */

export {
  type AgeingTerms,
  aged,
  defaultAgeing,
  type PhoneHealth,
  type PhoneOutcome,
  unknownHealth,
} from './ageing.ts'
export { type Asked, readAsked } from './asked.ts'
export {
  type Bucket,
  budgetLeft,
  chooseByWeight,
  filled,
  fullBucket,
  healthWindowMs,
  nextWeight,
  slowAfterMs,
} from './carriage.ts'
export { afterSign, type Circuit, newCircuit, roomOf, type Sign } from './circuit.ts'
export { differenceInWords, type TextPiece } from './difference.ts'
export {
  isMessageKind,
  kinds,
  type Lane,
  lanes,
  type MessageKind,
  messageKinds,
  type OptionalKind,
  optionalKinds,
} from './kinds.ts'
export {
  afterDeath,
  afterHandingOver,
  afterReport,
  type MessageState,
  mayBecome,
  type PartState,
  stateOfParts,
} from './life.ts'
export { neutralText } from './neutral.ts'
export {
  eventsOf,
  kindOfEvent,
  messageEvents,
  namesFor,
  type OccasionName,
  termsOf,
  termsOfEvery,
} from './occasion.ts'
export { defaultQuiet, type QuietHours, type QuietRules, quietUntil } from './quiet.ts'
export { type Facts, type Screened, screen } from './screening.ts'
export { checkWords, mostParts, type WordsFinding, type WordsTerms } from './words.ts'
