import { addresses } from '../../../lib/addresses.ts'
import { closureOn, dateIn, hoursOn, isOpen, type WorkCalendar } from '../../../lib/calendar.ts'
import { clockTime } from '../../../lib/dates.ts'
import type { Localized } from '../../../lib/localized.ts'
import { keepFor } from '../../../platform/kept.ts'
import {
  Button,
  CitizenLayout,
  Columns,
  type Door,
  Doors,
  Form,
  Kinds,
  LinkButton,
  Note,
  Pane,
  PhoneText,
  Say,
  SearchBand,
  Section,
  Stack,
  TextField,
  useLocalized,
  usePage,
  useTexts,
  Wrap,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showAlike } from '../../../web/page.tsx'
import {
  type CatalogueService,
  catalogueOf,
  groupIcon,
  groupNames,
  groupOf,
  groups,
} from '../../catalogue/index.ts'
import { linesOf } from './mine/home.tsx'
import { Calls, type Line, Lines, waitsForMe } from './mine/lines.tsx'
import { mostAsked, myRequests } from './mine/store.ts'
import { citizenTexts } from './strings.ts'

/** What is asked for most changes in days. */
const ranks = keepFor<string[]>(60_000)

/** `/`: one question and one box; the citizen's own open requests first, for whoever is logged in. */
export function showFront(call: Call): Promise<Response> {
  const { actor } = call.visitor
  return showAlike(call, async () => {
    const { offered, often, mine } = await read(call, async tx => {
      const [catalogue, often, own] = await Promise.all([
        catalogueOf(tx),
        ranks.of(call.house, tx.town, 'ranks', () => mostAsked(tx)),
        actor.kind === 'citizen' && !actor.inPlaceOf ? myRequests(tx, actor.personId, 6) : [],
      ])
      return {
        offered: catalogue.offered,
        often,
        mine: linesOf(catalogue, own).filter(({ request }) => !request.closedAt),
      }
    })
    const rank = (code: string) => (often.includes(code) ? often.indexOf(code) : often.length)
    const services = [...offered].sort((a, b) => rank(a.code) - rank(b.code))
    const { calendar, name } = call.town
    return { body: <FrontPage services={services} mine={mine} calendar={calendar} name={name} /> }
  })
}

type FrontProps = { services: CatalogueService[]; mine: Line[]; calendar: WorkCalendar; name: Localized }

function FrontPage({ services, mine, calendar, name }: FrontProps) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { url, actor } = usePage()
  const known = actor.kind === 'citizen'
  return (
    <CitizenLayout title={t('front-title')} description={t('front-description', { town: local(name) })} wide>
      <SearchBand
        title={t('front-question')}
        label={t('front-search')}
        action={url(addresses.services)}
        often={services.slice(0, 4).map(({ code, service }) => ({
          href: url(addresses.service, { code }),
          label: local(service.definition.name),
        }))}
      />
      <Wrap>
        <FrontDoors />
        {mine.length > 0 && <Mine lines={mine} />}
        <Columns
          side={
            <>
              <Centre calendar={calendar} />
              {!known && <Track />}
            </>
          }
        >
          <Stack gap="large">
            <Groups services={services} />
            <Section id="about" title={local(name)}>
              <p className="read">{t('front-about')}</p>
            </Section>
          </Stack>
        </Columns>
      </Wrap>
    </CitizenLayout>
  )
}

function FrontDoors() {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const doors: Door[] = [
    { href: url(addresses.services), icon: 'doc', title: t('door-services'), note: t('door-services-note') },
    { href: url(addresses.myRequests), icon: 'list', title: t('door-mine'), note: t('door-mine-note') },
    { href: url(addresses.myDues), icon: 'wallet', title: t('door-dues'), note: t('door-dues-note') },
    { href: url(addresses.verify), icon: 'cert', title: t('door-verify'), note: t('door-verify-note') },
  ]
  return <Doors label={t('doors')} doors={doors} />
}

function Mine({ lines }: { lines: Line[] }) {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  const waiting = lines.filter(waitsForMe)
  const others = lines.filter(line => !waitsForMe(line)).slice(0, 3)
  return (
    <Section
      id="mine"
      title={t(waiting.length > 0 ? 'waiting' : 'open-requests')}
      actions={
        <a className="sm" href={url(addresses.my)}>
          {t('all-mine')}
        </a>
      }
    >
      <Stack>
        {waiting.length > 0 && <Calls lines={waiting} />}
        {others.length > 0 && <Lines lines={others} />}
      </Stack>
    </Section>
  )
}

function Groups({ services }: { services: CatalogueService[] }) {
  const t = useTexts(citizenTexts)
  const name = useTexts(groupNames)
  const local = useLocalized()
  const { url } = usePage()
  const kinds = groups.flatMap(group => {
    const inGroup = services.filter(each => groupOf(each.service.definition.group) === group)
    if (inGroup.length === 0) return []
    return [
      {
        href: `${url(addresses.services)}#group-${group}`,
        icon: groupIcon(group),
        title: name(`group-${group}`),
        count: inGroup.length,
        note: inGroup
          .slice(0, 4)
          .map(each => local(each.service.definition.name))
          .join('، '),
      },
    ]
  })
  return (
    <Section id="kinds" title={t('front-services')}>
      {kinds.length === 0 ? (
        <Note>{t('front-no-services')}</Note>
      ) : (
        <Kinds
          kinds={[
            ...kinds,
            {
              href: url(addresses.services),
              icon: 'go',
              title: t('front-all'),
              note: t('front-all-note', { count: services.length }),
            },
          ]}
        />
      )}
    </Section>
  )
}

/** Whether the centre is open now, and until when or from when. */
function Centre({ calendar }: { calendar: WorkCalendar }) {
  const t = useTexts(citizenTexts)
  const local = useLocalized()
  const { town, now, locale } = usePage()
  const today = dateIn(now, calendar.timeZone)
  const open = isOpen(calendar, now)
  const hours = hoursOn(calendar, today)
  const closed = closureOn(calendar, today)
  return (
    <Pane id="centre" title={t('centre')}>
      <Stack gap="small">
        {open && hours ? (
          <p className="live">
            <b>{t('open-now')}</b>{' '}
            <span className="mut sm nb">
              {t('until')} <Say>{clockTime(hours.to, locale)}</Say>
            </span>
          </p>
        ) : (
          <p>
            <b>{t('closed-now')}</b> {closed && <span className="mut sm">{closed}</span>}
          </p>
        )}
        <p className="sm mut">
          <Say>{local(town.hours)}</Say>
        </p>
        <p className="sm mut">{local(town.address)}</p>
        <p className="sm">
          <PhoneText value={town.phone} call />
        </p>
      </Stack>
    </Pane>
  )
}

function Track() {
  const t = useTexts(citizenTexts)
  const { url } = usePage()
  return (
    <Pane id="track" title={t('track-front')}>
      <Form action={url(addresses.track)} method="get" label={t('track-front')}>
        <TextField
          name="number"
          label={t('track-number')}
          hint={t('track-number-hint')}
          ltr
          inputMode="text"
          placeholder={t('track-number-sample')}
          tight
        />
        <Button variant="quiet" full>
          {t('track-show')}
        </Button>
      </Form>
      <p className="sm mt-s">
        <LinkButton variant="plain" href={url(addresses.help)}>
          {t('need-help')}
        </LinkButton>
      </p>
    </Pane>
  )
}
