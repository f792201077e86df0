import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  CheckField,
  Crumbs,
  DateText,
  DuesPanel,
  Form,
  faultOf,
  Head,
  KeyHints,
  LinkButton,
  Note,
  Pane,
  PhoneField,
  RequestList,
  Row,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { mandateTexts, requestNumber } from '../../requests/index.ts'
import { useDueLines } from '../case/dues-pane.tsx'
import { CounterLayout } from '../layout.tsx'
import { NumberQuestion } from '../numbers/ask.tsx'
import { numberTexts } from '../numbers/strings.ts'
import { originalTexts } from '../originals/strings.ts'
import { PersonFacts } from '../person-facts.tsx'
import { pinTexts } from '../pin/strings.ts'
import { counterTexts } from '../strings.ts'
import type { PersonView } from './person.tsx'
import { Merged } from './record-page.tsx'
import { peopleTexts } from './strings.ts'

/** One person at the counter. */
export function PersonPage({ view }: { view: PersonView }) {
  const t = useTexts(counterTexts)
  const people = useTexts(peopleTexts)
  const n = useTexts(numberTexts)
  const { url } = usePage()
  const { person, faults } = view
  return (
    <CounterLayout title={person.displayName} faults={faults}>
      <Crumbs links={[{ label: t('counter'), href: url(addresses.counter) }]} />
      <Head
        title={<bdi>{person.displayName}</bdi>}
        actions={
          view.mayRegister && (
            <LinkButton
              href={url(addresses.counterRecord, { person: person.id })}
              variant="plain"
              icon="user"
            >
              {people('record-edit')}
            </LinkButton>
          )
        }
      />
      <Zones kind="counter">
        <Stack>
          <Pane id="person" title={t('person')} icon="user">
            <PersonFacts of={view} namesakes />
            <p className="xs dim mt-s">{t('look-told')}</p>
          </Pane>
          <Dues view={view} />
        </Stack>
        <Stack>
          {view.mayFile && <Services view={view} />}
          <Requests view={view} />
        </Stack>
        <Stack>
          {view.mayRegister && view.askAbout && <NumberQuestion personId={person.id} phone={view.askAbout} />}
          {view.mayRegister && <Phone view={view} />}
          {view.mayRegister && person.kind === 'natural' && <Pin view={view} />}
          {view.mayRegister && <Mandates view={view} />}
          {view.mayFile && <Originals view={view} />}
          {view.mayFile && <WordOf view={view} />}
          <LooksOf view={view} />
          <DataOf view={view} />
          <ConsentsOf view={view} />
          {view.merged.length > 0 && <Merged records={view.merged} mayMerge={view.mayMerge} />}
        </Stack>
      </Zones>
      <KeyHints
        hints={[
          { keys: 'F2', label: t('key-search') },
          { keys: 'F4', label: t('key-service') },
          ...(view.askAbout
            ? [
                { keys: 'F7', label: n('key-confirm') },
                { keys: 'Alt+P', label: n('key-change') },
              ]
            : []),
          { keys: 'Escape', label: t('key-leave') },
        ]}
      />
    </CounterLayout>
  )
}

function Dues({ view }: { view: PersonView }) {
  const { dues, person } = view
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const lines = useDueLines(dues)
  return (
    <Pane
      id="dues"
      title={t('dues')}
      icon="wallet"
      end={t('dues-now')}
      pad={false}
      footer={
        <>
          {view.mayTake && (
            <LinkButton
              href={url(addresses.counterPay, { person: person.id })}
              variant={dues.length > 0 ? 'quiet' : 'plain'}
              icon="cash"
              hotkey="F8"
            >
              {t('pay-dues')}
            </LinkButton>
          )}{' '}
          <a href={url(addresses.counterDues, { person: person.id })}>{t('dues-more')}</a>
        </>
      }
    >
      {dues.length === 0 ? <p className="pad ok-c">{t('dues-clear')}</p> : <DuesPanel lines={lines} />}
    </Pane>
  )
}

/** One form: the tick that the card was seen goes with whichever service is begun. */
function Services({ view: { person, services, asked, identitySeen } }: { view: PersonView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const here = url(addresses.counterPerson, { person: person.id })
  const begin = (code: string) => url(addresses.counterStart, { person: person.id, code })
  const [first] = services
  return (
    <Pane id="services" title={t('services')} icon="list" pad={false}>
      <div className="pad">
        {/* What was found is where the keyboard goes on. */}
        <Form action={`${here}#begin`} method="get" label={t('service-search')}>
          <div className="find-row">
            <TextField
              name="s"
              label={t('service-search')}
              value={asked}
              type="search"
              inputMode="search"
              hotkey="F4"
              autoFocus={asked === ''}
              tight
            />
            <Button variant="quiet" icon="search">
              {t('search-do')}
            </Button>
            {asked !== '' && (
              <LinkButton href={here} variant="plain">
                {t('services-all')}
              </LinkButton>
            )}
          </div>
        </Form>
      </div>
      {first ? (
        <Form action={begin(first.code)}>
          <div className="pad" id="begin">
            <CheckField
              name="seen"
              label={t(person.idKind === 'none' ? 'seen-known' : 'seen-id')}
              checked={identitySeen}
            />
          </div>
          <ul className="services" data-rows="">
            {services.map((each, at) => (
              <li key={each.code} data-row={each.code}>
                <div>
                  <b>{local(each.service.definition.name)}</b>
                  <small>{local(each.service.definition.summary)}</small>
                </div>
                <Button
                  variant={at === 0 && asked !== '' ? 'main' : 'quiet'}
                  formAction={begin(each.code)}
                  label={t('begin-of', { service: local(each.service.definition.name) })}
                >
                  {t('begin')}
                </Button>
              </li>
            ))}
          </ul>
        </Form>
      ) : (
        <p className="pad mut">{t('services-none', { text: asked })}</p>
      )}
    </Pane>
  )
}

function Requests({ view: { requests } }: { view: PersonView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  const { url } = usePage()
  const rows = [...requests].sort((a, b) => Number(!!a.closedAt) - Number(!!b.closedAt))
  return (
    <section aria-labelledby="requests-title" id="requests">
      <Head title={t('requests')} level={2} id="requests-title" />
      {rows.length === 0 ? (
        <p className="mut">{t('requests-none')}</p>
      ) : (
        <RequestList
          rows={rows.map(line => ({
            id: line.id,
            href: url(addresses.counterReceived, { id: line.id }),
            service: local(line.service.definition.name),
            number: requestNumber(line),
            state: line.state,
            note: (
              <>
                {t('filed-at')} <DateText value={line.filedAt} />
              </>
            ),
          }))}
        />
      )}
    </section>
  )
}

/** Who acts for them, and for whom they act. */
function Mandates({ view: { person } }: { view: PersonView }) {
  const t = useTexts(mandateTexts)
  const { url } = usePage()
  return (
    <LinkButton href={url(addresses.counterMandates, { person: person.id })} variant="plain" icon="users">
      {t('counter-link')}
    </LinkButton>
  )
}

/** What they have to say to the management, or about somebody: written down in their name. */
function WordOf({ view: { person } }: { view: PersonView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  return (
    <LinkButton href={url(addresses.counterWord, { person: person.id })} variant="plain" icon="chat">
      {t('write-word')}
    </LinkButton>
  )
}

/** Who looked at their data, on paper for them to take home. */
function LooksOf({ view: { person } }: { view: PersonView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  return (
    <LinkButton href={url(addresses.counterLooks, { person: person.id })} variant="plain" icon="eye">
      {t('print-looks')}
    </LinkButton>
  )
}

/** Everything kept about them on paper, and what of it they say is wrong. */
function DataOf({ view: { person } }: { view: PersonView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  return (
    <>
      <LinkButton href={url(addresses.counterData, { person: person.id })} variant="plain" icon="dl">
        {t('data-copy')}
      </LinkButton>
      <LinkButton href={url(addresses.counterCorrect, { person: person.id })} variant="plain" icon="hand">
        {t('data-correct')}
      </LinkButton>
    </>
  )
}

/** What they agreed to: asked, read out and kept. */
function ConsentsOf({ view: { person } }: { view: PersonView }) {
  const t = useTexts(peopleTexts)
  const { url } = usePage()
  return (
    <LinkButton href={url(addresses.counterConsents, { person: person.id })} variant="plain" icon="ok">
      {t('consents')}
    </LinkButton>
  )
}

/** Originals of theirs that the town holds, and taking one in. */
function Originals({ view: { person, originals } }: { view: PersonView }) {
  const t = useTexts(originalTexts)
  const { url } = usePage()
  return (
    <Pane id="originals" title={t('of-person')} icon="box">
      {originals.map(each => (
        <p key={each.id} className="mb-s">
          <a href={url(addresses.counterOriginal, { original: each.id })}>{each.paper}</a>
          <small className="line-note dim">{each.place}</small>
        </p>
      ))}
      <LinkButton
        href={url(addresses.counterOriginals, {}, { person: person.id })}
        variant="quiet"
        icon="plus"
      >
        {t('take')}
      </LinkButton>
    </Pane>
  )
}

function Phone({ view: { person, phones, faults, typedPhone } }: { view: PersonView }) {
  const t = useTexts(counterTexts)
  const n = useTexts(numberTexts)
  const { url } = usePage()
  const has = phones.some(phone => phone.primary)
  return (
    <Pane
      id="phone"
      title={t('phone')}
      icon="phone"
      footer={<a href={url(addresses.counterNumbers, { person: person.id })}>{n('open')}</a>}
    >
      <Form action={url(addresses.counterPhone, { person: person.id })}>
        <PhoneField
          name="phone"
          label={t(has ? 'phone-change' : 'phone-add')}
          hint={t('phone-hint')}
          value={typedPhone || undefined}
          fault={faultOf(faults, 'phone')}
          hotkey="Alt+KeyP"
          autoComplete="off"
          tight
        />
        <CheckField name="shared" label={t('phone-shared')} />
        <div className="mt-s">
          <Button variant="quiet">{t('phone-save')}</Button>
        </div>
      </Form>
    </Pane>
  )
}

function Pin({ view: { person, logIn } }: { view: PersonView }) {
  const t = useTexts(counterTexts)
  const p = useTexts(pinTexts)
  const { url } = usePage()
  const claimed = logIn?.level === 'claimed'
  if (person.idKind === 'none' && !claimed) {
    return (
      <Pane id="pin" title={t('pin')} icon="lock">
        <p className="mut">{t('pin-needs-id')}</p>
      </Pane>
    )
  }
  return (
    <Pane id="pin" title={t('pin')} icon="lock">
      <p className="sm mut">
        {claimed ? (
          p('pane-claimed')
        ) : logIn ? (
          <>
            {p('pane-had')} <DateText value={logIn.setAt} />
          </>
        ) : (
          p('pane-none')
        )}
      </p>
      {logIn?.unprovenAt && !claimed && (
        <Note tone="honey" small>
          {p('pane-unproven')} <DateText value={logIn.unprovenAt} />. {p('pane-unproven-what')}
        </Note>
      )}
      <div className="mt-s">
        <Row>
          <LinkButton href={url(addresses.counterPin, { person: person.id })} variant="quiet" icon="lock">
            {p(claimed ? 'pane-verify' : logIn ? 'pane-again' : 'pane-give')}
          </LinkButton>
        </Row>
      </div>
    </Pane>
  )
}
