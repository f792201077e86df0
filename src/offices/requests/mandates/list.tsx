import { addresses } from '../../../lib/addresses.ts'
import { type CalendarDate, dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  DateText,
  Form,
  faultOf,
  Head,
  LinkButton,
  NationalIdField,
  Pane,
  PersonName,
  Read,
  Row,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, typedList, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { catalogueOf } from '../../catalogue/index.ts'
import { type Mandate, mandatesOf } from '../../people/index.ts'
import { citizenOf } from '../citizen/citizen.ts'
import {
  MandateActs,
  MandateFlag,
  MandateServices,
  MandateTerm,
  type MandateTyped,
  type ServiceNames,
  stateOn,
  TermFields,
} from './parts.tsx'
import { beginsAt } from './place.ts'
import { mandateTexts } from './strings.ts'

/** The services a mandate may be limited to, by their code. */
export const serviceNames = (call: Call): Promise<ServiceNames> =>
  read(call, async tx => {
    const { offered } = await catalogueOf(tx)
    return new Map(offered.map(({ code, service }) => [code, service.definition.name]))
  })

/** Who acts for somebody and for whom they act, and the form to let another. */
export async function showMandates(call: Call, faults: Fault[] = []): Promise<Response> {
  const { personId } = citizenOf(call)
  const names = await serviceNames(call)
  const mandates = await read(call, tx => mandatesOf(tx, personId))
  const view = {
    names,
    faults,
    today: dateIn(call.now, call.town.timeZone),
    given: mandates.filter(each => each.principal.id === personId),
    received: mandates.filter(each => each.agent.id === personId),
    typed: { text: (name: string) => typedText(call, name), list: (name: string) => typedList(call, name) },
  }
  return showPage(call, <MandatesPage {...view} />, faults.length > 0 ? 422 : 200)
}

type View = {
  given: Mandate[]
  received: Mandate[]
  names: ServiceNames
  today: CalendarDate
  faults: Fault[]
  typed: MandateTyped
}

function MandatesPage(view: View) {
  const t = useTexts(mandateTexts)
  const { given, received } = view
  return (
    <CitizenLayout title={t('title')} faults={view.faults} unlisted>
      <Read>
        <Head title={t('title')} sub={t('lead')} />
        <Stack>
          <Pane id="received" title={t('received')} icon="users">
            {received.length === 0 && <p className="mut">{t('received-none')}</p>}
            <ul className="lines">
              {received.map(each => (
                <Line key={each.id} mandate={each} view={view} mine />
              ))}
            </ul>
          </Pane>
          <Pane id="given" title={t('given')} icon="user">
            {given.length === 0 && <p className="mut">{t('given-none')}</p>}
            <ul className="lines">
              {given.map(each => (
                <Line key={each.id} mandate={each} view={view} />
              ))}
            </ul>
          </Pane>
          <Give {...view} />
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

type LineProps = { mandate: Mandate; view: View; mine?: boolean }

function Line({ mandate, view: { today, names }, mine = false }: LineProps) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  const state = stateOn(mandate, today)
  const { name } = mine ? mandate.principal : mandate.agent
  const waits = mine && state === 'offered'
  const usable = mine && state === 'in-force' && beginsAt(mandate.acts) !== undefined
  return (
    <li>
      <p className="row">
        <b>
          <PersonName>{name}</PersonName>
        </b>
        <MandateFlag state={state} />
      </p>
      <MandateActs of={mandate} />
      <p className="sm mut mt-xs">
        <MandateTerm of={mandate} />
        {mandate.services && (
          <>
            {' · '}
            <MandateServices of={mandate} names={names} />
          </>
        )}
        {!mine && (
          <>
            {' · '}
            {mandate.usedAt ? (
              <>
                {t('used')} <DateText value={mandate.usedAt} />
              </>
            ) : (
              t('used-never')
            )}
          </>
        )}
      </p>
      <div className="mt-s">
        <Row>
          {usable && (
            <Form action={url(addresses.actInPlace)} hidden={{ mandate: mandate.id }} inline>
              <Button icon="user" label={t('take-place-of', { name })}>
                {t('take-place')}
              </Button>
            </Form>
          )}
          <LinkButton
            href={url(addresses.myMandate, { mandate: mandate.id })}
            variant="quiet"
            label={t(waits ? 'accept-of' : 'open-of', { name })}
          >
            {t(waits ? 'accept' : 'open')}
          </LinkButton>
        </Row>
      </div>
    </li>
  )
}

function Give({ faults, typed, names }: View) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  return (
    <Pane id="give" title={t('give')} icon="plus">
      <p className="mut mb-s">{t('give-why')}</p>
      <Form action={url(addresses.myMandates)}>
        <NationalIdField
          name="agent"
          label={t('agent')}
          hint={t('agent-hint')}
          value={typed.text('agent')}
          fault={faultOf(faults, 'agent')}
          autoComplete="off"
        />
        <TextField
          name="agentFamily"
          label={t('agent-family')}
          hint={t('agent-family-hint')}
          value={typed.text('agentFamily')}
          width="mid"
          maxLength={120}
          autoComplete="off"
        />
        <TermFields typed={typed} faults={faults} services={names} />
        <TextField
          name="pin"
          label={t('pin')}
          hint={t('pin-hint')}
          fault={faultOf(faults, 'pin')}
          type="password"
          inputMode="numeric"
          autoComplete="current-password"
          width="short"
          maxLength={12}
          ltr
        />
        <p className="mt">
          <Button>{t('give-do')}</Button>
        </p>
      </Form>
    </Pane>
  )
}
