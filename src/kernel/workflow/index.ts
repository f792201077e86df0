export { type Act, type ActContext, type Decision, decide } from './act.ts'
export type { Refusal, RefusalCode } from './check.ts'
export type {
  ActData,
  Action,
  ActorRef,
  Consequence,
  Projection,
  RequestState,
  Task,
  TaskState,
} from './model.ts'
export { project, unfiled } from './project.ts'
export { findStep, nextStep, officeOf, timesSentBack, type WorkflowService } from './route.ts'
export { type Available, actsByKind, availableActs, type Needs, type TableFacts } from './table.ts'
export type { FoldContext } from './turn.ts'
export { standsFor, type Who } from './who.ts'
