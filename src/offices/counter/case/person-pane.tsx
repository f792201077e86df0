import { addresses } from '../../../lib/addresses.ts'
import { CheckField, Pane, usePage, useTexts } from '../../../ui/index.ts'
import { PersonFacts } from '../person-facts.tsx'
import { counterTexts } from '../strings.ts'
import type { CaseView } from './page.tsx'

/** Step 1: who it is for, and whether they showed it. */
export function PersonPane({ view: { of } }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const { person, notes } = of
  return (
    <Pane
      id="person"
      title={t('person')}
      step={{ number: 1, state: notes.identitySeen ? 'met' : 'now' }}
      end={<a href={url(addresses.counterPerson, { person: person.id })}>{t('person-open')}</a>}
    >
      <PersonFacts of={of} />
      <div className="mt-s">
        <CheckField
          name="seen"
          label={t(person.idKind === 'none' ? 'seen-known' : 'seen-id')}
          checked={notes.identitySeen}
        />
      </div>
      <p className="xs dim">{t('look-told')}</p>
    </Pane>
  )
}
