import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, type Fault, Forbidden } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import {
  Button,
  CitizenLayout,
  Confirm,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  PhoneField,
  PhoneText,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, typedText, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { acts, citizen, nothing, type Route, route } from '../../../web/route.ts'
import type { Phone } from '../../people/index.ts'
import { type ContactDesk, contactStep } from './acts.ts'
import { ChannelPane, CodePane, type ContactPart, EmailPane, KindsPane } from './parts.tsx'
import { LabelField, NumberNote, NumberState, NumbersPane } from './phones.tsx'
import { contactTexts } from './strings.ts'
import { contactOf } from './view.ts'

/** How somebody is reached: what they see and change themselves. */
export const contactRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.myContactDetails,
    access: citizen(),
    audit: nothing('shows people their own'),
    handle: call => show(call, []),
  }),
  route({
    method: 'post',
    address: addresses.myContactDetails,
    access: citizen(),
    audit: acts('people.contact-changed'),
    handle: async call => {
      const step = contactStep(typedText(call, 'do'))
      if (!step) throw new BadRequest('bad-form')
      return step(deskOf(call))
    },
  }),
]

function personOf(call: Call): string {
  const { actor } = call.visitor
  if (actor.kind !== 'citizen') throw new Forbidden('citizens-only')
  return actor.personId
}

const deskOf = (call: Call): ContactDesk => ({
  call,
  personId: personOf(call),
  by: { kind: 'citizen', id: personOf(call) },
  way: 'portal',
  here: query => url(call, addresses.myContactDetails, {}, query),
  again: faults => show(call, faults),
})

async function show(call: Call, faults: Fault[]): Promise<Response> {
  const asked = typedText(call, 'id') || (call.query.code ?? '')
  const personId = personOf(call)
  const view = await read(call, tx => contactOf(tx, call, personId, isId(asked) ? asked : undefined))
  const ending = view.phones.find(phone => phone.key === call.query.end)
  const part: ContactPart = {
    view,
    faults,
    action: url(call, addresses.myContactDetails),
    typed: name => typedText(call, name),
    consents: url(call, addresses.myConsents),
  }
  const page = ending ? <EndPage phone={ending} action={part.action} /> : <ContactPage {...part} />
  return showPage(call, page, faults.length > 0 ? 422 : 200)
}

/** Asks before a number is taken off. */
function EndPage({ phone, action }: { phone: Phone; action: string }) {
  const t = useTexts(contactTexts)
  const title = t('end-title', { number: phone.national })
  return (
    <CitizenLayout title={title} unlisted>
      <Confirm
        title={title}
        action={action}
        verb={t('end')}
        stops
        back={action}
        hidden={{ do: 'end', number: phone.key }}
      >
        {t('end-why')}
      </Confirm>
    </CitizenLayout>
  )
}

function ContactPage(part: ContactPart) {
  const t = useTexts(contactTexts)
  return (
    <CitizenLayout title={t('title')} faults={part.faults} unlisted>
      <Read>
        <Head title={t('title')} sub={t('lead')} />
        <Stack>
          <CodePane {...part} back={part.action} />
          <Numbers {...part} />
          {!part.view.code && <AddNumber {...part} />}
          <ChannelPane {...part} />
          <EmailPane {...part} />
          <KindsPane {...part} />
        </Stack>
      </Read>
    </CitizenLayout>
  )
}

function Numbers({ view, action, faults }: ContactPart) {
  const t = useTexts(contactTexts)
  const unchosen = view.phones.length > 0 && !view.phones.some(phone => phone.primary)
  return (
    <NumbersPane
      view={view}
      faults={faults}
      title={t('numbers')}
      none={t('numbers-none')}
      note={unchosen && <Note tone="honey">{t('none-primary')}</Note>}
    >
      {phone => (
        <>
          <p className="row">
            <b>
              <PhoneText value={phone.e164} />
            </b>
            <span className="mut sm">{t(`label-${phone.label}`)}</span>
          </p>
          <NumberState phone={phone} />
          <NumberNote phone={phone} />
          <NumberActs phone={phone} action={action} />
        </>
      )}
    </NumbersPane>
  )
}

function NumberActs({ phone, action }: { phone: Phone; action: string }) {
  const t = useTexts(contactTexts)
  const page = usePage()
  const number = phone.national
  const provable = !phone.shared && (!phone.verified || phone.asleepAt !== undefined)
  return (
    <Form action={action} hidden={{ number: phone.key }}>
      <p className="row mt-s">
        {provable && (
          <Button variant="quiet" name="do" value="verify" label={t('verify-of', { number })}>
            {t('verify')}
          </Button>
        )}
        {!phone.primary && phone.verified && !phone.shared && (
          <Button variant="quiet" name="do" value="choose" label={t('choose-of', { number })}>
            {t('choose')}
          </Button>
        )}
        <LinkButton
          href={page.url(addresses.myContactDetails, {}, { end: phone.key })}
          variant="plain"
          label={t('end-of', { number })}
        >
          {t('end')}
        </LinkButton>
      </p>
    </Form>
  )
}

function AddNumber({ action, faults, typed }: ContactPart) {
  const t = useTexts(contactTexts)
  return (
    <Pane id="add" title={t('add')} icon="plus">
      <p className="mut mb-s">{t('add-why')}</p>
      <Form action={action}>
        <PhoneField
          name="phone"
          label={t('phone')}
          hint={t('phone-hint')}
          value={typed('phone')}
          fault={faultOf(faults, 'phone')}
        />
        <LabelField name="label" label={t('label')} value={typed('label') || 'own'} />
        <Button name="do" value="send">
          {t('send')}
        </Button>
      </Form>
    </Pane>
  )
}
