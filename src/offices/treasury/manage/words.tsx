import { inLocale, type Locale, type Localized } from '../../../lib/localized.ts'
import { Flag, PersonName, useLocalized } from '../../../ui/index.ts'
import { useTexts } from '../../../ui/words.ts'
import type { StaffMember } from '../../people/index.ts'
import type { TariffLine, TariffRow } from './model.ts'
import { manageTexts } from './strings.ts'

const listed = (texts: Localized[], locale: Locale): string =>
  texts.map(text => inLocale(text, locale)).join(locale === 'ar' ? '، ' : ', ')

/** What people call a tariff: the fees it makes up, or its key where no fee is it alone. */
export const feeName = (line: TariffLine, locale: Locale): string => listed(line.names, locale) || line.key

export const serviceNames = (line: TariffLine, locale: Locale): string => listed(line.services, locale)

/** The decision an amount rests on, or that none does yet. */
export function Decision({ row }: { row: TariffRow | undefined }) {
  const t = useTexts(manageTexts)
  if (!row?.confirmed) {
    return (
      <Flag icon="warn" tone="honey">
        {t('state-waiting')}
      </Flag>
    )
  }
  return (
    <Flag icon="ok" tone="olive">
      {row.decision === undefined ? t('no-decision') : <bdi>{row.decision}</bdi>}
    </Flag>
  )
}

/** Who wrote something, by name. */
export function Writer({ of, staff }: { of: string; staff: Map<string, StaffMember> }) {
  const t = useTexts(manageTexts)
  const local = useLocalized()
  const member = staff.get(of)
  return member ? <PersonName>{local(member.name)}</PersonName> : t('somebody')
}
