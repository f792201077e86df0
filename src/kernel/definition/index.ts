export { canonicalJson } from './canonical.ts'
export { checkService } from './check.ts'
export { type Surroundings, standardRoles } from './checks/links.ts'
export { messageVariables } from './checks/messages.ts'
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
export { DEFINITION_FORMAT, type Locate, type ParsedService, parseService } from './parse.ts'
