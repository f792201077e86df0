import type { CompiledService, Condition, RuleValues } from '../definition/compiled.ts'
import type { Answers, Field } from '../definition/model.ts'
import { collect } from './inspect.ts'
import type { RawForm, ReadContext, Reading } from './model.ts'
import { readField } from './read/field.ts'

type Asked = { field: Field; applies: Condition }

/**
 * Reads one posted page. Total: whatever was posted gives answers or faults, never an exception. Questions whose condition does not
 * hold with what was just read are not read at all.
 */
export function readPage(service: CompiledService, pageId: string, raw: RawForm, ctx: ReadContext): Reading {
  return readAsked(service.page(pageId).fields, raw, ctx)
}

/** Reads what an officer posted on a step; conditions look at the answers and at the officers' fields so far. */
export function readStep(service: CompiledService, stepId: string, raw: RawForm, ctx: ReadContext): Reading {
  return readFields(service, service.step(stepId).fields ?? [], raw, ctx)
}

/** The same of the fields of a step or of an opinion asked there. */
export function readFields(
  service: CompiledService,
  fields: readonly Field[],
  raw: RawForm,
  ctx: ReadContext,
): Reading {
  const asked = fields.map(field => ({
    field,
    applies: (values: RuleValues) => service.holds(field.when, values),
  }))
  return readAsked(asked, raw, ctx, true)
}

function readAsked(asked: readonly Asked[], raw: RawForm, ctx: ReadContext, onStep = false): Reading {
  const { existing, stepFields = {}, ...rest } = ctx
  const found = collect()
  const answers: Answers = {}
  const values: RuleValues = onStep
    ? { ...rest, answers: existing, stepFields: { ...stepFields } }
    : { ...rest, answers: { ...existing }, stepFields }
  const seen = onStep ? values.stepFields : values.answers
  for (const { field } of asked) delete seen[field.id]
  for (const { field, applies } of asked) {
    if (!applies(values)) continue
    const { answer } = readField(field, raw, field.id, ctx.today, found)
    if (answer === undefined) continue
    answers[field.id] = answer
    seen[field.id] = answer
  }
  return { answers, faults: found.faults, warnings: found.warnings, typed: keepTyped(asked, raw) }
}

/** What was typed into these questions, untouched. */
function keepTyped(asked: readonly Asked[], raw: RawForm): Record<string, string | string[]> {
  const ids = new Set(asked.map(({ field }) => field.id))
  const typed: Record<string, string | string[]> = {}
  for (const [key, value] of Object.entries(raw)) {
    const root = key.split('.', 1)[0] ?? ''
    if (!ids.has(root) || value === undefined) continue
    typed[key] = typeof value === 'string' ? value : [...value]
  }
  return typed
}
