import { KeyValues, Pane, type PaneProps, usePage, useTexts } from '../../../../ui/index.ts'
import { namedAnswers } from './answers.tsx'
import type { RequestView } from './load.ts'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'

/** The answers whoever has the task decides by, before all the others. */
export function DecideBy({ view, order }: { view: RequestView; order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const { locale } = usePage()
  const reads = view.task ? (stepInHand(view)?.reads ?? []) : []
  const known = { ...view.request.answers, ...view.request.projection.stepFields }
  const items = namedAnswers(view.service, known, reads, locale)
  if (items.length === 0) return null
  return (
    <Pane id="decide-by" title={t('decide-by')} pad={false} order={order}>
      <KeyValues
        kind="answers"
        pad
        pairs={items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
      />
    </Pane>
  )
}
