import { PersonName, useLocalized, useTexts } from '../../ui/index.ts'
import type { LookAt } from '../audit/index.ts'
import { oversightTexts } from './strings.ts'

/** Who looked, as the town has it shown: what they are and where, with the name only where its rule says so. */
export function Looker({ who, name }: { who: LookAt['who']; name: 'role' | 'name' }) {
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const office = who.office && local(who.office)
  if (who.kind === 'system') return <>{t('looker-system')}</>
  const named = who.name && (who.kind === 'partner' || name === 'name') ? local(who.name) : undefined
  const role = who.title ? local(who.title) : t('looker-staff')
  const rest = [named ? role : undefined, office].filter(Boolean).join(t('comma'))
  return (
    <>
      <PersonName strong>{named ?? role}</PersonName> <small className="dim">{rest}</small>
    </>
  )
}
