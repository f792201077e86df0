import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { LabelledFault } from '../../../../ui/index.ts'
import { useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import type { Typed } from '../../../../web/call.ts'
import { aimedAt, Question } from '../../citizen/filing/field.tsx'
import { boxesOfAll } from '../../citizen/typed.ts'
import { valuesWhileTyped } from '../../step-questions.ts'
import type { FieldsProps } from './fields.tsx'
import type { Standing } from './load.ts'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'

/** What the officer fills in on this step; filled before, when the request came back, it stands there again. */
export function StepFields({ view, shown, act, formTown }: FieldsProps) {
  const { url } = usePage()
  const fields = stepInHand(view)?.fields ?? []
  const { stepFields: given } = view.request.projection
  const values = valuesOfStep(view, shown.typed)
  const raw = wasSent(shown.typed) ? shown.typed : boxesOfAll(fields, given)
  const asked = fields.filter(field => view.service.holds(field.when, values))
  return (
    <>
      {/* Enter in a row does the act, and never adds a row. */}
      {asked.some(({ kind }) => kind === 'group') && (
        <button className="vh" type="submit" tabIndex={-1} aria-hidden />
      )}
      {asked.map(field => (
        <Question
          key={field.id}
          field={field}
          name={field.id}
          raw={raw}
          town={formTown}
          tight
          faults={shown.faults ?? []}
          grows={url(addresses.officeAct, { id: view.request.id, act })}
        />
      ))}
    </>
  )
}

const wasSent = (typed: Typed): boolean => Object.keys(typed).length > 0

/** What rules of the step in hand see: a question, or what must be shown, may wait for another of the same step. */
export function valuesOfStep(
  standing: Pick<Standing, 'service' | 'request' | 'task' | 'surroundings'>,
  typed: Typed,
): ReturnType<Standing['surroundings']['values']> {
  const values = standing.surroundings.values(standing.request.projection.stepFields)
  if (!wasSent(typed)) return values
  return valuesWhileTyped(standing.service, stepInHand(standing)?.fields ?? [], typed, values)
}

/** Faults with the words of their question, each leading to its first box. */
export function useNamedFaults(view: Standing, faults: readonly Fault[] | undefined): LabelledFault[] {
  const local = useLocalized()
  const t = useTexts(actTexts)
  const fields = (stepInHand(view)?.fields ?? []).map(field => ({ field }))
  return (faults ?? []).map(fault => {
    const [root, row, inner] = fault.field.split('.')
    const of = fields.find(({ field }) => field.id === root)?.field
    if (!of) return fault
    const column = of.fields?.find(({ id }) => id === inner)
    const place = column ? `${local(of.label)} ${Number(row) + 1}` : local(of.label)
    const label = column ? `${place}${t('comma')}${local(column.label)}` : place
    return { ...aimedAt(fields, fault), label }
  })
}
