export { type JsonSchema, toJsonSchema } from './json-schema.ts'
export type { Reading, ReadPage, SimulatedPage, Simulation } from './model.ts'
export {
  type FaultCode,
  type FormFault,
  type FormValues,
  faultCodes,
  type RawForm,
  type ReadContext,
} from './model.ts'
export { isoDate } from './read/parts.ts'
export { readFields, readPage, readStep } from './read.ts'
export { answerInWords, type LandWords, renderAnswers } from './render.ts'
export { type Sheet, type SheetPiece, type SheetSlot, sheetOf, sheetSlots } from './sheet.ts'
export { simulate } from './simulate.ts'
