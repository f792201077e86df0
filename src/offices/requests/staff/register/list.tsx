import type { RequestState } from '../../../../kernel/workflow/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { isId } from '../../../../lib/ids.ts'
import {
  type Chip,
  Clock,
  DateText,
  Empty,
  FilterBar,
  Head,
  Pager,
  Pane,
  PersonName,
  StaffLayout,
  StateBadge,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { nothing, type Route, route, staff } from '../../../../web/route.ts'
import { type Catalogue, catalogueOf } from '../../../catalogue/index.ts'
import { passRows } from '../../../looks/index.ts'
import { listRequests, type RequestFilter, type RequestLine } from '../../lists.ts'
import { requestNumber } from '../../model.ts'
import { clockOf } from '../clock.ts'
import { staffText, staffTexts } from '../strings.ts'

const pageSize = 30
const filters = ['open', 'late', 'awaiting-papers', 'awaiting-fee', 'done', 'rejected'] as const
type Filter = (typeof filters)[number]
const words = {
  open: 'list-open',
  late: 'list-late',
  'awaiting-papers': 'list-papers',
  'awaiting-fee': 'list-fee',
  done: 'list-done',
  rejected: 'list-rejected',
} as const satisfies Record<Filter, string>

export const listRoute: Route = route({
  method: 'get',
  address: addresses.officeRequests,
  access: staff('request.read'),
  audit: nothing('names applicants of requests the reader works with; opening one is written down'),
  mayBeOld: true,
  handle: async call => {
    const asked = askedOf(call)
    const { lines, catalogue } = await read(call, async tx => ({
      lines: await listRequests(tx, call.visitor.actor, toFilter(asked), pageSize + 1),
      catalogue: await catalogueOf(tx),
    }))
    // Where one begins is one's own desk; beyond it one leafs through other people's affairs.
    if (Object.values(asked).some(Boolean)) await passRows(call, Math.min(lines.length, pageSize))
    return showPage(
      call,
      <RequestsPage
        title={staffText(call.locale, 'list-title')}
        asked={asked}
        lines={lines.slice(0, pageSize)}
        more={lines.length > pageSize}
        catalogue={catalogue}
        call={call}
      />,
    )
  },
})

type Asked = { filter: Filter | undefined; service: string | undefined; after: string | undefined }

function askedOf({ query }: Call): Asked {
  return { filter: filters.find(each => each === query.state), service: query.service, after: query.after }
}

function toFilter({ filter, service, after }: Asked): RequestFilter {
  const [instant = '', id = ''] = after?.split('~') ?? []
  const goesOn = isId(id) && !Number.isNaN(Date.parse(instant))
  return {
    state: filter === 'late' || filter === undefined ? undefined : (filter as RequestState | 'open'),
    late: filter === 'late',
    serviceCode: service,
    ...(goesOn && { before: new Date(instant), beforeId: id }),
  }
}

type Props = {
  title: string
  asked: Asked
  lines: RequestLine[]
  more: boolean
  catalogue: Catalogue
  call: Call
}

function RequestsPage({ title, asked, lines, more, catalogue, call }: Props) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const page = usePage()
  const { filter, service } = asked
  const of = (state: string | undefined, code: string | undefined, after?: string) =>
    page.url(addresses.officeRequests, {}, { state, service: code, after })
  const states: Chip[] = [
    { label: t('chip-all'), href: of(undefined, service), on: !filter },
    ...filters.map(each => ({ label: t(words[each]), href: of(each, service), on: each === filter })),
  ]
  const services: Chip[] = catalogue.offered.map(({ code, service: { definition } }) => ({
    label: local(definition.name),
    href: of(filter, code === service ? undefined : code),
    on: code === service,
  }))
  const last = lines.at(-1)
  return (
    <StaffLayout title={title}>
      <Head title={title} sub={t('list-sub')} />
      <FilterBar chips={states} label={t('list-states')} />
      {services.length > 1 && <FilterBar chips={services} label={t('list-services')} />}
      {lines.length === 0 ? (
        <Empty title={t('list-empty')} level={2}>
          {t('list-empty-why')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <RequestTable lines={lines} catalogue={catalogue} call={call} />
        </Pane>
      )}
      {(more || asked.after) && (
        <div className="mt-s">
          <Pager
            previous={asked.after ? of(filter, service) : undefined}
            next={more && last ? of(filter, service, `${last.filedAt.toISOString()}~${last.id}`) : undefined}
          />
        </div>
      )}
    </StaffLayout>
  )
}

/** Requests with where each stands and whether it is in time. */
export function RequestTable({ lines, catalogue, call }: Pick<Props, 'lines' | 'catalogue' | 'call'>) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url, now } = usePage()
  const definitionOf = (line: RequestLine) =>
    catalogue.get(line.serviceCode, line.serviceVersion).service.definition
  return (
    <Table
      caption={t('list-caption')}
      rows={lines}
      rowId={line => line.id}
      columns={[
        {
          id: 'request',
          head: t('col-request'),
          heads: true,
          phone: 'line',
          cell: line => (
            <>
              <a className="go" href={url(addresses.officeRequest, { id: line.id })}>
                {local(definitionOf(line).name)}
              </a>{' '}
              <span className="dim xs nb">{requestNumber(line)}</span>
            </>
          ),
        },
        { id: 'person', head: t('col-person'), cell: line => <PersonName>{line.applicant}</PersonName> },
        { id: 'state', head: t('col-state'), cell: line => <StateBadge state={line.state} bare /> },
        {
          id: 'step',
          head: t('col-step'),
          phone: 'hide',
          cell: line => {
            const step = definitionOf(line).steps.find(({ id }) => id === line.step)
            return step ? local(step.name) : ''
          },
        },
        {
          id: 'due',
          head: t('col-due'),
          phone: 'end',
          cell: line => {
            const deadline = { from: line.filedAt, due: line.dueAt, held: line.pausedAt !== undefined }
            const clock = line.closedAt ? undefined : clockOf(deadline, now, call.town.calendar)
            return clock ? <Clock clock={clock} /> : ''
          },
        },
        {
          id: 'filed',
          head: t('col-filed'),
          phone: 'hide',
          dim: true,
          tight: true,
          cell: line => <DateText value={line.filedAt} form="dense" />,
        },
      ]}
    />
  )
}
