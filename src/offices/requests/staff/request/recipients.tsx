import { shortDate } from '../../../../lib/dates.ts'
import { useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import type { Office } from '../../../people/index.ts'
import type { Colleague } from '../colleagues.ts'
import { actTexts } from './strings.ts'

/**
 * To whom something can be sent: each office, and each person in it by name. Of whoever is away it is said until when and who stands in:
 * what is sent to them reaches the deputy too.
 */
export function useRecipients({
  offices,
  colleagues,
  besides,
}: {
  offices: readonly Office[]
  colleagues: readonly Colleague[]
  /** The sender, and their own office, which is not sent to as a whole. */
  besides: { staffId: string; office?: string | undefined }
}): { value: string; label: string }[] {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const page = usePage()
  const nameOf = (staffId: string) => {
    const found = colleagues.find(each => each.staffId === staffId)
    return found ? local(found.name) : t('somebody')
  }
  return offices.flatMap(office => {
    const name = local(office.name)
    const there = colleagues.filter(each => each.office === office.code && each.staffId !== besides.staffId)
    const whole = office.code === besides.office ? [] : [{ value: office.code, label: name }]
    return [
      ...whole,
      ...there.map(({ staffId, name: person, away }) => ({
        value: `${office.code}/${staffId}`,
        label: away
          ? t('office-person-away', {
              office: name,
              name: local(person),
              until: shortDate(away.until, page),
              deputy: nameOf(away.deputyId),
            })
          : t('office-person', { office: name, name: local(person) }),
      })),
    ]
  })
}
