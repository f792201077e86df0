import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { isId } from '../../../lib/ids.ts'
import {
  type Column,
  DateText,
  Empty,
  Head,
  LinkButton,
  LiveRegion,
  Num,
  Pager,
  Pane,
  Stack,
  StaffLayout,
  Table,
  usePage,
} from '../../../ui/index.ts'
import { useLocalized, useTexts } from '../../../ui/words.ts'
import { type Call, read, url } from '../../../web/call.ts'
import { showPage } from '../../../web/page.tsx'
import { type StaffMember, staffById } from '../../people/index.ts'
import { bulletinsTopic } from '../live.ts'
import type { Bulletin } from '../model.ts'
import { listBulletins } from '../store.ts'
import { bulletinText, bulletinTexts } from '../strings.ts'
import { BulletinFlag, countOf, whomInWords } from './words.tsx'

const pageSize = 20

/** GET: what was told to many, the newest first. */
export async function showBulletins(call: Call): Promise<Response> {
  const [at = '', id = ''] = (call.query.before ?? '').split('_')
  const before = /^\d{1,15}$/.test(at) && isId(id) ? { at: new Date(Number(at)), id } : undefined
  const { bulletins, staff } = await read(call, async tx => {
    const bulletins = await listBulletins(tx, { limit: pageSize + 1, before })
    return {
      bulletins,
      staff: await staffById(
        tx,
        bulletins.flatMap(each => each.writers[0] ?? []),
      ),
    }
  })
  const title = bulletinText(call.locale, 'title')
  const add = may(call.visitor.actor, 'bulletin.write') && (
    <LinkButton href={url(call, addresses.bulletinNew)} icon="plus">
      {bulletinText(call.locale, 'new')}
    </LinkButton>
  )
  const shown = bulletins.slice(0, pageSize)
  const last = bulletins.length > pageSize ? shown.at(-1) : undefined
  return showPage(
    call,
    <StaffLayout title={title}>
      <Head title={title} sub={bulletinText(call.locale, 'sub')} actions={shown.length > 0 && add} />
      {shown.length === 0 ? (
        <Empty title={bulletinText(call.locale, 'none-title')} level={2} action={add}>
          {bulletinText(call.locale, 'none')}
        </Empty>
      ) : (
        <LiveRegion topic={bulletinsTopic}>
          <Stack>
            <List bulletins={shown} staff={staff} />
            <Pager
              next={
                last &&
                url(call, addresses.bulletins, {}, { before: `${last.createdAt.getTime()}_${last.id}` })
              }
            />
          </Stack>
        </LiveRegion>
      )}
    </StaffLayout>,
  )
}

function List({ bulletins, staff }: { bulletins: Bulletin[]; staff: Map<string, StaffMember> }) {
  const t = useTexts(bulletinTexts)
  const inWords = useLocalized()
  const page = usePage()
  const columns: Column<Bulletin>[] = [
    {
      id: 'what',
      head: t('list-what'),
      heads: true,
      phone: 'line' as const,
      cell: each => (
        <>
          <a href={page.url(addresses.bulletin, { bulletin: each.id })}>{each.title}</a>
          <br />
          <small className="plain mut">
            {t(`kind-${each.kind}`)} {'\u00b7'} {whomInWords(page.locale, each.audience)}
          </small>
        </>
      ),
    },
    { id: 'state', head: t('list-state'), cell: each => <BulletinFlag bulletin={each} /> },
    {
      id: 'whom',
      head: t('list-whom'),
      tight: true,
      cell: each => t('list-people', { count: each.counts.recipients }),
    },
    {
      id: 'arrived',
      head: t('list-arrived'),
      tight: true,
      phone: 'hide' as const,
      cell: each => (each.progressAt ? <Num>{countOf(each.progress, 'delivered')}</Num> : ''),
    },
    {
      id: 'by',
      head: t('list-by'),
      phone: 'end' as const,
      cell: each => {
        const writer = staff.get(each.writers[0] ?? '')
        return (
          <>
            {writer && inWords(writer.name)}
            <br />
            <small className="plain mut">
              <DateText value={each.createdAt} />
            </small>
          </>
        )
      },
    },
  ]
  return (
    <Pane pad={false}>
      <Table caption={t('title')} columns={columns} rows={bulletins} rowId={({ id }) => id} />
    </Pane>
  )
}
