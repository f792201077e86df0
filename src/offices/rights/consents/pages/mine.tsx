import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  CitizenLayout,
  DateText,
  Empty,
  Flag,
  Form,
  Head,
  Note,
  Pane,
  Read,
  Stack,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, typedText, url, wholeOf, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { citizenOf, subjectOf } from '../../citizen.ts'
import { type Asked, answer, askedOf } from '../acts.ts'
import { consentText, consentTexts } from '../strings.ts'
import { History } from './history.tsx'

/** GET: what the town asks this person, with a button each way, and what they answered before. */
export async function showMine(call: Call): Promise<Response> {
  const seen = await read(call, tx => askedOf(tx, subjectOf(call)))
  return showPage(
    call,
    <CitizenLayout title={consentText(call.locale, 'title')} unlisted>
      <MyConsents {...seen} />
    </CitizenLayout>,
  )
}

/** POST: one answer, given or taken back. */
export async function sendMine(call: Call): Promise<Response> {
  const given = typedText(call, 'do') === 'give'
  const result = await write(call, async tx => {
    await answer(
      tx,
      call.house.crypto,
      {
        personId: subjectOf(call),
        purpose: typedText(call, 'purpose'),
        version: wholeOf(typedText(call, 'version')),
        given,
        way: 'portal',
      },
      { kind: 'citizen', id: citizenOf(call).personId },
    )
    return { redirect: url(call, addresses.myConsents) }
  })
  flash(call, {
    text: consentText(call.locale, given ? 'gave-it' : 'took-it'),
    tone: given ? 'olive' : 'info',
  })
  return result
}

function MyConsents({ asked, purposes, entries }: Awaited<ReturnType<typeof askedOf>>) {
  const t = useTexts(consentTexts)
  return (
    <Read>
      <Head title={t('title')} sub={t('lead')} />
      <Stack>
        {asked.length === 0 && (
          <Empty title={t('none')} level={2}>
            {t('none-text')}
          </Empty>
        )}
        {asked.map(each => (
          <OnePurpose key={each.purpose.code} {...each} />
        ))}
        <Note small icon="info">
          {t('legal')}
        </Note>
        <History purposes={purposes} entries={entries} />
      </Stack>
    </Read>
  )
}

function OnePurpose({ purpose, text, given, since, isNew }: Asked) {
  const t = useTexts(consentTexts)
  const { locale, url } = usePage()
  return (
    <Pane id={purpose.code} title={purpose.name[locale]}>
      <ConsentWords purpose={purpose} text={text} />
      <p>
        <Flag icon={given ? 'ok' : 'no'} tone={given ? 'olive' : undefined}>
          {t(given ? 'given' : 'not-given')}
        </Flag>{' '}
        {given && since && <DateText value={since} />}
      </p>
      {isNew && <Note tone="honey">{t('asked-anew')}</Note>}
      <Form
        action={url(addresses.myConsents)}
        hidden={{ purpose: purpose.code, version: String(text.version) }}
      >
        <Button name="do" value={given ? 'withdraw' : 'give'} variant={given ? 'quiet' : undefined}>
          {t(given ? 'withdraw' : 'give')}
        </Button>
      </Form>
    </Pane>
  )
}

/** The text as it is put before people, with whom data go to and which version it is. */
export function ConsentWords({ purpose, text }: Pick<Asked, 'purpose' | 'text'>) {
  const t = useTexts(consentTexts)
  const { locale } = usePage()
  return (
    <>
      {purpose.institution && (
        <p>
          <strong>
            <bdi>{t('with', { institution: purpose.institution })}</bdi>
          </strong>
        </p>
      )}
      <p className="written">{text[locale]}</p>
      <p className="sm mut">
        {t('version', { version: text.version })} <DateText value={text.from} form="paper" />
      </p>
    </>
  )
}
