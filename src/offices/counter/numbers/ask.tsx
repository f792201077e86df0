import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  DateText,
  Form,
  fieldId,
  LinkButton,
  Pane,
  PhoneText,
  Row,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, redirect } from '../../../web/page.tsx'
import { acts, type Route, route, staff } from '../../../web/route.ts'
import { answerAboutPhone, type Phone, type PhoneAnswer, phonesOf } from '../../people/index.ts'
import { byOf } from '../clerk.ts'
import { hang } from '../visit/hang.ts'
import { numberText, numberTexts } from './strings.ts'

export const askRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.counterNumberAsked,
    access: staff('person.register'),
    audit: acts('people.phone-asked'),
    handle: keepAnswer,
  }),
]

/** What a button of the question says; of a number that changed, the new one is typed into the pane beside it. */
const answers = ['still', 'gone', 'later'] as const satisfies PhoneAnswer[]

async function keepAnswer(call: Call): Promise<Response> {
  const person = idParam(call, 'person')
  const back = url(call, addresses.counterPerson, { person })
  const answer = answers.find(each => each === typedText(call, 'answer'))
  const phones = await read(call, tx => phonesOf(tx, call.house.crypto, person))
  const phone = phones.find(each => each.key === typedText(call, 'number'))
  if (!answer || !phone) return redirect(back)
  const { e164, national } = phone
  const done = await write(call, async tx => {
    await answerAboutPhone(tx, call.house.crypto, { personId: person, e164, answer }, byOf(call))
    if (answer !== 'later') await hang(tx, call, `phone.${answer}`, { personId: person })
    return { redirect: back }
  })
  flash(call, { text: numberText(call.locale, `said-${answer}`, { number: national }) })
  return done
}

/** «Is this still their number?», beside the person at the window. One key says yes. */
export function NumberQuestion({ personId, phone }: { personId: string; phone: Phone }) {
  const t = useTexts(numberTexts)
  const { url } = usePage()
  const since = phone.asleepAt ?? phone.failingSince
  return (
    <Pane id="ask-number" title={t('ask-title')} icon="phone" tone="honey">
      <p className="nm">
        <PhoneText value={phone.e164} />
      </p>
      <p className="sm mut mb-s">
        {phone.asleepAt ? t('ask-asleep') : t('ask-failing', { count: phone.failures })}{' '}
        {since && <DateText value={since} form="plain" />}
      </p>
      <Form action={url(addresses.counterNumberAsked, { person: personId })} hidden={{ number: phone.key }}>
        <Row>
          <Button name="answer" value="still" icon="check" hotkey="F7">
            {t('ask-still')}
          </Button>
          {phone.primary && (
            <LinkButton href={`#${fieldId('phone')}`} variant="quiet">
              {t('ask-changed')}
            </LinkButton>
          )}
        </Row>
        <p className="row mt-s">
          <Button name="answer" value="gone" variant="plain">
            {t('ask-gone')}
          </Button>
          <Button name="answer" value="later" variant="plain">
            {t('ask-later')}
          </Button>
        </p>
      </Form>
    </Pane>
  )
}
