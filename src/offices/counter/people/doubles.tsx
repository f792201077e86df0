import { addresses } from '../../../lib/addresses.ts'
import { Button, FoundList, Note, Num, PersonName, usePage, useTexts } from '../../../ui/index.ts'
import type { ProbableDouble } from '../../people/index.ts'
import { counterTexts } from '../strings.ts'
import { peopleTexts } from './strings.ts'

/** Who may be the person about to be entered: opened with a press, or said to be somebody else. */
export function Doubles({ doubles }: { doubles: readonly ProbableDouble[] }) {
  const t = useTexts(peopleTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  if (doubles.length === 0) return null
  return (
    <div className="flash" id="doubles">
      <Note tone="honey" title={t('doubles-title')}>
        {t('doubles-why', { count: doubles.length })}
        <FoundList
          groups={[
            {
              id: 'doubles',
              label: t('double-open'),
              items: doubles.map(person => ({
                id: person.id,
                href: url(addresses.counterPerson, { person: person.id }),
                icon: 'user' as const,
                title: <PersonName>{person.displayName}</PersonName>,
                note: [
                  person.motherName && counter('mother-is', { name: person.motherName }),
                  person.birthYear !== undefined && counter('born-in', { year: person.birthYear }),
                  ...person.because.map(each => t(`double-${each}`)),
                ]
                  .filter(Boolean)
                  .join(' · '),
                end: person.maskedId ? <Num>{person.maskedId}</Num> : counter('id-number-none'),
              })),
            },
          ]}
        />
        <p className="mt-s">
          <Button variant="quiet" name="another" value="yes">
            {t('another')}
          </Button>
        </p>
      </Note>
    </div>
  )
}
