import { timesSentBack } from '../../../../kernel/workflow/index.ts'
import { Note, useTexts, Written } from '../../../../ui/index.ts'
import type { RequestView } from './load.ts'
import { actTexts } from './strings.ts'

/** How often the applicant said it was not done, and what they wrote the last time. */
export function SentBack({ view }: { view: RequestView }) {
  const t = useTexts(actTexts)
  const count = timesSentBack(view.service, view.request.projection)
  if (count === 0) return null
  const said = view.actions.findLast(({ name }) => name === 'answer')
  const words = Object.values(said?.data.fields ?? {}).filter(each => typeof each === 'string')
  return (
    <div className="mb-s">
      <Note tone="sumac" icon="turn" small>
        {t('sent-back', { count })}
        {words.map(text => (
          <Written key={text}>{text}</Written>
        ))}
      </Note>
    </div>
  )
}
