import { dispatch } from './compile.ts'
import { FeelFailure } from './errors.ts'
import { parseFeel } from './parse.ts'
import type { Probe } from './part.ts'
import { leave, type Run } from './run.ts'
import type { FeelScope, FeelType, FeelValue, FeelValues } from './types.ts'

export { FeelError, FeelFailure, type FeelFault, type FeelFaultCode, type FeelSpan } from './errors.ts'
export { isFeelName } from './parse.ts'
export type { Probe } from './part.ts'
export {
  booleanType,
  contextType,
  dateType,
  describeType,
  type FeelScope,
  type FeelType,
  type FeelValue,
  type FeelValues,
  listType,
  moneyType,
  numberType,
  textType,
  unify,
} from './types.ts'

/** A rule ready to run. */
export type CompiledFeel = {
  readonly source: string
  /** What it gives. */
  readonly type: FeelType
  /** The names it may read, with their path: 'tariff.licence'. */
  readonly names: readonly string[]
  /** The result; null is "not known". Throws `FeelFailure`. */
  evaluate(values: FeelValues): FeelValue
}

/** A result with what was looked at on the way to it. */
export type Explanation = {
  readonly value: FeelValue
  /** The names read in this evaluation, in the order they were first read. */
  readonly reads: readonly { readonly name: string; readonly value: FeelValue }[]
}

/** Items of lists one evaluation may touch; plain arithmetic costs nothing of it. */
const workAllowed = 100_000

const runners = new WeakMap<CompiledFeel, (values: FeelValues, reads?: Map<string, FeelValue>) => FeelValue>()

/**
 * Compiles a rule against the names it may use; throws `FeelError` with the place and the reason. With a probe, whoever tries the rule
 * out hears which way each `if` goes; without one it costs nothing.
 */
export function compileFeel(source: string, scope: FeelScope, probe?: Probe): CompiledFeel {
  const names = new Set<string>()
  const slots = { count: 0 }
  const to = { source, scope, locals: new Map(), names, slots, dispatch, probe }
  const part = dispatch(parseFeel(source, scope), to)
  const evaluate = (values: FeelValues, reads?: Map<string, FeelValue>): FeelValue => {
    const run: Run = { values, work: workAllowed, locals: new Array(slots.count).fill(null), reads }
    try {
      return leave(part.run(run), part.type)
    } catch (error) {
      if (error instanceof RangeError) throw new FeelFailure('out-of-range')
      throw error
    }
  }
  const compiled = {
    source,
    type: part.type,
    names: [...names],
    evaluate: (values: FeelValues) => evaluate(values),
  }
  runners.set(compiled, evaluate)
  return compiled
}

/** Evaluates a rule and says which names it read, with their values. */
export function explain(compiled: CompiledFeel, values: FeelValues): Explanation {
  const reads = new Map<string, FeelValue>()
  const value = (runners.get(compiled) ?? compiled.evaluate)(values, reads)
  return { value, reads: [...reads].map(([name, read]) => ({ name, value: read })) }
}
