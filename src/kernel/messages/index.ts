/** Rules of what the town says by message: kinds, lengths, quiet hours, what people text. */
export { type Asked, longestText, readAsked } from './asked.ts'
export {
  isMessageKind,
  kinds,
  type Lane,
  lanes,
  type MessageKind,
  messageKinds,
  optionalKinds,
} from './kinds.ts'
