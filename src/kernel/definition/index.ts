export { checkService } from './check.ts'
export type { Surroundings } from './checks/links.ts'
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
export type { DefinitionFault, DefinitionFaultCode } from './faults.ts'
export type * from './model.ts'
export { type Locate, type ParsedService, parseService } from './parse.ts'
