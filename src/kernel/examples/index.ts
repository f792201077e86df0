export type { Halt, Lived, Moment } from './case.ts'
export type { Branch, Side } from './coverage.ts'
export {
  checkExamples,
  type ExampleOptions,
  type ExampleRun,
  type ExamplesRun,
  faultsOf,
  runExamples,
  tryExample,
} from './run.ts'
