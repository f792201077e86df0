import { exactTime } from '../../lib/dates.ts'
import { usePage } from '../page.ts'
import { useWords } from '../words.ts'
import { Note } from './note.tsx'

/** As of when the page is, where that is no longer now: its figures come from a copy that is some seconds behind. */
export function AsOf() {
  const { asOf, locale, timeZone } = usePage()
  const word = useWords()
  if (!asOf) return null
  return (
    <div className="flash">
      <Note small>{word('as-of', { time: exactTime(asOf, { locale, timeZone }) })}</Note>
    </div>
  )
}
