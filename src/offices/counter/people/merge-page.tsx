import { addresses } from '../../../lib/addresses.ts'
import { plainDate } from '../../../lib/dates.ts'
import {
  Button,
  CheckField,
  ChoiceField,
  Crumbs,
  Form,
  FoundList,
  faultOf,
  Head,
  LongTextField,
  Note,
  Num,
  Pane,
  PersonName,
  Stack,
  TextField,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { CounterLayout } from '../layout.tsx'
import { PersonFacts } from '../person-facts.tsx'
import { counterTexts } from '../strings.ts'
import type { MergeView, Side } from './merge.tsx'
import { peopleTexts } from './strings.ts'

/** Two records side by side, and the decision which of them stays. */
export function MergePage({ view }: { view: MergeView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  const { here, there, faults, refusal } = view
  const { id, displayName } = here.person
  return (
    <CounterLayout title={t('merge')} faults={faults}>
      <Crumbs links={[{ label: displayName, href: url(addresses.counterPerson, { person: id }) }]} />
      <Head title={t('merge')} sub={t('merge-sub', { name: displayName })} />
      {refusal && (
        <div className="flash">
          <Note tone="sumac">{t(`refused-${refusal}`)}</Note>
        </div>
      )}
      <Stack>
        <Find view={view} />
        {there && (
          <>
            <Zones kind="half">
              <SidePane side={here} id="here" />
              <SidePane side={there} id="there" />
            </Zones>
            <Decide view={view} there={there} />
          </>
        )}
      </Stack>
    </CounterLayout>
  )
}

function Find({ view: { here, text, found } }: { view: MergeView }) {
  const t = useTexts(peopleTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const action = url(addresses.counterMerge, { person: here.person.id })
  return (
    <Pane id="find">
      <Form action={action} method="get" label={t('merge-find')}>
        <div className="find-row">
          <TextField
            name="q"
            label={t('merge-find')}
            hint={t('merge-find-hint')}
            value={text}
            type="search"
            inputMode="search"
            tight
          />
          <Button variant="quiet" icon="search">
            {counter('search-do')}
          </Button>
        </div>
      </Form>
      {found?.length === 0 && <p className="mut mt-s">{t('merge-none', { text })}</p>}
      {found && found.length > 0 && (
        <FoundList
          groups={[
            {
              id: 'people',
              label: t('merge-pick'),
              items: found.map(person => ({
                id: person.id,
                href: url(addresses.counterMerge, { person: here.person.id }, { with: person.id }),
                icon: 'user' as const,
                title: <PersonName>{person.displayName}</PersonName>,
                note: [
                  person.motherName && counter('mother-is', { name: person.motherName }),
                  person.birthYear !== undefined && counter('born-in', { year: person.birthYear }),
                ]
                  .filter(Boolean)
                  .join(' · '),
                end: person.maskedId ? <Num>{person.maskedId}</Num> : counter('id-number-none'),
              })),
            },
          ]}
        />
      )}
    </Pane>
  )
}

function SidePane({ side, id }: { side: Side; id: 'here' | 'there' }) {
  const t = useTexts(peopleTexts)
  const page = usePage()
  const facts = [
    t('merge-requests', { count: side.requests }),
    t('merge-registered', { date: plainDate(side.person.registeredAt, page.now, page) }),
  ]
  return (
    <Pane id={id} title={t(`merge-${id}`)} icon="user">
      <PersonFacts of={side} namesakes />
      <p className="sm mut mt-s">{facts.join(' · ')}</p>
    </Pane>
  )
}

function Decide({ view, there }: { view: MergeView; there: Side }) {
  const t = useTexts(peopleTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { here, obstacles, stays, reason, faults } = view
  const label = ({ person, idNumber }: Side) =>
    [person.displayName, idNumber ?? counter('id-number-none')].join(' · ')
  return (
    <Pane id="decide" title={t('merge')} tone={obstacles.length > 0 ? 'honey' : undefined}>
      <Form
        action={url(addresses.counterMerge, { person: here.person.id })}
        hidden={{ with: there.person.id }}
      >
        <ChoiceField
          name="stays"
          label={t('merge-stays')}
          value={stays}
          fault={faultOf(faults, 'stays')}
          options={[here, there].map(side => ({ value: side.person.id, label: label(side) }))}
          columns={2}
          tight
        />
        <LongTextField
          name="reason"
          label={t('merge-reason')}
          value={reason}
          fault={faultOf(faults, 'reason')}
          rows={2}
          maxLength={500}
          tight
        />
        {obstacles.length > 0 && (
          <div className="mb-s">
            <Note tone="honey" title={t('merge-against')}>
              {obstacles.map(each => (
                <p key={each}>{t(`obstacle-${each}`)}</p>
              ))}
            </Note>
            <CheckField name="despite" label={t('merge-despite')} fault={faultOf(faults, 'despite')} />
          </div>
        )}
        <Button icon="users">{t('merge-do')}</Button>
      </Form>
    </Pane>
  )
}
