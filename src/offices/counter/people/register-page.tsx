import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CheckField,
  ChoiceField,
  Crumbs,
  DateField,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  PhoneField,
  SegmentField,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import type { Town } from '../../../web/town.ts'
import { idKinds, type ProbableDouble } from '../../people/index.ts'
import { CounterLayout } from '../layout.tsx'
import { counterTexts } from '../strings.ts'
import { Doubles } from './doubles.tsx'
import { MoreFields } from './more-fields.tsx'

export type RegisterView = {
  typed: Record<string, string>
  faults: Fault[]
  warnings: Fault[]
  /** Somebody with this number, already here. */
  exists?: { id: string } | undefined
  doubles?: ProbableDouble[] | undefined
  levels: Town['profile']['levels']
}

/** Entering a person at the counter: as on the card, then how to reach them and where they live. */
export function RegisterPage({ view }: { view: RegisterView }) {
  const t = useTexts(counterTexts)
  const { url } = usePage()
  const { typed, faults, exists } = view
  const organisation = typed.kind === 'organisation'
  const other = organisation ? 'natural' : 'organisation'
  const title = t(organisation ? 'register-organisation' : 'register')
  return (
    <CounterLayout title={title} faults={faults}>
      <Crumbs links={[{ label: t('counter'), href: url(addresses.counter) }]} />
      <Head
        title={title}
        actions={
          <LinkButton href={url(addresses.counterRegister, {}, { kind: other })} variant="plain">
            {t(`register-${other}-link`)}
          </LinkButton>
        }
      />
      {exists && (
        <div className="flash">
          <Note tone="honey">
            {t('exists')} <a href={url(addresses.counterPerson, { person: exists.id })}>{t('exists-open')}</a>
          </Note>
        </div>
      )}
      <Form action={url(addresses.counterRegister)} hidden={{ kind: typed.kind ?? 'natural' }}>
        {/* Enter in any box registers, and never says that it is another person. */}
        <button className="vh" type="submit" tabIndex={-1} aria-hidden>
          {t('register-do')}
        </button>
        <Doubles doubles={view.doubles ?? []} />
        <Zones kind="half">
          <CardPane view={view} />
          <Stack>
            <Pane id="reach" title={t('register-reach')} icon="phone">
              <PhoneField
                name="phone"
                label={t('phone')}
                hint={t('phone-hint')}
                value={typed.phone}
                fault={faultOf(faults, 'phone')}
                autoComplete="off"
                optional
                tight
              />
              <CheckField
                name="phoneShared"
                label={t('phone-shared')}
                checked={typed.phoneShared === 'yes'}
              />
            </Pane>
            <Address view={view} />
            <Button big icon="check">
              {t('register-do')}
            </Button>
          </Stack>
        </Zones>
      </Form>
    </CounterLayout>
  )
}

/** What stands on the card, and what is asked where there is none. */
export function CardPane({ view }: { view: RegisterView }) {
  const t = useTexts(counterTexts)
  const organisation = view.typed.kind === 'organisation'
  return (
    <Pane id="card" title={t(organisation ? 'register-who' : 'register-card')} icon="user">
      <Names view={view} organisation={organisation} />
      <IdNumber view={view} organisation={organisation} />
      {!organisation && <MoreFields typed={view.typed} faults={view.faults} />}
    </Pane>
  )
}

function Names({ view: { typed, faults }, organisation }: { view: RegisterView; organisation: boolean }) {
  const t = useTexts(counterTexts)
  const field = (name: 'firstName' | 'fatherName' | 'grandfatherName' | 'familyName' | 'motherName') => ({
    name,
    label: t(name),
    value: typed[name],
    fault: faultOf(faults, name),
    maxLength: 120,
    tight: true,
  })
  if (organisation) return <TextField {...field('firstName')} label={t('tradeName')} autoFocus />
  return (
    <>
      <div className="names">
        <TextField {...field('firstName')} autoFocus />
        <TextField {...field('fatherName')} />
        <TextField {...field('grandfatherName')} />
        <TextField {...field('familyName')} />
      </div>
      <div className="names">
        <TextField {...field('motherName')} hint={t('motherName-hint')} />
        <DateField
          name="birthDate"
          label={t('birthDate')}
          value={typed.birthDate}
          fault={faultOf(faults, 'birthDate')}
          tight
        />
      </div>
      <SegmentField
        name="sex"
        label={t('sex')}
        value={typed.sex}
        fault={faultOf(faults, 'sex')}
        options={(['female', 'male'] as const).map(value => ({ value, label: t(`sex-${value}`) }))}
        tight
      />
    </>
  )
}

function IdNumber({ view, organisation }: { view: RegisterView; organisation: boolean }) {
  const t = useTexts(counterTexts)
  const { typed, faults, warnings } = view
  const kinds = idKinds.filter(kind =>
    organisation ? ['company', 'other', 'none'].includes(kind) : kind !== 'company',
  )
  return (
    <>
      <ChoiceField
        name="idKind"
        label={t('idKind')}
        value={typed.idKind ?? kinds[0]}
        fault={faultOf(faults, 'idKind')}
        columns={2}
        options={kinds.map(value => ({ value, label: t(`id-${value}`) }))}
        tight
      />
      <TextField
        name="idNumber"
        label={t('idNumber')}
        hint={t('idNumber-hint')}
        value={typed.idNumber}
        fault={faultOf(faults, 'idNumber')}
        warning={faultOf(warnings, 'idNumber')}
        width="mid"
        maxLength={40}
        spellCheck={false}
        ltr
        tight
      />
      {warnings.some(({ field }) => field === 'idNumber') && (
        <CheckField
          name="idConfirmed"
          label={t('idConfirmed')}
          checked={typed.idConfirmed === 'yes'}
          fault={faultOf(faults, 'idConfirmed')}
        />
      )}
    </>
  )
}

export function Address({ view: { typed, faults, levels } }: { view: RegisterView }) {
  const t = useTexts(counterTexts)
  const local = useLocalized()
  return (
    <Pane id="address" title={t('address')} icon="pin">
      <div className="levels">
        {(['block', 'quarter', 'parcel'] as const).map(level => (
          <TextField
            key={level}
            name={level}
            label={local(levels[level])}
            value={typed[level]}
            fault={faultOf(faults, level)}
            inputMode={level === 'quarter' ? 'text' : 'numeric'}
            ltr={level !== 'quarter'}
            maxLength={120}
            tight
          />
        ))}
      </div>
      <TextField
        name="landmark"
        label={t('landmark')}
        value={typed.landmark}
        fault={faultOf(faults, 'landmark')}
        maxLength={120}
        optional
        tight
      />
    </Pane>
  )
}
