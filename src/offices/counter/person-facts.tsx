import { dateIn } from '../../lib/calendar.ts'
import { ageOn } from '../../lib/dates.ts'
import { KeyValues, type Pair, PersonName, PhoneText, usePage, useTexts } from '../../ui/index.ts'
import type { Person } from '../people/index.ts'
import type { Standing } from './case/open.ts'
import { numberTexts } from './numbers/strings.ts'
import { counterTexts } from './strings.ts'

/** Who stands at the window: name, number, telephone, place, and what tells them from their namesakes. */
export function PersonFacts({ of, namesakes = false }: { of: Standing; namesakes?: boolean }) {
  const t = useTexts(counterTexts)
  const n = useTexts(numberTexts)
  const page = usePage()
  const { person, idNumber, phones } = of
  const phone = phones.find(each => each.primary)
  const place = usePlace(person)
  const age = person.birthDate && ageOn(person.birthDate, dateIn(page.now, page.timeZone))
  const pairs: Pair[] = [
    { term: t(`id-${person.idKind}`), value: idNumber ?? t('id-number-none') },
    {
      term: t('phone'),
      value: phone ? (
        <>
          <PhoneText value={phone.e164} />
          {phone.shared && <span className="warn-c sm"> {t('phone-is-shared')}</span>}
          {phone.asleepAt && <span className="stop-c sm"> {n('phone-asleep')}</span>}
        </>
      ) : (
        <span className="warn-c">{t('phone-none')}</span>
      ),
    },
    { term: t('address'), value: place || t('address-none') },
  ]
  if (namesakes && person.kind === 'natural') {
    pairs.push({ term: t('mother'), value: person.motherName || t('unknown') })
    pairs.push({
      term: t('born'),
      value: person.birthDate
        ? t('born-on', { year: person.birthDate.slice(0, 4), age: age ?? 0 })
        : t('unknown'),
    })
  }
  return (
    <>
      <p className="nm">
        <PersonName>{person.displayName}</PersonName>
      </p>
      <KeyValues pairs={pairs} />
    </>
  )
}

/** Where somebody lives, in the town's own words for its levels. */
function usePlace({ address }: Pick<Person, 'address'>): string {
  const t = useTexts(counterTexts)
  const parts = [
    address.block && t('place-block', { value: address.block }),
    address.quarter,
    address.parcel && t('place-parcel', { value: address.parcel }),
    address.landmark,
  ]
  return parts.filter(part => part).join(t('comma'))
}
