import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import {
  type Column,
  DateText,
  Empty,
  FilterBar,
  Flag,
  Form,
  Head,
  HowLink,
  LinkButton,
  Pane,
  SearchBox,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useRichTexts,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { groupNames, groups } from '../../catalogue/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import { designerText, designerTexts } from '../strings.ts'
import { DraftState, Writer } from '../words.tsx'
import { type Asked, readRows, type ServiceRow, type StateFilter, selectRows, stateFilters } from './lines.ts'

type View = {
  asked: Asked
  rows: ServiceRow[]
  counts: Record<StateFilter, number>
  staff: Map<string, StaffMember>
  writes: boolean
}

/** GET: the services of the town, what is published of them and what is being written. */
export async function showList(call: Call): Promise<Response> {
  const asked: Asked = {
    state: stateFilters.find(each => each === call.query.state) ?? 'all',
    group: groups.find(each => each === call.query.group) ?? '',
    text: (call.query.q ?? '').slice(0, 80),
  }
  const { rows, staff } = await read(call, async tx => {
    const rows = await readRows(tx)
    const writers = rows.flatMap(({ draft }) => (draft ? [draft.authorId] : []))
    return { rows, staff: await staffById(tx, writers) }
  })
  const { shown, counts } = selectRows(rows, asked)
  const writes = may(call.visitor.actor, 'catalogue.write')
  return show(call, { asked, rows: shown, counts, staff, writes })
}

function show(call: Call, view: View): Response {
  const word = (key: Parameters<typeof designerText>[1]) => designerText(call.locale, key)
  const actions = view.writes && (
    <>
      <LinkButton href={url(call, addresses.designerImport)} variant="quiet" icon="up">
        {word('import')}
      </LinkButton>
      <LinkButton href={url(call, addresses.designerNew)} icon="plus">
        {word('new')}
      </LinkButton>
    </>
  )
  return showPage(
    call,
    <StaffLayout title={word('title')}>
      <Head title={word('title')} sub={word('sub')} actions={actions} />
      <Stack>
        <Filters view={view} />
        {view.rows.length === 0 ? (
          <Empty title={word('none-found')} level={2}>
            {word('none-found-next')}
          </Empty>
        ) : (
          <Services view={view} />
        )}
        <HowLink topic="design" />
      </Stack>
    </StaffLayout>,
  )
}

function Filters({ view: { asked, counts } }: { view: View }) {
  const t = useTexts(designerTexts)
  const group = useTexts(groupNames)
  const page = usePage()
  const at = (over: Partial<Asked>) => {
    const { state, group, text } = { ...asked, ...over }
    return page.url(addresses.designer, {}, { state: state === 'all' ? '' : state, group, q: text })
  }
  return (
    <>
      <Form
        action={page.url(addresses.designer)}
        method="get"
        label={t('search')}
        hidden={{ state: asked.state, group: asked.group || undefined }}
      >
        <SearchBox id="q" name="q" value={asked.text} placeholder={t('search-hint')} />
      </Form>
      <FilterBar
        label={t('by-state')}
        chips={stateFilters
          .filter(each => each === 'all' || each === asked.state || counts[each] > 0)
          .map(each => ({
            label: t(`of-${each}`),
            href: at({ state: each }),
            count: counts[each],
            on: asked.state === each,
          }))}
      />
      <FilterBar
        label={t('by-group')}
        chips={[
          { label: t('all-groups'), href: at({ group: '' }), on: asked.group === '' },
          ...groups.map(each => ({
            label: group(`group-${each}`),
            href: at({ group: each }),
            on: asked.group === each,
          })),
        ]}
      />
    </>
  )
}

function Services({ view: { rows, staff } }: { view: View }) {
  const t = useTexts(designerTexts)
  const local = useLocalized()
  const page = usePage()
  const columns: Column<ServiceRow>[] = [
    {
      id: 'service',
      head: t('service'),
      heads: true,
      phone: 'line' as const,
      cell: row => (
        <>
          <a href={page.url(addresses.designerService, { code: row.code })}>{local(row.name)}</a>{' '}
          <small className="plain mut">
            <bdi dir="ltr">{row.code}</bdi>
          </small>
        </>
      ),
    },
    { id: 'current', head: t('in-force'), phone: 'line' as const, cell: row => <InForce row={row} /> },
    {
      id: 'draft',
      head: t('writing'),
      phone: 'line' as const,
      cell: ({ draft }) =>
        draft ? (
          <>
            <a href={page.url(addresses.designerDraft, { draft: draft.id })}>
              <DraftState state={draft.state} />
            </a>{' '}
            <span className="sm mut">
              <Writer of={draft.authorId} staff={staff} /> · <DateText value={draft.changedAt} />
            </span>
          </>
        ) : (
          <span className="mut">{t('nothing-written')}</span>
        ),
    },
  ]
  return (
    <Pane id="services" title={t('title')} pad={false}>
      <Table caption={t('title')} columns={columns} rows={rows} rowId={row => row.code} />
    </Pane>
  )
}

function InForce({ row }: { row: ServiceRow }) {
  const t = useTexts(designerTexts)
  const rich = useRichTexts(designerTexts)
  const { current, coming, retiredAt, isRetired, national } = row
  return (
    <>
      {current ? (
        rich('version-since', {
          version: current.version,
          date: <DateText value={current.publishedAt} form="plain" />,
        })
      ) : (
        <span className="mut">{t('not-published')}</span>
      )}
      {coming && (
        <>
          <br />
          <Flag icon="cal" tone="honey">
            {rich('version-from', {
              version: coming.version,
              date: <DateText value={coming.publishedAt} form="plain" />,
            })}
          </Flag>
        </>
      )}
      {retiredAt && (
        <>
          <br />
          <Flag icon="warn" tone="sumac">
            {rich(isRetired ? 'retired' : 'ends-on', { date: <DateText value={retiredAt} form="plain" /> })}
          </Flag>
        </>
      )}
      {national !== undefined && (
        <>
          <br />
          <Flag icon="dl" tone="honey">
            {t('national-newer', { version: national })}
          </Flag>
        </>
      )}
    </>
  )
}
