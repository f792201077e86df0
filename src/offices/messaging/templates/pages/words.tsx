import type { Localized } from '../../../../lib/localized.ts'
import { Flag, type IconName, PersonName, Tag, useLocalized, useTexts } from '../../../../ui/index.ts'
import type { StaffMember } from '../../../people/index.ts'
import type { WordsLine } from '../list.ts'
import type { TownWords, WordsState } from '../model.ts'
import { templateTexts } from '../strings.ts'
import { ofOffice, type Subject } from '../subject.ts'

const looks: Record<WordsState, { icon: IconName; tone?: 'honey' | 'olive' | 'sumac' }> = {
  draft: { icon: 'doc', tone: 'honey' },
  'in-review': { icon: 'eye', tone: 'honey' },
  returned: { icon: 'back', tone: 'sumac' },
  approved: { icon: 'ok', tone: 'olive' },
  withdrawn: { icon: 'no' },
  'set-aside': { icon: 'no' },
}

/** Where a version stands, in a word. */
export function WordsStateFlag({ state }: { state: WordsState }) {
  const t = useTexts(templateTexts)
  const { icon, tone } = looks[state]
  return (
    <Flag icon={icon} tone={tone}>
      {t(`state-${state}`)}
    </Flag>
  )
}

/** Whose words are sent on an occasion. */
export function Whose({ line: { from, version, subject } }: { line: WordsLine }) {
  const t = useTexts(templateTexts)
  if (from === 'town')
    return (
      <Flag icon="ok" tone="olive">
        {t('from-town', { version: version ?? 1 })}
      </Flag>
    )
  if (from === 'every') return <Tag>{t('from-every')}</Tag>
  if (from === 'each') return <span className="mut">{t('from-each')}</span>
  return <span className="mut">{t(subject.of === ofOffice ? 'from-product' : 'from-given')}</span>
}

/** One of the staff by name. */
export function Writer({ of, staff }: { of: string; staff: ReadonlyMap<string, StaffMember> }) {
  const local = useLocalized()
  const name: Localized | undefined = staff.get(of)?.name
  return name ? <PersonName>{local(name)}</PersonName> : null
}

/** What occasion it is, and of which service. */
export function useSubjectName(): (subject: Subject) => string {
  const local = useLocalized()
  const t = useTexts(templateTexts)
  return ({ name, service, of }) => {
    const words = local(name)
    if (of === ofOffice) return words
    return `${words} · ${service ? local(service.name) : t('other-services')}`
  }
}

/** Everybody a list of versions names. */
export const namedIn = (versions: readonly TownWords[]): string[] => [
  ...new Set(
    versions.flatMap(({ writtenBy, decided, ended }) => [
      writtenBy,
      ...(decided ? [decided.by] : []),
      ...(ended ? [ended.by] : []),
    ]),
  ),
]
