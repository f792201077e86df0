import { addresses } from '../../lib/addresses.ts'
import { type Found, Num, PersonName, StateBadge, usePage, useTexts } from '../../ui/index.ts'
import type { FoundPerson } from '../people/index.ts'
import { requestNumber } from '../requests/index.ts'
import type { SearchView } from './search.tsx'
import { counterTexts } from './strings.ts'

type Group = { id: string; label: string; items: Found[] }

/** What was found, in groups; those that are empty are left out. */
export function useFound({ found }: SearchView): Group[] {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const person = usePersonLine()
  if (!found) return []
  const { people, requests, certificates, receipts, holdings } = found
  const count = people.people.length
  const groups: Group[] = [
    {
      id: 'people',
      label: t(people.more ? 'found-many' : 'found-people', { count }),
      items: people.people.map(person),
    },
    {
      id: 'requests',
      label: t('found-requests'),
      items: requests.map(line => ({
        id: line.id,
        href: url(addresses.counterReceived, { id: line.id }),
        icon: 'doc' as const,
        title: `${line.service} ${requestNumber(line)}`,
        note: <PersonName>{line.applicant}</PersonName>,
        end: <StateBadge state={line.state} />,
      })),
    },
    {
      id: 'certificates',
      label: t('found-certificates'),
      items: certificates.map(each => ({
        id: each.number,
        href: url(addresses.counterReceived, { id: each.requestId }),
        icon: 'cert' as const,
        title: each.number,
        note: <PersonName>{each.name}</PersonName>,
      })),
    },
    {
      id: 'receipts',
      label: t('found-receipts'),
      items: receipts.map(each => ({
        id: each.id,
        href: url(addresses.receipt, { id: each.id }),
        icon: 'receipt' as const,
        title: each.number,
        note: <PersonName>{each.payer}</PersonName>,
      })),
    },
    {
      id: 'holdings',
      label: t('found-holdings'),
      items: holdings.map(each => ({
        id: `${each.kind} ${each.number} ${each.personId}`,
        href: url(addresses.counterPerson, { person: each.personId }),
        icon: ({ account: 'wallet', electricity: 'bolt', water: 'drop' } as const)[each.kind],
        title: t(`holding-${each.kind}`, { number: each.number }),
        note: <PersonName>{each.name}</PersonName>,
      })),
    },
  ]
  return groups.filter(({ items }) => items.length > 0)
}

/** What tells one from their namesakes: the mother's name, the year of birth, the end of the number, the quarter. */
function usePersonLine() {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  return (person: FoundPerson): Found => ({
    id: person.id,
    href: url(addresses.counterPerson, { person: person.id }),
    icon: person.kind === 'natural' ? 'user' : 'shop',
    title: <PersonName>{person.displayName}</PersonName>,
    note: [
      person.motherName && t('mother-is', { name: person.motherName }),
      person.birthYear !== undefined && t('born-in', { year: person.birthYear }),
      person.quarter,
    ]
      .filter(Boolean)
      .join(' · '),
    end: person.maskedId ? <Num>{person.maskedId}</Num> : t('id-number-none'),
  })
}
