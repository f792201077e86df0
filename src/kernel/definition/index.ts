export { checkCatalogue, checkService } from './check.ts'
export type { Surroundings } from './checks/surroundings.ts'
export { isFitForMessages } from './checks/variables.ts'
export { compileService } from './compile.ts'
export type {
  CompiledFee,
  CompiledField,
  CompiledPage,
  CompiledPaper,
  CompiledService,
  Condition,
  RuleValues,
} from './compiled.ts'
export { compareServices, type Difference } from './differences/compare.ts'
export type { TownNames } from './differences/told.ts'
export type { DifferencePart } from './differences/vocabulary.ts'
export type { Example, ExampleAct, ExampleOutcome } from './example.ts'
export { type DefinitionFault, type DefinitionFaultCode, type Spot, stopsPublishing } from './faults.ts'
export { fromFeel } from './from-feel.ts'
export { applyEdits, type Edit, type EditPath, editsBetween, itemId } from './merge/edits.ts'
export { type Merge, type MergeConflict, mergeServices } from './merge/merge.ts'
export type * from './model.ts'
export { type Locate, type ParsedService, parseService } from './parse.ts'
export { type Commons, checkCommon, readCommon } from './reading/common.ts'
export { type Expanded, expand, type Origin } from './reading/expand.ts'
export { tariffsRead } from './tariffs-read.ts'
