import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { addDays, dateIn, startOfDay } from '../../../lib/calendar.ts'
import { plainDate, shortDate } from '../../../lib/dates.ts'
import type { Fault } from '../../../lib/errors.ts'
import { inLocale } from '../../../lib/localized.ts'
import {
  Button,
  Crumbs,
  DateField,
  DateText,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Stack,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
  Zones,
} from '../../../ui/index.ts'
import { actorKey } from '../../../web/actor.ts'
import { type Call, param, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { keepService, retireService } from '../../catalogue/index.ts'
import { beginNextVersion } from '../drafts/begin.ts'
import { designerText, designerTexts } from '../strings.ts'
import { readService, type ServiceView } from './load.ts'
import { readEnd, type TypedEnd } from './retire.ts'
import { Versions } from './versions.tsx'

type View = ServiceView & { typed?: TypedEnd; faults?: Fault[] }

/** GET: a service, its versions, and what can be done with it. */
export async function showService(call: Call): Promise<Response> {
  const code = param(call, 'code')
  return show(call, await read(call, tx => readService(tx, code)))
}

/** POST: begins the next version, or opens the draft there is. */
export async function writeNext(call: Call): Promise<Response> {
  const code = param(call, 'code')
  const by = actorKey(call.visitor.actor)
  return write(call, async tx => {
    const draft = await beginNextVersion(tx, code, by)
    return { redirect: url(call, addresses.designerPart, { draft, part: 'sheet' }) }
  })
}

/** POST: ends the service on a day to come, or takes that back. */
export async function saveEnd(call: Call): Promise<Response> {
  const code = param(call, 'code')
  const by = actorKey(call.visitor.actor)
  const view = await read(call, tx => readService(tx, code))
  const redirect = url(call, addresses.designerService, { code })
  const name = inLocale(view.name, call.locale)
  if (typedText(call, 'do') === 'keep') {
    const answer = await write(call, async tx => {
      await keepService(tx, code, by)
      return { redirect }
    })
    flash(call, { text: designerText(call.locale, 'kept', { name }) })
    return answer
  }
  const typed = { day: typedText(call, 'day'), ar: typedText(call, 'ar'), en: typedText(call, 'en') }
  const reading = readEnd(typed, dateIn(call.now, call.town.timeZone))
  if (!reading.ok) return show(call, { ...view, typed, faults: reading.faults })
  const { day, words } = reading.value
  const answer = await write(call, async tx => {
    await retireService(tx, code, by, { at: startOfDay(day, call.town.timeZone), words })
    return { redirect }
  })
  const date = plainDate(day, call.now, { locale: call.locale, timeZone: call.town.timeZone })
  flash(call, { text: designerText(call.locale, 'ended', { name, date }) })
  return answer
}

function show(call: Call, view: View): Response {
  const title = inLocale(view.name, call.locale)
  const { actor } = call.visitor
  const ends = may(actor, 'catalogue.retire') && view.current !== undefined && !view.isRetired
  return showPage(
    call,
    <StaffLayout title={title} faults={view.faults}>
      <Crumbs links={[{ label: designerText(call.locale, 'title'), href: url(call, addresses.designer) }]} />
      <Head
        title={title}
        sub={<bdi dir="ltr">{view.code}</bdi>}
        actions={may(actor, 'catalogue.write') ? <Doors view={view} /> : undefined}
      />
      <Zones kind="wide">
        <Stack>
          {view.ending && <Ending view={view} mayKeep={may(actor, 'catalogue.retire')} />}
          {view.national !== undefined && <National view={view} />}
          <Versions view={view} />
        </Stack>
        <Stack>{ends && <End view={view} />}</Stack>
      </Zones>
    </StaffLayout>,
    view.faults ? 422 : 200,
  )
}

function Doors({ view: { code, draft, current } }: { view: View }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <>
      {current && (
        <LinkButton href={page.url(addresses.service, { code })} variant="quiet" icon="eye">
          {t('see-sheet')}
        </LinkButton>
      )}
      {current && (
        <LinkButton href={page.url(addresses.designerNew, {}, { from: code })} variant="quiet" icon="plus">
          {t('new-copy')}
        </LinkButton>
      )}
      {draft ? (
        <LinkButton href={page.url(addresses.designerDraft, { draft: draft.id })}>
          {t('open-draft')}
        </LinkButton>
      ) : (
        <Form action={page.url(addresses.designerService, { code })} inline label={t('write-next')}>
          <Button icon="doc">{t('write-next')}</Button>
        </Form>
      )}
    </>
  )
}

function Ending({ view: { code, ending }, mayKeep }: { view: View; mayKeep: boolean }) {
  const t = useTexts(designerTexts)
  const rich = useRichTexts(designerTexts)
  const local = useLocalized()
  const page = usePage()
  if (!ending) return null
  return (
    <Note tone="honey" title={t('ending-title')}>
      {rich('ending-on', {
        date: <DateText value={ending.at} form="plain" />,
        words: <bdi>{local(ending.words ?? { ar: '', en: '' })}</bdi>,
      })}
      {mayKeep && (
        <Form action={page.url(addresses.designerRetire, { code })} hidden={{ do: 'keep' }} inline>
          <Button variant="quiet">{t('keep')}</Button>
        </Form>
      )}
    </Note>
  )
}

function National({ view: { code, national } }: { view: View }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  return (
    <Note tone="honey" icon="dl" title={t('national-title')}>
      {t('national-sub', { version: national ?? 0 })}{' '}
      <a href={page.url(addresses.designerNational, { code })}>{t('national-see')}</a>
    </Note>
  )
}

function End({ view: { code, typed, faults } }: { view: View }) {
  const t = useTexts(designerTexts)
  const page = usePage()
  const tomorrow = addDays(dateIn(page.now, page.timeZone), 30)
  return (
    <Pane id="end" title={t('end-title')} icon="no">
      <Stack>
        <p className="sm mut">{t('end-sub')}</p>
        <Form action={page.url(addresses.designerRetire, { code })}>
          <DateField
            name="day"
            label={t('end-day')}
            hint={t('end-day-hint', { example: shortDate(tomorrow, page) })}
            value={typed?.day}
            fault={faultOf(faults, 'day')}
          />
          <TextField
            name="ar"
            label={t('end-words')}
            hint={t('end-words-hint')}
            value={typed?.ar}
            fault={faultOf(faults, 'ar')}
            maxLength={300}
          />
          <TextField
            name="en"
            label={t('end-words-en')}
            value={typed?.en}
            fault={faultOf(faults, 'en')}
            maxLength={300}
            optional
            ltr
          />
          <Button variant="stop">{t('end')}</Button>
        </Form>
      </Stack>
    </Pane>
  )
}
