import { addresses } from '../../../lib/addresses.ts'
import {
  Empty,
  FilterBar,
  Head,
  Pager,
  Pane,
  Stack,
  StaffLayout,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import type { MessageLine } from '../proof/model.ts'
import { proofText, proofTexts } from '../proof/strings.ts'
import { countTroubles, isTrouble, type Trouble, troubled, troubles } from '../proof/trouble.ts'
import { placeOf } from './asked.ts'
import { finderOf, type Lent } from './finder.ts'
import { MessageTable } from './line-table.tsx'
import { MessageTabs } from './tabs.tsx'

const pageSize = 30

type Counts = Record<Trouble | 'post', number>

/** GET: what reached nobody, or may not have, and nobody has settled. Opens where there is most to do. */
export async function showTrouble(call: Call, lent: Lent): Promise<Response> {
  const before = placeOf(call.query.after ?? '')
  const { lines, counts, trouble } = await read(call, async tx => {
    const counts = await countTroubles(tx)
    const asked = call.query.of ?? ''
    const trouble = isTrouble(asked) ? asked : (troubles.find(each => counts[each] > 0) ?? troubles[0])
    return {
      counts,
      trouble,
      lines: await troubled(tx, finderOf(call, lent), trouble, { before, limit: pageSize + 1 }),
    }
  })
  const title = proofText(call.locale, 'trouble-title')
  const open = counts.unaddressed + counts.failed + counts.uncertain
  return showPage(
    call,
    <StaffLayout title={title}>
      <MessageTabs call={call} current="trouble" counts={{ trouble: open, post: counts.post }} />
      <TroubleList
        call={call}
        trouble={trouble}
        counts={counts}
        lines={lines}
        onward={before !== undefined}
      />
    </StaffLayout>,
  )
}

function TroubleList({
  call,
  trouble,
  counts,
  lines,
  onward,
}: {
  call: Call
  trouble: Trouble
  counts: Counts
  lines: MessageLine[]
  onward: boolean
}) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const to = (of: Trouble, after?: string) => url(addresses.messagesTrouble, {}, { of, after })
  const last = lines.length > pageSize ? lines[pageSize - 1] : undefined
  return (
    <>
      <Head title={t('trouble-title')} sub={t('trouble-sub')} />
      <Stack>
        <FilterBar
          label={t('trouble-kinds')}
          chips={troubles.map(each => ({
            label: t(`trouble-${each}`),
            href: to(each),
            on: each === trouble,
            count: counts[each],
          }))}
        />
        {lines.length === 0 ? (
          <Empty title={t('trouble-none')} level={2}>
            {t('trouble-none-why')}
          </Empty>
        ) : (
          <>
            <p className="sm mut">{t(`trouble-${trouble}-why`)}</p>
            <Pane pad={false}>
              <MessageTable
                call={call}
                caption={t(`trouble-${trouble}`)}
                lines={lines.slice(0, pageSize)}
                why
              />
            </Pane>
          </>
        )}
        <Pager
          previous={onward ? to(trouble) : undefined}
          next={last && to(trouble, `${last.plannedAt.toISOString()}~${last.id}`)}
        />
      </Stack>
    </>
  )
}
