import { addresses } from '../../../lib/addresses.ts'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  NationalIdField,
  Note,
  Pane,
  PersonName,
  Read,
  SegmentField,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedList, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { getPerson, type Mandate, mandateState, mandatesOf, type Person } from '../../people/index.ts'
import {
  MandateActs,
  MandateFlag,
  MandateServices,
  MandateTerm,
  type MandateTyped,
  mandateText,
  mandateTexts,
  type ServiceNames,
  serviceNames,
  TermFields,
} from '../../requests/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'

/** What may prove a mandate at the window. */
export const proofKinds = ['power-of-attorney', 'guardianship', 'letter', 'both-present'] as const

type View = {
  person: Person
  mandates: Mandate[]
  names: ServiceNames
  today: CalendarDate
  faults: Fault[]
  typed: MandateTyped
}

/** Who acts for somebody, for whom they act, and the form to enter another. */
export async function showPersonMandates(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const names = await serviceNames(call)
  const view = await read(call, async (tx): Promise<View> => {
    const cause = mandateText('ar', 'cause')
    await lookInto(call, tx, { personId, subjectKind: 'person', subjectId: personId, cause })
    return {
      person: await getPerson(tx, personId),
      mandates: await mandatesOf(tx, personId),
      names,
      faults,
      today: dateIn(tx.now, call.town.timeZone),
      typed: { text: name => typedText(call, name), list: name => typedList(call, name) },
    }
  })
  return showPage(call, <MandatesPage {...view} />, faults.length > 0 ? 422 : 200)
}

function MandatesPage(view: View) {
  const t = useTexts(mandateTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { person, mandates, faults } = view
  const title = t('counter-title', { name: person.displayName })
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs
        links={[
          { label: counter('counter'), href: url(addresses.counter) },
          { label: person.displayName, href: url(addresses.counterPerson, { person: person.id }) },
        ]}
      />
      <Read>
        <Head title={title} />
        <Stack>
          {person.kind === 'organisation' && <Note>{t('counter-organisation')}</Note>}
          <Pane id="mandates" title={t('title')} icon="users">
            {mandates.length === 0 && <p className="mut">{t('counter-none')}</p>}
            <Form action={url(addresses.counterMandates, { person: person.id })}>
              <ul className="lines">
                {mandates.map(each => (
                  <Line key={each.id} mandate={each} view={view} />
                ))}
              </ul>
            </Form>
          </Pane>
          <Enter {...view} />
        </Stack>
      </Read>
    </CounterLayout>
  )
}

function Line({ mandate, view: { today, names } }: { mandate: Mandate; view: View }) {
  const t = useTexts(mandateTexts)
  const state = mandateState(mandate, today)
  const sides = { principal: mandate.principal.name, agent: mandate.agent.name }
  return (
    <li>
      <p className="row">
        <span>
          {t('principal')}: <PersonName strong>{sides.principal}</PersonName> · {t('agent-is')}:{' '}
          <PersonName strong>{sides.agent}</PersonName>
        </span>
        <MandateFlag state={state} />
      </p>
      <MandateActs of={mandate} />
      <p className="row sm mut mt-xs">
        <MandateTerm of={mandate} />
        <MandateServices of={mandate} names={names} />
        {mandate.madeHow === 'counter' && <span>{t('made-counter')}</span>}
        {state !== 'ended' && state !== 'over' && (
          <Button variant="quiet" name="end" value={mandate.id} label={t('counter-end-of', sides)}>
            {t('counter-end')}
          </Button>
        )}
      </p>
    </li>
  )
}

function Enter({ person, faults, typed, names }: View) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  const organisation = person.kind === 'organisation'
  const field = (name: string) => ({ name, value: typed.text(name), fault: faultOf(faults, name) })
  return (
    <Pane id="enter" title={t(organisation ? 'counter-add-organisation' : 'counter-add')} icon="plus">
      <Form action={url(addresses.counterMandates, { person: person.id })}>
        <NationalIdField {...field('agent')} label={t('agent')} autoComplete="off" />
        <TermFields typed={typed} faults={faults} services={names} />
        <SegmentField
          {...field('proof')}
          label={t('proof')}
          options={proofKinds.map(each => ({ value: each, label: t(`proof-${each}`) }))}
        />
        <TextField {...field('proofNumber')} label={t('proof-number')} width="mid" maxLength={60} optional />
        <TextField {...field('proofIssuer')} label={t('proof-issuer')} width="mid" maxLength={120} optional />
        <p className="mt">
          <Button hotkey="F9">{t('counter-do')}</Button>
        </p>
      </Form>
    </Pane>
  )
}
