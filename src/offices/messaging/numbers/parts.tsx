import { optionalKinds } from '../../../kernel/messages/index.ts'
import type { Fault } from '../../../lib/errors.ts'
import { formatPhone } from '../../../lib/phone.ts'
import {
  Button,
  ChoiceField,
  CodeField,
  Flag,
  Form,
  faultOf,
  LinkButton,
  MultipleField,
  Note,
  Pane,
  Row,
  Say,
  TextField,
  useTexts,
} from '../../../ui/index.ts'
import { contactChannels } from '../../people/index.ts'
import { contactTexts } from './strings.ts'
import type { ContactView } from './view.ts'

/** What every part of the page needs: where its forms go, and what was wrong with what was typed. */
export type ContactPart = {
  view: ContactView
  action: string
  faults: Fault[]
  typed: (name: string) => string
  /** Where what needs somebody's own word is asked. */
  consents: string
}

/** The box a code is typed into, while one is under way. */
export function CodePane({ view, action, faults, back }: ContactPart & { back: string }) {
  const t = useTexts(contactTexts)
  const { code } = view
  if (!code) return null
  const to = code.channel === 'sms' ? formatPhone(code.to) : code.to
  return (
    <Pane id="code" title={t('code-title')} icon="lock">
      <p className="mb-s">
        <Say>{t('code-sent', { to })}</Say>
      </p>
      <Form action={action} hidden={{ id: code.id }}>
        <CodeField name="code" label={t('code')} hint={t('code-hint')} fault={faultOf(faults, 'code')} />
        <Row>
          <Button name="do" value="check">
            {t('code-check')}
          </Button>
          <LinkButton href={back} variant="plain">
            {t('code-leave')}
          </LinkButton>
        </Row>
      </Form>
    </Pane>
  )
}

/** By which ways somebody is told. */
export function ChannelPane({ view, action, faults, typed }: ContactPart) {
  const t = useTexts(contactTexts)
  const offered = contactChannels.filter(each => each !== 'sms+email' || view.hasEmail)
  return (
    <Pane id="channels" title={t('channels')} icon="bell">
      <Form action={action}>
        <ChoiceField
          name="channels"
          label={t('channels')}
          labelHidden
          value={typed('channels') || view.channels}
          options={offered.map(each => ({
            value: each,
            label: t(`channel-${each}`),
            hint: t(`channel-${each}-hint`),
          }))}
          fault={faultOf(faults, 'channels')}
        />
        <Button variant="quiet" name="do" value="channels">
          {t('channel-save')}
        </Button>
      </Form>
    </Pane>
  )
}

/** The e-mail address, where the town sends e-mail. */
export function EmailPane({ view, action, faults, typed }: ContactPart) {
  const t = useTexts(contactTexts)
  if (!view.hasEmail) return null
  return (
    <Pane id="email" title={t('email')} icon="tel">
      <Form action={action}>
        {view.email ? (
          <p className="row mb-s">
            <bdi dir="ltr">{view.email.address}</bdi>
            <Flag icon="ok" tone="olive">
              {t('state-verified')}
            </Flag>
            <Button variant="plain" name="do" value="end-email" formNoValidate>
              {t('email-end')}
            </Button>
          </p>
        ) : (
          <p className="mut mb-s">{t('email-none')}</p>
        )}
        <TextField
          name="email"
          type="email"
          inputMode="email"
          ltr
          width="mid"
          maxLength={200}
          autoComplete="email"
          label={t(view.email ? 'email-change' : 'email-add')}
          hint={t('email-hint')}
          value={typed('email')}
          fault={faultOf(faults, 'email')}
        />
        <Button variant="quiet" name="do" value="email">
          {t('email-send')}
        </Button>
      </Form>
    </Pane>
  )
}

/** The kinds of messages that come; what the law has the town tell is not among them. */
export function KindsPane({ view, action, consents }: ContactPart) {
  const t = useTexts(contactTexts)
  const reached = view.phones.length > 0 || view.email !== undefined
  return (
    <Pane id="kinds" title={t('kinds')} icon="chat">
      {reached ? (
        <Form action={action}>
          <MultipleField
            name="kinds"
            label={t('kinds')}
            labelHidden
            hint={t('kinds-why')}
            values={view.kinds}
            options={view.asked.map(kind => ({ value: kind, label: t(`kind-${kind}`) }))}
          />
          {view.phones.some(phone => phone.shared) && (
            <Note tone="honey" small>
              {t('kinds-shared')}
            </Note>
          )}
          <p className="mt-s">
            <Button variant="quiet" name="do" value="kinds">
              {t('kinds-save')}
            </Button>
          </p>
        </Form>
      ) : (
        <p className="mut">{t('kinds-no-number')}</p>
      )}
      {view.asked.length < optionalKinds.length && (
        <p className="sm">
          {t('kinds-by-consent')} <a href={consents}>{t('kinds-consents')}</a>
        </p>
      )}
    </Pane>
  )
}
