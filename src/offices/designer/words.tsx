import { Flag, type IconName, PersonName, useLocalized, useTexts } from '../../ui/index.ts'
import type { StaffMember } from '../people/index.ts'
import type { DraftState as State } from './model.ts'
import { designerTexts } from './strings.ts'

const looks: Record<State, { icon: IconName; tone: 'honey' | 'olive' | 'sumac' }> = {
  draft: { icon: 'doc', tone: 'honey' },
  'in-review': { icon: 'eye', tone: 'honey' },
  returned: { icon: 'back', tone: 'sumac' },
  approved: { icon: 'ok', tone: 'olive' },
  published: { icon: 'ok', tone: 'olive' },
  dropped: { icon: 'no', tone: 'sumac' },
}

/** Where a draft stands, in a word. */
export function DraftState({ state }: { state: State }) {
  const t = useTexts(designerTexts)
  const { icon, tone } = looks[state]
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${state}`)}
    </Flag>
  )
}

/** One of the staff by name. */
export function Writer({ of, staff }: { of: string; staff: Map<string, StaffMember> }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const member = staff.get(of)
  return member ? <PersonName>{local(member.name)}</PersonName> : t('somebody')
}
