import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import {
  type Column,
  Crumbs,
  DateText,
  Empty,
  FilterBar,
  Head,
  Num,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type Act, actNumber } from '../model.ts'
import { getAct, type Item, itemsOf } from '../store.ts'
import { destructionTexts } from '../strings.ts'
import { Size, whyText } from './words.tsx'

const states = ['listed', 'excluded', 'dropped', 'done'] as const
const onePage = 100

type View = { act: Act; items: Item[]; state: Item['state']; more: string | undefined }

/** GET: exactly what an act is about, a page at a time: numbers and kinds, never contents. */
export async function showList(call: Call): Promise<Response> {
  const state = states.find(each => each === call.query.state) ?? 'listed'
  const { after = '' } = call.query
  const view = await read(call, async tx => {
    const act = await getAct(tx, idParam(call, 'act'))
    const found = await itemsOf(tx, act.id, state, {
      after: isId(after) ? after : undefined,
      limit: onePage + 1,
    })
    const items = found.slice(0, onePage)
    return { act, items, more: found.length > onePage ? items.at(-1)?.id : undefined }
  })
  return showPage(call, <ListPage {...view} state={state} />)
}

function ListPage({ act, items, state, more }: View) {
  const t = useTexts(destructionTexts)
  const page = usePage()
  const here = (which: string, after?: string) =>
    page.url(addresses.destructionList, { act: act.id }, { state: which, after })
  const columns: Column<Item>[] = [
    {
      id: 'label',
      head: t('list-what'),
      heads: true,
      phone: 'line' as const,
      cell: item => <Num>{item.label}</Num>,
    },
    {
      id: 'at',
      head: t('list-at'),
      tight: true,
      cell: item => <DateText value={item.at} form="paper" />,
    },
    {
      id: 'size',
      head: t('list-size'),
      tight: true,
      cell: item => (item.bytes > 0 ? <Size bytes={item.bytes} /> : null),
    },
    {
      id: 'why',
      head: t('act-state'),
      phone: 'line' as const,
      cell: item => (item.why ? whyText(page.locale, item.why) : t(`list-${item.state}`)),
    },
  ]
  return (
    <StaffLayout title={t('list')}>
      <Crumbs
        links={[
          { label: t('acts'), href: page.url(addresses.destruction) },
          {
            label: t('act', { number: actNumber(act) }),
            href: page.url(addresses.destructionAct, { act: act.id }),
          },
        ]}
      />
      <Head title={t('list')} sub={t('list-sub')} />
      <Stack>
        <FilterBar
          chips={states.map(each => ({ label: t(`list-${each}`), href: here(each), on: each === state }))}
        />
        {items.length === 0 ? (
          <Empty title={t('list-none')} level={2} />
        ) : (
          <Pane
            id="items"
            title={t(`list-${state}`)}
            icon="list"
            pad={false}
            footer={more && <a href={here(state, more)}>{t('list-more')}</a>}
          >
            <Table caption={t(`list-${state}`)} columns={columns} rows={items} rowId={item => item.id} />
          </Pane>
        )}
      </Stack>
    </StaffLayout>
  )
}
