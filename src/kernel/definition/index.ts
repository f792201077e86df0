export { checkCatalogue, checkService } from './check.ts'
export { isFitForMessages } from './checks/variables.ts'
export type { Surroundings } from './checks/surroundings.ts'
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
export type { Example, ExampleAct, ExampleOutcome } from './example.ts'
export { fromFeel } from './from-feel.ts'
export { type DefinitionFault, type DefinitionFaultCode, type Spot, stopsPublishing } from './faults.ts'
export { applyEdits, type Edit, type EditPath, editsBetween, itemId } from './merge/edits.ts'
export { type Merge, type MergeConflict, mergeServices } from './merge/merge.ts'
export type * from './model.ts'
export { type Locate, type ParsedService, parseService } from './parse.ts'
export { type Commons, checkCommon, readCommon } from './reading/common.ts'
export { type Expanded, expand, type Origin } from './reading/expand.ts'
