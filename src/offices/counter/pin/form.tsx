import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CheckField,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  KeyHints,
  Note,
  Pane,
  PhoneText,
  Read,
  SegmentField,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import {
  claimantsOf,
  identityChecksOf,
  identityShown,
  type KeptCheck,
  type LogInStanding,
  logInStanding,
  recoveryReasons,
} from '../../people/index.ts'
import { type Standing, standingOf } from '../case/open.ts'
import { CounterLayout } from '../layout.tsx'
import { PersonFacts } from '../person-facts.tsx'
import { counterText, counterTexts } from '../strings.ts'
import { pinTexts } from './strings.ts'

export type PinView = Standing & {
  standing: LogInStanding | undefined
  checks: KeptCheck[]
  claimants: { personId: string; name: string; at: Date }[]
}

/** Somebody's log-in as the clerk sees it who is to hand over a PIN. */
export function pinViewOf(call: Call, personId: string): Promise<PinView> {
  return read(call, async tx => {
    const cause = counterText('ar', 'cause-identity')
    await lookInto(call, tx, { personId, subjectKind: 'person', subjectId: personId, cause })
    const of = await standingOf(tx, call, personId)
    return {
      ...of,
      standing: await logInStanding(tx, call.house, personId),
      checks: await identityChecksOf(tx, personId),
      claimants: of.idNumber === undefined ? [] : await claimantsOf(tx, call.house, of.idNumber),
    }
  })
}

/** The page on which a clerk says what was shown to them. */
export async function showPinForm(call: Call, faults: Fault[] = []): Promise<Response> {
  const view = await pinViewOf(call, idParam(call, 'person'))
  const typed = (name: string) => typedText(call, name)
  return showPage(call, <PinPage view={view} faults={faults} typed={typed} />, faults.length > 0 ? 422 : 200)
}

type Props = { view: PinView; faults: Fault[]; typed: (name: string) => string }

function PinPage({ view, faults, typed }: Props) {
  const t = useTexts(pinTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { person, standing } = view
  const claimed = standing?.level === 'claimed'
  const back = url(addresses.counterPerson, { person: person.id })
  const title = t(claimed ? 'title-claimed' : standing ? 'title-again' : 'title-first')
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs
        links={[
          { label: counter('counter'), href: url(addresses.counter) },
          { label: person.displayName, href: back },
        ]}
      />
      <Read>
        <Head title={title} />
        <Stack>
          <Pane id="person" title={counter('person')} icon="user">
            <PersonFacts of={view} />
          </Pane>
          <Claim view={view} />
          <Form
            action={url(addresses.counterPin, { person: person.id })}
            hidden={{ purpose: standing && !claimed ? 'recovery' : 'first' }}
          >
            <Pane id="shown" title={t('shown-title')} icon="cert">
              <Questions view={view} faults={faults} typed={typed} />
              <Note small>{t(claimed ? 'why-claimed' : standing ? 'why-again' : 'why-first')}</Note>
              <p className="mt">
                <Button icon={claimed ? 'ok' : 'print'} hotkey="F9">
                  {t(claimed ? 'verify' : 'give')}
                </Button>
              </p>
            </Pane>
          </Form>
          {view.checks.length > 0 && <Checks checks={view.checks} />}
        </Stack>
      </Read>
      <KeyHints
        hints={[
          { keys: 'F9', label: t(claimed ? 'verify' : 'give') },
          { keys: 'Escape', label: counter('key-leave') },
        ]}
      />
    </CounterLayout>
  )
}

function Questions({ view: { standing }, faults, typed }: Props) {
  const t = useTexts(pinTexts)
  const claimed = standing?.level === 'claimed'
  const field = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <>
      <SegmentField
        {...field('shown')}
        label={t('shown')}
        options={identityShown.map(each => ({ value: each, label: t(`shown-${each}`) }))}
      />
      <details className="digest" open={['passport', 'witness1', 'witness2'].some(at => faultOf(faults, at))}>
        <summary>{t('without-card')}</summary>
        <TextField
          {...field('passport')}
          label={t('passport')}
          hint={t('passport-hint')}
          width="mid"
          maxLength={40}
        />
        <TextField {...field('witness1')} label={t('witness1')} hint={t('witness-hint')} maxLength={120} />
        <TextField {...field('witness2')} label={t('witness2')} maxLength={120} />
      </details>
      {claimed && (
        <>
          <TextField
            {...field('cardNumber')}
            label={t('card-number')}
            hint={t('card-number-hint')}
            inputMode="numeric"
            width="mid"
            maxLength={20}
            ltr
          />
          <CheckField
            name="phoneTheirs"
            label={t('phone-theirs')}
            checked={typed('phoneTheirs') === 'yes'}
            fault={faultOf(faults, 'phoneTheirs')}
          />
        </>
      )}
      {standing && !claimed && (
        <SegmentField
          {...field('reason')}
          label={t('reason')}
          options={recoveryReasons.map(each => ({ value: each, label: t(`reason-${each}`) }))}
        />
      )}
    </>
  )
}

/** Who registered themselves is not believed yet: the number they gave, and the telephone they gave it from. */
function Claim({ view: { standing, phones, claimants } }: { view: PinView }) {
  const t = useTexts(pinTexts)
  const { url } = usePage()
  if (standing?.level === 'claimed')
    return (
      <Note tone="honey">
        {t('claimed-says')} <bdi dir="ltr">{standing.claimedNumber}</bdi>. {t('claimed-phone')}{' '}
        {phones.map(phone => (
          <PhoneText key={phone.key} value={phone.e164} />
        ))}
      </Note>
    )
  return claimants.map(each => (
    <Note tone="honey" key={each.personId}>
      {t('claimant')} <DateText value={each.at} />:{' '}
      <a href={url(addresses.counterPin, { person: each.personId })}>{each.name}</a>. {t('claimant-what')}
    </Note>
  ))
}

function Checks({ checks }: { checks: KeptCheck[] }) {
  const t = useTexts(pinTexts)
  return (
    <Pane id="checks" title={t('checks')} icon="clock">
      <ul className="lines">
        {checks.map(each => (
          <li key={each.at.toISOString()}>
            <DateText value={each.at} form="plain" /> · {t(`purpose-${each.purpose}`)} ·{' '}
            {t(`shown-${each.shown}`)}
            {each.reason && ` · ${t(`reason-${each.reason}`)}`}
            {each.byName && <span className="dim"> · {each.byName}</span>}
          </li>
        ))}
      </ul>
    </Pane>
  )
}
