import { addresses } from '../../../lib/addresses.ts'
import { shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  DateField,
  faultOf,
  Note,
  PersonName,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { FoundPerson } from '../../people/index.ts'
import { boxesOfCapacity, type Party, type PartyCapacity } from '../../requests/index.ts'
import { counterTexts } from '../strings.ts'
import { type PartyText, partyTexts } from './strings.ts'

type Props = {
  capacity: PartyCapacity
  prefix: string
  typed: Readonly<Record<string, string>>
  faults: readonly Fault[]
}

const dates = new Set(['issuedOn', 'validUntil'])
const texts = new Set(Object.keys(partyTexts.ar))

/** What a capacity says of its proof and term: each box called as people call it for that capacity. */
export function TermsFields({ capacity, prefix, typed, faults }: Props) {
  const t = useTexts(partyTexts)
  const boxes = boxesOfCapacity(capacity)
  if (boxes.length === 0) return null
  const words = (name: string): PartyText => {
    const own = `${name}-${capacity}`
    return (texts.has(own) ? own : name) as PartyText
  }
  return (
    <div className="names">
      {boxes.map(name => {
        const field = {
          name: prefix + name,
          label: t(words(name)),
          value: typed[prefix + name],
          fault: faultOf(faults, prefix + name),
          tight: true,
        }
        if (dates.has(name)) {
          const open = name === 'validUntil' && (capacity === 'agent' || capacity === 'guardian')
          return <DateField key={name} {...field} hint={open ? t('validUntil-hint') : undefined} />
        }
        if (name === 'share')
          return <TextField key={name} {...field} hint={t('share-hint')} ltr width="short" />
        return <TextField key={name} {...field} maxLength={120} />
      })}
    </div>
  )
}

/** A line of a party: capacity, share, what proves it, its term. */
export function usePartyFacts() {
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const page = usePage()
  return (party: Omit<Party, 'name' | 'addedAt' | 'personId'>, expired = false): string =>
    [
      counter(`capacity-${party.capacity}`),
      party.share && t('share-of', { share: `${party.share.of}/${party.share.in}` }),
      party.proof?.number && t('proof-number', { number: party.proof.number }),
      party.proof?.issuer,
      party.validUntil && t(expired ? 'expired' : 'until', { date: shortDate(party.validUntil, page) }),
      party.mayCollect && t('collects'),
    ]
      .filter(Boolean)
      .join(' · ')
}

/** Several have such a name: each is named with a press, told apart by mother and year of birth. */
export function WhichOne(props: { found: readonly FoundPerson[] | undefined; text: string; action: string }) {
  const { found, text, action } = props
  const t = useTexts(partyTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  if (!found) return null
  if (found.length === 0) {
    return (
      <Note tone="honey" small>
        {t('found-nobody', { text })}{' '}
        <a href={url(addresses.counterRegister, {}, { q: text })}>{counter('register')}</a>
      </Note>
    )
  }
  return (
    <div className="mt-s">
      <p className="sm mut">{t('found-several')}</p>
      <ul className="check">
        {found.map(person => (
          <li key={person.id}>
            <span />
            <div>
              <b>
                <PersonName>{person.displayName}</PersonName>
              </b>
              <small>
                {[
                  person.motherName && counter('mother-is', { name: person.motherName }),
                  person.birthYear !== undefined && counter('born-in', { year: person.birthYear }),
                  person.maskedId || counter('id-number-none'),
                ]
                  .filter(Boolean)
                  .join(' · ')}
              </small>
            </div>
            <Button
              variant="quiet"
              name="chosen"
              value={person.id}
              formAction={action}
              label={t('name-as', { name: person.displayName })}
            >
              {t('name')}
            </Button>
          </li>
        ))}
      </ul>
    </div>
  )
}
