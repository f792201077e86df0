import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import {
  DateText,
  Empty,
  FilterBar,
  Flag,
  Head,
  LinkButton,
  Pane,
  PersonName,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { getPeople } from '../../../people/index.ts'
import { type Correction, correctionsFor } from '../store.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { CorrectionFlag } from './mine.tsx'

const most = 100

type Line = Correction & { person: string; late: boolean }
type Which = 'open' | 'decided'

/** GET: corrections that wait, the first due first; late ones say so. */
export async function showCorrections(call: Call): Promise<Response> {
  const which: Which = call.query.decided === 'yes' ? 'decided' : 'open'
  const lines = await read(call, async (tx): Promise<Line[]> => {
    const found = await correctionsFor(tx, which, most)
    const people = new Map(
      (await getPeople(tx, [...new Set(found.map(each => each.personId))])).map(each => [each.id, each]),
    )
    const today = dateIn(tx.now, call.town.timeZone)
    return found.map(each => ({
      ...each,
      person: people.get(each.personId)?.displayName ?? '',
      late: !each.decidedAt && each.dueOn < today,
    }))
  })
  const title = correctionText(call.locale, 'list-title')
  return showPage(
    call,
    <StaffLayout title={title}>
      <List lines={lines} which={which} rules={may(call.visitor.actor, 'settings.read')} />
    </StaffLayout>,
  )
}

function List({ lines, which, rules }: { lines: Line[]; which: Which; rules: boolean }) {
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  return (
    <>
      <Head
        title={t('list-title')}
        sub={t('list-sub')}
        actions={
          rules && (
            <LinkButton href={url(addresses.manageRights)} variant="plain" icon="settings">
              {t('rules')}
            </LinkButton>
          )
        }
      />
      <FilterBar
        chips={[
          { label: t('list-open'), href: url(addresses.corrections), on: which === 'open' },
          {
            label: t('list-decided'),
            href: url(addresses.corrections, {}, { decided: 'yes' }),
            on: which === 'decided',
          },
        ]}
      />
      {lines.length === 0 ? (
        <Empty title={t('list-none')} level={2} />
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('list-title')}
            rows={lines}
            rowId={each => each.id}
            columns={[
              {
                id: 'who',
                head: t('who'),
                heads: true,
                phone: 'line',
                cell: each => (
                  <a href={url(addresses.correction, { correction: each.id })}>
                    <PersonName strong>{each.person}</PersonName>{' '}
                    <small className="dim">{t('number', { number: each.number })}</small>
                  </a>
                ),
              },
              { id: 'what', head: t('what'), cell: each => t(`fact-${each.fact}`) },
              { id: 'state', head: t('state'), cell: each => <CorrectionFlag state={each.state} /> },
              {
                id: 'due',
                head: t(which === 'open' ? 'due' : 'decided'),
                tight: true,
                phone: 'end',
                cell: each =>
                  each.late ? (
                    <Flag icon="clock" tone="sumac">
                      {t('late')} <DateText value={each.dueOn} />
                    </Flag>
                  ) : (
                    <DateText value={each.decidedAt ?? each.dueOn} />
                  ),
              },
            ]}
          />
        </Pane>
      )}
    </>
  )
}
