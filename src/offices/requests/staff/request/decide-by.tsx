import type { Field } from '../../../../kernel/definition/index.ts'
import { renderAnswers } from '../../../../kernel/form/index.ts'
import { KeyValues, Pane, type PaneProps, usePage, useTexts } from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'

/** The answers whoever has the task decides by, before all the others. */
export function DecideBy({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const reads = view.task ? (stepInHand(view)?.reads ?? []) : []
  const { definition } = view.service
  const fields: Field[] = [
    ...definition.form.pages.flatMap(page => page.fields),
    ...definition.steps.flatMap(step => [
      ...(step.fields ?? []),
      ...(step.opinions ?? []).flatMap(opinion => opinion.fields ?? []),
    ]),
  ]
  const asked = reads.flatMap(id => fields.find(field => field.id === id) ?? [])
  if (asked.length === 0) return null
  const always = () => true
  const pages = [
    {
      id: 'reads',
      page: { id: 'reads', title: { ar: '', en: '' }, fields: asked },
      applies: always,
      fields: asked.map(field => ({ id: field.id, field, applies: always })),
    },
  ]
  const known = { ...view.request.answers, ...view.request.projection.stepFields }
  const items = renderAnswers({ ...view.service, pages }, known, locale).flatMap(page => page.items)
  if (items.length === 0) return null
  return (
    <Pane id="decide-by" title={t('decide-by')} pad={false} order={order}>
      <KeyValues kind="answers" pad pairs={items.map(({ label, value }) => ({ term: label, value }))} />
    </Pane>
  )
}
