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
  isMessageKind,
  kinds,
  type Lane,
  lanes,
  type MessageKind,
  messageKinds,
  optionalKinds,
} from './kinds.ts'
export { neutralText } from './neutral.ts'
export { defaultQuiet, type QuietHours, type QuietRules, quietUntil } from './quiet.ts'
