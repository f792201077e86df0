import type { Answers, CompiledService, Field, RuleValues } from '../../kernel/definition/index.ts'
import { type FormFault, type RawForm, readFields } from '../../kernel/form/index.ts'
import type { Read } from '../../platform/database/transaction.ts'
import type { Town } from '../../web/town.ts'
import { strangeAmong } from './accounts.ts'
import { choicesFor } from './citizen/filing/accounts.ts'
import type { FormTown } from './citizen/filing/field.tsx'
import type { Request } from './model.ts'
import { partiesOf } from './parties/store.ts'

type Whose = Pick<Request, 'id' | 'applicantId'>

const asksForAccount = (fields: readonly Field[]): boolean =>
  fields.some(({ kind, fields: inner }) => kind === 'account' || (inner ? asksForAccount(inner) : false))

/** Whose subscriptions a step may name: those of the applicant and of the other parties, not of whoever only takes the result away. */
async function holdersOf(tx: Read, { id, applicantId }: Whose): Promise<string[]> {
  const parties = (await partiesOf(tx, id)).filter(({ capacity }) => capacity !== 'collector')
  return [...new Set([applicantId, ...parties.map(({ personId }) => personId)])]
}

/**
 * What the town says of itself for the questions of a step. `own` is whoever answers for themselves: they pick from what they hold, and
 * learn nothing of what others do.
 */
export async function townOfStep(
  tx: Read,
  { profile }: Pick<Town, 'profile'>,
  request: Whose,
  fields: readonly Field[],
  own?: string,
): Promise<FormTown> {
  const { levels, quarters = [] } = profile
  const holders = !asksForAccount(fields) ? [] : own ? [own] : await holdersOf(tx, request)
  const accounts = await choicesFor(tx, holders, fields)
  return { levels, quarters, accounts, ...(own === undefined && { ofApplicant: true }) }
}

/** Subscriptions named on a step that nobody on the request holds, or not of the kind asked for. */
export async function strangeOnStep(
  tx: Read,
  request: Whose,
  fields: readonly Field[],
  answers: Answers,
): Promise<FormFault[]> {
  if (!asksForAccount(fields)) return []
  return strangeAmong(tx, fields, answers, await holdersOf(tx, request))
}

/** What rules know while a step is being filled in: `values` up to now, and what can be read of the boxes so far. */
export function valuesWhileTyped(
  service: CompiledService,
  fields: readonly Field[],
  raw: RawForm,
  values: RuleValues,
): RuleValues {
  const { answers: read } = readFields(service, fields, raw, { ...values, existing: values.answers })
  const own = new Set(fields.map(({ id }) => id))
  const before = Object.entries(values.stepFields).filter(([id]) => !own.has(id))
  return { ...values, stepFields: { ...Object.fromEntries(before), ...read } }
}
