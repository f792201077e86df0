export {
  type Assessment,
  type AssessmentInput,
  assessFee,
  type CompiledFee,
  compileFee,
  type FeeDefinition,
  type FeePoint,
  type FeeReason,
  type FeeScope,
} from './fee.ts'
export { type Tariff, tariffOn, tariffsOn } from './tariff.ts'
