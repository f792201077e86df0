export { type Act, type ActContext, type Decision, decide } from './act.ts'
export { joinOfParts } from './join.ts'
export type {
  ActData,
  Action,
  ActorRef,
  Appointment,
  Consequence,
  PartOutcome,
  Projection,
  RequestState,
  Session,
  Task,
  TaskState,
} from './model.ts'
export type { Needs } from './needs.ts'
export { workedMinutes, workedSoFar } from './pace.ts'
export { project, unfiled } from './project.ts'
export type { Refusal, RefusalCode } from './refusal.ts'
export {
  findStep,
  nextStep,
  officeOf,
  taskSource,
  timesSentBack,
  type WorkflowService,
} from './route.ts'
export { escalatesAt, movedDeadlines } from './system.ts'
export { type Available, actsByKind, availableActs, type TableFacts } from './table.ts'
export type { FoldContext } from './turn.ts'
export { standsFor, type Who } from './who.ts'
