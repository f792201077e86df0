import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  Note,
  Pager,
  Pane,
  PersonName,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { lookRules } from '../../looks/index.ts'
import { LookTabs } from '../staff/tabs.tsx'
import { oversightText, oversightTexts } from '../strings.ts'
import { type IdleDay, type IdleOpening, idleDays, idleOpenings } from './store.ts'

const perPage = 50

/** GET: files opened by their number at a window with nothing done in them: whose, by whom, and who did it oftener than the town's line. */
export async function showPresence(call: Call): Promise<Response> {
  const asked = (name: string) => (isId(call.query[name] ?? '') ? call.query[name] : undefined)
  const who = asked('who')
  const before = asked('before')
  const { list, days } = await read(call, async tx => ({
    list: await idleOpenings(tx, { staffId: who, before, limit: perPage + 1 }),
    days: await idleDays(tx, await lookRules(tx)),
  }))
  return showPage(
    call,
    <StaffLayout title={oversightText(call.locale, 'presence-title')}>
      <PresencePage call={call} list={list} days={days} who={who} before={before} />
    </StaffLayout>,
  )
}

function PresencePage(props: {
  call: Call
  list: IdleOpening[]
  days: IdleDay[]
  who: string | undefined
  before: string | undefined
}) {
  const { call, list, days, who, before } = props
  const t = useTexts(oversightTexts)
  const local = useLocalized()
  const { url } = usePage()
  const shown = list.slice(0, perPage)
  const here = (query: Record<string, string | undefined>) =>
    url(addresses.lookPresence, {}, { who, ...query })
  const columns: Column<IdleOpening>[] = [
    {
      id: 'who',
      head: t('who'),
      heads: true,
      phone: 'line',
      cell: each => (
        <>
          <PersonName strong>{local(each.staff)}</PersonName>{' '}
          {each.office && <small className="dim">{local(each.office)}</small>}
        </>
      ),
    },
    { id: 'whose', head: t('whose'), cell: each => <PersonName>{each.person}</PersonName> },
    {
      id: 'when',
      head: t('when'),
      dim: true,
      tight: true,
      cell: each => <DateText value={each.at} form="moment" />,
    },
  ]
  return (
    <>
      <Head title={t('presence-title')} sub={t('presence-sub')} />
      <LookTabs call={call} current="presence" />
      <Stack>
        {days.map(each => (
          <Note key={`${each.staffId} ${each.day}`} tone="sumac" icon="eye">
            <a href={here({ who: each.staffId })}>{local(each.name)}</a>
            {': '}
            {t('presence-flag', { count: each.files })} <DateText value={each.day} />
          </Note>
        ))}
        {shown.length === 0 ? (
          <Empty title={t('presence-none')} level={2}>
            {t('presence-none-text')}
          </Empty>
        ) : (
          <Pane pad={false}>
            <Table
              caption={t('presence-title')}
              columns={columns}
              rows={shown}
              rowId={each => each.visitId}
            />
          </Pane>
        )}
      </Stack>
      <Pager
        previous={before || who ? here({ who: undefined }) : undefined}
        next={list.length > perPage ? here({ before: shown.at(-1)?.visitId }) : undefined}
      />
    </>
  )
}
