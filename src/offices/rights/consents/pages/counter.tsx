import { addresses } from '../../../../lib/addresses.ts'
import { longDate } from '../../../../lib/dates.ts'
import { Forbidden } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateText,
  Flag,
  Form,
  Head,
  LinkButton,
  Note,
  Pane,
  Row,
  SheetPage,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, wholeOf, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { lookInto, openedBy } from '../../../looks/index.ts'
import { getPerson } from '../../../people/index.ts'
import { type Asked, answer, askedOf } from '../acts.ts'
import type { Entry } from '../model.ts'
import { consentText, consentTexts } from '../strings.ts'
import { History } from './history.tsx'
import { ConsentWords } from './mine.tsx'

async function openFor(call: Call) {
  const personId = idParam(call, 'person')
  return read(call, async tx => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    const cause = await lookInto(call, tx, { ...seen, cause: consentText('ar', 'counter-cause') })
    const opened = openedBy(tx, cause)
    return { person: await getPerson(opened, personId), ...(await askedOf(opened, personId)) }
  })
}

type View = Awaited<ReturnType<typeof openFor>>

/** GET: what the person at the window is asked: the clerk reads it out and presses what they answer. */
export async function showAtCounter(call: Call): Promise<Response> {
  const view = await openFor(call)
  return showPage(
    call,
    <StaffLayout title={consentText(call.locale, 'counter-title', { name: view.person.displayName })}>
      <AtCounter {...view} />
    </StaffLayout>,
  )
}

/** POST: their answer, with who asked. */
export async function sendAtCounter(call: Call): Promise<Response> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const personId = idParam(call, 'person')
  const given = typedText(call, 'do') === 'give'
  const result = await write(call, async tx => {
    // Somebody of another town, or nobody, agrees to nothing.
    await getPerson(tx, personId)
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: consentText('ar', 'counter-cause') })
    await answer(
      tx,
      call.house.crypto,
      {
        personId,
        purpose: typedText(call, 'purpose'),
        given,
        way: 'counter',
        version: wholeOf(typedText(call, 'version')),
      },
      { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office },
    )
    return { redirect: url(call, addresses.counterConsents, { person: personId }) }
  })
  flash(call, {
    text: consentText(call.locale, given ? 'gave-it' : 'took-it'),
    tone: given ? 'olive' : 'info',
  })
  return result
}

function AtCounter({ person, asked, purposes, entries }: View) {
  const t = useTexts(consentTexts)
  const { url } = usePage()
  return (
    <>
      <Crumbs
        links={[{ label: person.displayName, href: url(addresses.counterPerson, { person: person.id }) }]}
      />
      <Head
        title={t('counter-title', { name: person.displayName })}
        sub={t('counter-lead')}
        actions={
          asked.length > 0 && (
            <LinkButton
              href={url(addresses.counterConsentSheet, { person: person.id })}
              icon="print"
              variant="quiet"
            >
              {t('sheet')}
            </LinkButton>
          )
        }
      />
      <Stack>
        {asked.length === 0 && <Note>{t('none')}</Note>}
        {asked.map(each => (
          <AskAloud key={each.purpose.code} {...each} personId={person.id} entries={entries} />
        ))}
        <History purposes={purposes} entries={entries} />
      </Stack>
    </>
  )
}

function AskAloud(props: Asked & { personId: string; entries: Entry[] }) {
  const { purpose, text, given, since, personId, entries } = props
  const t = useTexts(consentTexts)
  const { locale, url } = usePage()
  const wasAsked = entries.some(each => each.purpose === purpose.code)
  const said = given ? 'counter-stands-yes' : wasAsked ? 'counter-stands-no' : 'counter-not-asked'
  return (
    <Pane id={purpose.code} title={purpose.name[locale]}>
      <ConsentWords purpose={purpose} text={text} />
      <p>
        <Flag icon={given ? 'ok' : wasAsked ? 'no' : 'clock'} tone={given ? 'olive' : undefined}>
          {t(said)}
        </Flag>{' '}
        {given && since && <DateText value={since} />}
      </p>
      <Form
        action={url(addresses.counterConsents, { person: personId })}
        hidden={{ purpose: purpose.code, version: String(text.version) }}
      >
        <Row>
          {!given && (
            <Button name="do" value="give">
              {t('counter-gives')}
            </Button>
          )}
          {(given || !wasAsked) && (
            <Button name="do" value="withdraw" variant="quiet">
              {t('counter-refuses')}
            </Button>
          )}
        </Row>
      </Form>
    </Pane>
  )
}

/** GET: the same on paper, to be ticked and signed where somebody wants that. */
export async function printSheet(call: Call): Promise<Response> {
  const { person, asked } = await openFor(call)
  const say = (key: Parameters<typeof consentText>[1]) => consentText(call.locale, key)
  return showPage(
    call,
    <SheetPage
      side="staff"
      title={say('sheet')}
      sub={say('sheet-sub')}
      actions={
        <>
          <LinkButton href="#sheet" icon="print" hotkey="F9">
            {say('sheet-print')}
          </LinkButton>
          <LinkButton href={url(call, addresses.counterConsents, { person: person.id })} variant="plain">
            {person.displayName}
          </LinkButton>
        </>
      }
    >
      <Sheet
        name={person.displayName}
        asked={asked}
        date={longDate(call.now, { locale: call.locale, timeZone: call.town.timeZone })}
      />
    </SheetPage>,
  )
}

function Sheet({ name, asked, date }: { name: string; asked: Asked[]; date: string }) {
  const t = useTexts(consentTexts)
  const { locale } = usePage()
  return (
    <article className="paper a4" id="sheet">
      <h2>{t('sheet')}</h2>
      {asked.map(({ purpose, text }) => (
        <div key={purpose.code}>
          <h3>{purpose.name[locale]}</h3>
          <ConsentWords purpose={purpose} text={text} />
          <p>
            ☐ {t('sheet-yes')} &nbsp;&nbsp;&nbsp; ☐ {t('sheet-no')}
          </p>
        </div>
      ))}
      <p>
        {t('sheet-name')}: <bdi>{name}</bdi>
      </p>
      <p>
        {t('sheet-date')}: {date}
      </p>
      <p>{t('sheet-sign')}: ………………………………</p>
    </article>
  )
}
