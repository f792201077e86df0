import { may } from '../../../../kernel/access/index.ts'
import { answerInWords } from '../../../../kernel/form/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { addDays, type CalendarDate, dateIn, isCalendarDate, startOfDay } from '../../../../lib/calendar.ts'
import { longDate } from '../../../../lib/dates.ts'
import type { Locale } from '../../../../lib/localized.ts'
import {
  Crumbs,
  DateText,
  Empty,
  Head,
  LinkButton,
  Pane,
  PersonName,
  PhoneText,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { type Catalogue, catalogueOf } from '../../../catalogue/index.ts'
import { primaryPhones } from '../../../people/index.ts'
import { requestNumber } from '../../model.ts'
import { deskOf } from '../inbox/page.tsx'
import { lookOnce } from '../looks.ts'
import { staffText, staffTexts } from '../strings.ts'
import { type Outing, outingsBetween } from './store.ts'

/** `/office/visits-out`: whom an office visits on a day, to be taken along on paper. */
export const outingsRoute: Route = route({
  method: 'get',
  address: addresses.outings,
  access: staff('request.act', 'request.read'),
  audit: looks('visits.out'),
  handle: async call => {
    const { timeZone } = call.town
    const asked = call.query.day
    const day = asked && isCalendarDate(asked) ? asked : dateIn(call.now, timeZone)
    const shown = await read(call, async tx => {
      const from = startOfDay(day, timeZone)
      const outings = await outingsBetween(tx, deskOf(call), from, startOfDay(addDays(day, 1), timeZone))
      const { actor } = call.visitor
      const calls = actor.kind === 'staff' && may(actor, 'person.read')
      const people = calls ? [...new Set(outings.map(({ applicantId }) => applicantId))] : []
      for (const personId of people) {
        const seen = { subjectKind: 'person', subjectId: personId, cause: staffText('ar', 'outing-cause') }
        await lookOnce(tx, call, 'visits.out', { personId, ...seen }, { kind: 'inspection' })
      }
      const phones = await primaryPhones(tx, call.house.crypto, people)
      return { outings, phones, catalogue: await catalogueOf(tx) }
    })
    const title = staffText(call.locale, 'visits-of', { date: longDate(day, { ...call, timeZone: 'UTC' }) })
    return showPage(call, <Outings {...shown} day={day} call={call} title={title} />)
  },
})

type Props = {
  outings: Outing[]
  phones: ReadonlyMap<string, string>
  catalogue: Catalogue
  day: CalendarDate
  call: Call
  title: string
}

function Outings({ outings, phones, catalogue, day, call, title }: Props) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const on = (date: CalendarDate) => url(addresses.outings, {}, { day: date })
  return (
    <StaffLayout title={title}>
      <div className="no-print">
        <Crumbs
          links={[{ label: t('inbox-title'), href: url(addresses.inbox) }]}
          note={outings.length > 0 ? t('sheet-print') : undefined}
        />
      </div>
      <Head
        title={title}
        sub={local(call.town.name)}
        actions={
          <span className="no-print row">
            <LinkButton variant="quiet" icon="back" href={on(addDays(day, -1))}>
              {t('visits-before')}
            </LinkButton>
            <LinkButton variant="quiet" icon="fwd" href={on(addDays(day, 1))}>
              {t('visits-after')}
            </LinkButton>
          </span>
        }
      />
      {outings.length === 0 ? (
        <Empty title={t('visits-none')} level={2}>
          {t('visits-none-why')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('visits-caption')}
            rows={outings}
            rowId={({ taskId }) => taskId}
            columns={[
              {
                id: 'hour',
                head: t('visits-hour'),
                tight: true,
                cell: ({ from, to, done }) => (
                  <>
                    <b>
                      <DateText value={from} form="time" />
                    </b>{' '}
                    – <DateText value={to} form="time" />
                    {done && <small className="line-note dim">{t('visits-done')}</small>}
                  </>
                ),
              },
              {
                id: 'request',
                head: t('visits-request'),
                heads: true,
                phone: 'line',
                cell: outing => (
                  <>
                    <a href={url(addresses.officeRequest, { id: outing.requestId }, { task: outing.taskId })}>
                      <bdi>{requestNumber(outing)}</bdi>
                    </a>{' '}
                    {local(definitionOf(catalogue, outing).name)}
                  </>
                ),
              },
              {
                id: 'who',
                head: t('visits-who'),
                cell: ({ applicant, applicantId }) => {
                  const phone = phones.get(applicantId)
                  return (
                    <>
                      <PersonName>{applicant}</PersonName>
                      {phone && (
                        <small className="line-note">
                          <PhoneText value={phone} call />
                        </small>
                      )}
                    </>
                  )
                },
              },
              {
                id: 'where',
                head: t('visits-where'),
                phone: 'line',
                cell: outing => placeOf(catalogue, outing, locale),
              },
              {
                id: 'officer',
                head: t('visits-officer'),
                phone: 'end',
                cell: ({ officer }) => (officer ? local(officer) : t('visits-no-officer')),
              },
            ]}
          />
        </Pane>
      )}
    </StaffLayout>
  )
}

const definitionOf = (catalogue: Catalogue, { serviceCode, serviceVersion }: Outing) =>
  catalogue.get(serviceCode, serviceVersion).service.definition

/** Where to go: the addresses the application names. */
function placeOf(catalogue: Catalogue, outing: Outing, locale: Locale): string {
  const fields = definitionOf(catalogue, outing).form.pages.flatMap(page => page.fields)
  return fields
    .flatMap(field => {
      const answer = outing.answers[field.id]
      return field.kind === 'address' && answer !== undefined
        ? [answerInWords(field, answer, { locale, land: {} })]
        : []
    })
    .join(' · ')
}
