import { roles } from '../../../../kernel/access/index.ts'
import { shortDate } from '../../../../lib/dates.ts'
import type { Locale } from '../../../../lib/localized.ts'
import { DateText, usePage, useTexts } from '../../../../ui/index.ts'
import type { Office, StaffMember } from '../../model.ts'
import type { Provider } from '../../sign-on/providers.ts'
import type { Proposal } from '../proposals.ts'
import { type StaffingText, staffingText, staffingTexts } from '../strings.ts'

/** What names of offices, people and providers these pages need. */
export type Names = {
  offices: readonly Office[]
  staff: ReadonlyMap<string, StaffMember>
  providers: readonly Provider[]
}

export const officeName = ({ offices }: Pick<Names, 'offices'>, code: string, locale: Locale): string =>
  offices.find(each => each.code === code)?.name[locale] ?? code

export const staffName = ({ staff }: Pick<Names, 'staff'>, id: string | undefined, locale: Locale): string =>
  (id !== undefined && staff.get(id)?.name[locale]) || '—'

/** A post in words: what, and where. */
export function postText(
  locale: Locale,
  names: Pick<Names, 'offices'>,
  { role, office }: { role: string; office: string },
): string {
  const key = `role-${role}` as StaffingText
  return staffingText(locale, 'post', {
    role: staffingText(locale, key),
    office: officeName(names, office, locale),
  })
}

export const rolesText = (locale: Locale, list: readonly string[]): string =>
  list.map(role => staffingText(locale, `role-${role}` as StaffingText)).join(locale === 'ar' ? '، ' : ', ')

/** What is proposed, in one line. */
export function proposalText(locale: Locale, names: Names, proposal: Proposal): string {
  const name = staffName(names, proposal.staffId, locale)
  switch (proposal.kind) {
    case 'add':
      return staffingText(locale, 'kind-add', {
        name: proposal.what.name,
        post: postText(locale, names, proposal.what),
      })
    case 'appoint':
      return staffingText(locale, 'kind-appoint', { name, post: postText(locale, names, proposal.what) })
    case 'reset':
      return staffingText(locale, 'kind-reset', { name })
    case 'sign-on': {
      const { providerId } = proposal.what
      const provider = names.providers.find(({ id }) => id === providerId)
      return staffingText(locale, 'kind-sign-on', {
        name: provider ? `${provider.name[locale]} (${provider.issuer})` : providerId,
      })
    }
    case 'approvers':
      return staffingText(locale, 'kind-approvers', { roles: rolesText(locale, proposal.what.roles) })
  }
}

/** When a post is held, where that is worth saying. */
export function Term({ from, until }: { from: string; until: string | undefined }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const today = page.now
  const started = from <= isoDay(today, page.timeZone)
  return (
    <span className="sm mut">
      {!started && t('post-from', { date: shortDate(from, page) })}
      {!started && until && ' '}
      {until && t('post-until', { date: shortDate(until, page) })}
    </span>
  )
}

const isoDay = (at: Date, timeZone: string): string => at.toLocaleDateString('sv-SE', { timeZone })

export const roleOptions = (locale: Locale) =>
  roles.map(value => ({ value, label: staffingText(locale, `role-${value}` as StaffingText) }))

/** Who proposed, and when. */
export function ProposedBy({ proposal, names }: { proposal: Proposal; names: Names }) {
  const t = useTexts(staffingTexts)
  const { locale } = usePage()
  return (
    <small className="mut">
      {t('proposed-by', { name: staffName(names, proposal.proposedBy, locale) })}{' '}
      <DateText value={proposal.proposedAt} form="moment" />
    </small>
  )
}
