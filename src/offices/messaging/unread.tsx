import { sql } from 'kysely'
import { addresses } from '../../lib/addresses.ts'
import { Forbidden } from '../../lib/errors.ts'
import { formatPhone } from '../../lib/phone.ts'
import type { Read } from '../../platform/database/index.ts'
import {
  Button,
  DateText,
  Empty,
  Form,
  Head,
  Num,
  Pane,
  PersonName,
  StaffLayout,
  Table,
  usePage,
  useTexts,
  Written,
} from '../../ui/index.ts'
import { actorKey } from '../../web/actor.ts'
import { type Call, idParam, look, read, url, write } from '../../web/call.ts'
import { flash, showPage } from '../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../web/route.ts'
import { record } from '../audit/index.ts'
import { openPhone } from '../people/index.ts'
import { messagingTexts, wording } from './words.ts'

export type UnreadMessage = {
  id: string
  from: Buffer
  text: string
  at: Date
  person: { id: string; name: string } | undefined
}

type Row = {
  incoming_id: string
  from_sealed: Buffer
  text: string
  received_at: Date
  person_id: string | null
  name: string | null
}

/** Texts nobody understood and nobody has read yet, the oldest first. A telephone of several people names none of them. */
export async function unreadMessages(tx: Read, limit = 100): Promise<UnreadMessage[]> {
  const { rows } = await sql<Row>`
    select i.incoming_id, i.from_sealed, i.text, i.received_at, p.person_id, p.display_name as name
      from (select * from incoming_message
             where municipality_id = ${tx.town} and handled_by is null and seen_at is null
             order by received_at limit ${limit}) i
      left join lateral (
        select f.person_id from person_phone f
         where f.municipality_id = ${tx.town} and f.phone_index = i.from_index and f.ended_at is null and not f.is_shared
         limit 1) owner on true
      left join person p on p.municipality_id = ${tx.town} and p.person_id = owner.person_id
     order by i.received_at`.execute(tx.q)
  return rows.map(row => ({
    ...{ id: row.incoming_id, from: row.from_sealed, text: row.text, at: row.received_at },
    person: row.person_id === null ? undefined : { id: row.person_id, name: row.name ?? '' },
  }))
}

type Line = Omit<UnreadMessage, 'from'> & { phone: string }

async function showUnread(call: Call): Promise<Response> {
  const unread = await read(call, tx => unreadMessages(tx))
  const keys = { tx: { town: call.town.id }, crypto: call.house.crypto }
  const lines = unread.map(({ from, ...line }) => ({ ...line, phone: formatPhone(openPhone(keys, from)) }))
  for (const { id, person } of lines) {
    if (person)
      look(call, {
        ...{ personId: person.id, subjectKind: 'incoming-message', subjectId: id },
        cause: messagingTexts.ar['incoming-cause'],
      })
  }
  return showPage(call, <UnreadPage lines={lines} />)
}

function markSeen(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return write(call, async tx => {
    const done = await sql`
      update incoming_message set seen_by = ${actor.staffId}, seen_at = ${tx.now}
       where municipality_id = ${tx.town} and incoming_id = ${id} and handled_by is null and seen_at is null`.execute(
      tx.q,
    )
    if (done.numAffectedRows === 1n) {
      await record(tx, {
        actor: actorKey(actor),
        act: 'messaging.incoming-seen',
        subjectKind: 'incoming-message',
        subjectId: id,
      })
      flash(call, { text: wording(call)('incoming-seen') })
    }
    return { redirect: url(call, addresses.incoming) }
  })
}

function UnreadPage({ lines }: { lines: Line[] }) {
  const t = useTexts(messagingTexts)
  const { url } = usePage()
  return (
    <StaffLayout title={t('incoming-title')}>
      <Head title={t('incoming-title')} sub={t('incoming-lead')} />
      {lines.length === 0 ? (
        <Empty title={t('incoming-empty-title')} level={2}>
          {t('incoming-empty')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table
            caption={t('incoming-title')}
            rows={lines}
            rowId={line => line.id}
            columns={[
              {
                id: 'from',
                head: t('incoming-from'),
                heads: true,
                cell: line => (
                  <>
                    {line.person && <PersonName>{line.person.name}</PersonName>} <Num>{line.phone}</Num>
                  </>
                ),
              },
              {
                id: 'text',
                head: t('incoming-text'),
                phone: 'line',
                cell: line => <Written>{line.text}</Written>,
              },
              {
                id: 'at',
                head: t('incoming-at'),
                tight: true,
                dim: true,
                cell: line => <DateText value={line.at} form="moment" />,
              },
              {
                id: 'done',
                head: <span className="vh">{t('incoming-done')}</span>,
                phone: 'end',
                cell: line => (
                  <Form action={url(addresses.incomingSeen, { id: line.id })} inline>
                    <Button variant="quiet" icon="check">
                      {t('incoming-done')}
                    </Button>
                  </Form>
                ),
              },
            ]}
          />
        </Pane>
      )}
    </StaffLayout>
  )
}

export const incomingRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.incoming,
    access: staff('incoming.read'),
    audit: looks('messaging.incoming-shown'),
    handle: showUnread,
  }),
  route({
    method: 'post',
    address: addresses.incomingSeen,
    access: staff('incoming.read'),
    audit: acts('messaging.incoming-seen'),
    handle: markSeen,
  }),
]
