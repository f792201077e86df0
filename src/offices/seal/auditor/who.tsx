import { PersonName, useLocalized, useTexts } from '../../../ui/index.ts'
import { sealTexts } from '../strings.ts'
import type { Entry } from './store.ts'

const kinds = ['staff', 'citizen', 'partner', 'system', 'anonymous'] as const

/** Who acted: a colleague by name and office, everybody else by what they are. */
export function WhoText({ entry }: { entry: Entry }) {
  const t = useTexts(sealTexts)
  const local = useLocalized()
  const kind = kinds.find(each => each === entry.actorKind) ?? 'other'
  if (!entry.name) return t(`who-${kind}`)
  return (
    <>
      <PersonName>{local(entry.name)}</PersonName>
      {entry.office && <small className="dim"> {local(entry.office)}</small>}
    </>
  )
}
