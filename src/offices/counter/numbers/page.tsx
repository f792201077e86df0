import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  CheckField,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  Pane,
  PhoneField,
  PhoneText,
  Stack,
  usePage,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import {
  ChannelPane,
  CodePane,
  type ContactPart,
  contactTexts,
  EmailPane,
  KindsPane,
  LabelField,
  NumberState,
  NumbersPane,
} from '../../messaging/index.ts'
import type { Person, Phone, PhoneQuestion } from '../../people/index.ts'
import { CounterLayout } from '../layout.tsx'
import { numberTexts } from './strings.ts'

type NumbersPageProps = ContactPart & { person: Person; questions: PhoneQuestion[] }

/** How somebody is reached: their numbers, and beside them what comes to them. */
export function NumbersPage({ person, questions, ...part }: NumbersPageProps) {
  const t = useTexts(numberTexts)
  const { url } = usePage()
  const { view, action } = part
  return (
    <CounterLayout title={t('title', { name: person.displayName })} faults={part.faults}>
      <Crumbs
        links={[{ label: person.displayName, href: url(addresses.counterPerson, { person: person.id }) }]}
      />
      <Head title={t('title', { name: person.displayName })} sub={t('lead')} />
      <Zones kind="wide">
        <Stack>
          <CodePane {...part} back={action} />
          <Numbers {...part} />
          {!view.code && <AddNumber {...part} />}
        </Stack>
        <Stack>
          <ChannelPane {...part} />
          <EmailPane {...part} />
          <KindsPane {...part} />
          <Asked questions={questions} />
        </Stack>
      </Zones>
    </CounterLayout>
  )
}

function Numbers({ view, action, faults }: ContactPart) {
  const t = useTexts(numberTexts)
  return (
    <NumbersPane view={view} faults={faults} title={t('numbers')} none={t('numbers-none')}>
      {phone => <NumberLine phone={phone} action={action} faults={faults} />}
    </NumbersPane>
  )
}

function NumberLine({ phone, action, faults }: { phone: Phone } & Pick<ContactPart, 'action' | 'faults'>) {
  const t = useTexts(numberTexts)
  const number = phone.national
  return (
    <>
      <p className="row">
        <b>
          <PhoneText value={phone.e164} />
        </b>
        <NumberState phone={phone} />
      </p>
      <Form action={action} hidden={{ number: phone.key }}>
        <div className="mt-s">
          <LabelField name={`label-${phone.key}`} label={t('label')} labelHidden value={phone.label} tight />
        </div>
        <CheckField name={`shared-${phone.key}`} label={t('shared')} checked={phone.shared} />
        {(!phone.verified || phone.asleepAt) && (
          <CheckField
            name={`seen-${phone.key}`}
            label={t('seen')}
            fault={faultOf(faults, `seen-${phone.key}`)}
          />
        )}
        <p className="row mt-s">
          {(!phone.verified || phone.asleepAt) && (
            <Button variant="quiet" name="do" value="seen" label={t('verify-of', { number })}>
              {t('verify')}
            </Button>
          )}
          {!phone.shared && !phone.verified && (
            <Button variant="plain" name="do" value="verify" label={t('by-code-of', { number })}>
              {t('by-code')}
            </Button>
          )}
          {!phone.primary && (
            <Button variant="quiet" name="do" value="choose" label={t('choose-of', { number })}>
              {t('choose')}
            </Button>
          )}
          <Button variant="plain" name="do" value="describe" label={t('describe-of', { number })}>
            {t('describe')}
          </Button>
          <Button variant="plain" name="do" value="end" label={t('end-of', { number })}>
            {t('end')}
          </Button>
        </p>
      </Form>
    </>
  )
}

function AddNumber({ view, action, faults, typed }: ContactPart) {
  const t = useTexts(numberTexts)
  const contact = useTexts(contactTexts)
  return (
    <Pane id="add" title={t('add')} icon="plus">
      <Form action={action}>
        <PhoneField
          name="phone"
          label={contact('phone')}
          hint={contact('phone-hint')}
          value={typed('phone')}
          fault={faultOf(faults, 'phone')}
          autoComplete="off"
          tight
        />
        <LabelField name="label" label={t('label')} value={typed('label') || 'own'} tight />
        <CheckField name="proven" label={t('proven')} checked={typed('proven') === 'yes'} />
        <CheckField
          name="primary"
          label={t('primary')}
          checked={typed('primary') === 'yes' || view.phones.every(phone => !phone.primary)}
        />
        <CheckField name="shared" label={t('shared')} checked={typed('shared') === 'yes'} />
        <p className="row mt-s">
          <Button name="do" value="add">
            {t('add-do')}
          </Button>
          <Button variant="quiet" name="do" value="send">
            {t('by-code')}
          </Button>
        </p>
      </Form>
    </Pane>
  )
}

/** What was asked of the numbers at visits, and by whom. */
function Asked({ questions }: { questions: PhoneQuestion[] }) {
  const t = useTexts(numberTexts)
  return (
    <Pane id="asked" title={t('asked')} icon="chat">
      {questions.length === 0 && <p className="mut">{t('asked-none')}</p>}
      <ul className="lines">
        {questions.map(each => (
          <li key={each.id}>
            <PhoneText value={each.e164} /> <b>{t(`answer-${each.answer}`)}</b>
            <small className="line-note mut">
              {each.byName && t('asked-by', { name: each.byName })} <DateText value={each.at} form="moment" />
            </small>
          </li>
        ))}
      </ul>
    </Pane>
  )
}
