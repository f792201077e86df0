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
export { apply, project, unfiled } from './project.ts'
export { awaitedFeePoint, findStep, isEnded, isFiled, nextStep, type WorkflowService } from './route.ts'
export {
  type Available,
  actsByKind,
  availableActs,
  type Needs,
  requestActs,
  type TableFacts,
} from './table.ts'
export { type FoldContext, mainTask } from './turn.ts'
export { actorRef, type Who } from './who.ts'
