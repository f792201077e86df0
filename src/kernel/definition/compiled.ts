import type { Money } from '../../lib/money.ts'
import type { FeelValue } from '../feel/index.ts'
import type {
  Answers,
  Capacity,
  Channel,
  Fee,
  Feel,
  FeePoint,
  Field,
  FormPage,
  Paper,
  ServiceDefinition,
  Step,
} from './model.ts'

/** What the rules of a service may look at. */
export type RuleValues = {
  answers: Answers
  /** What officers filled in so far. */
  stepFields: Answers
  capacity: Capacity
  channel: Channel
  /** The day in the town, YYYY-MM-DD. */
  today: string
  /** The town's amounts on that day; without them those of the definition hold. */
  tariffs?: Record<string, Money>
}

export type Condition = (values: RuleValues) => boolean

export type CompiledField = { id: string; field: Field; applies: Condition }
export type CompiledPage = { id: string; page: FormPage; applies: Condition; fields: CompiledField[] }
export type CompiledPaper = { id: string; paper: Paper; applies: Condition }
export type CompiledFee = {
  id: string
  at: FeePoint
  fee: Fee
  applies: Condition
  /** Whether its amount can be worked out: it may rest on what officers find on the way. */
  isKnown: Condition
  /** Throws `Conflict('fee-without-amount')` when the rule gives none: a fee is never silently nothing. */
  amount(values: RuleValues): Money
}

/** A definition made ready to run: no rule is parsed twice. */
export type CompiledService = {
  definition: ServiceDefinition
  /** sha-256 of the definition's canonical JSON, in hex. */
  hash: string
  /** Whether a condition of this definition holds; none always does, one that comes to null does not. */
  holds(when: Feel | undefined, values: RuleValues): boolean
  /** What a rule of this definition gives; null when it is not known. */
  valueOf(source: Feel, values: RuleValues): FeelValue
  pages: CompiledPage[]
  papers: CompiledPaper[]
  fees: CompiledFee[]
  /** Throw `NotFound` for an id the service does not have. */
  page(id: string): CompiledPage
  step(id: string): Step
  field(id: string): CompiledField
  /** The definition's own amounts on a day, by key. */
  tariffsOn(today: string): Record<string, Money>
}
