import { sql } from 'kysely'
import { addresses } from '../../lib/addresses.ts'
import { type Fault, NotFound } from '../../lib/errors.ts'
import { formatPhone } from '../../lib/phone.ts'
import { Button } from '../../ui/parts/button.tsx'
import { CitizenLayout } from '../../ui/parts/citizen-layout.tsx'
import { DateText, PersonName } from '../../ui/parts/facts.tsx'
import { faultOf } from '../../ui/parts/fault.tsx'
import { Form } from '../../ui/parts/form.tsx'
import { Crumbs, Head } from '../../ui/parts/head.tsx'
import { Empty } from '../../ui/parts/note.tsx'
import { Num, say as shown } from '../../ui/parts/say.tsx'
import { PhoneMock } from '../../ui/parts/sms.tsx'
import { PhoneField, TextField } from '../../ui/parts/text-fields.tsx'
import { type Call, param, read, type Typed, url } from '../../web/call.ts'
import { showPage } from '../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../web/route.ts'
import { openPhone } from '../people/index.ts'
import { wording } from './words.ts'

type PhoneRow = {
  to_index: Buffer
  to_sealed: Buffer
  name: string | null
  last: Date
  body: string
  count: number
}

/** The phones of a demo town that got a message lately. A real town has no such page. */
export async function showPhones(call: Call, faults: readonly Fault[] = [], status = 200): Promise<Response> {
  refuseOutsideDemo(call)
  const say = wording(call)
  const phones = await read(call, tx =>
    sql<PhoneRow>`
        select l.to_index, l.to_sealed, p.display_name as name, l.last, l.body, l.count
          from (select distinct on (m.to_index) m.to_index, m.to_sealed, m.person_id, m.planned_at as last, m.body,
                       count(*) over (partition by m.to_index)::int as count
                  from (select * from message where municipality_id = ${tx.town} and to_index is not null and state = 'delivered'
                         order by planned_at desc limit 400) m
                 order by m.to_index, m.planned_at desc, m.message_id desc) l
          left join person p on p.municipality_id = ${tx.town} and p.person_id = l.person_id
         order by l.last desc limit 40`.execute(tx.q),
  )
  return showPage(
    call,
    <CitizenLayout title={say('phones-title')} faults={faults} unlisted>
      <div className="read">
        <Head title={say('phones-title')} sub={say('phones-lead')} />
        {phones.rows.length === 0 ? (
          <Empty title={say('phones-empty-title')} level={2}>
            {say('phones-empty')}
          </Empty>
        ) : (
          <ul className="pane lines0">
            {phones.rows.map(phone => {
              const number = openPhone(
                { tx: { town: call.town.id }, crypto: call.house.crypto },
                phone.to_sealed,
              )
              return (
                <li key={phone.to_index.toString('hex')}>
                  <a href={url(call, addresses.demoPhone, { number: phone.to_index.toString('hex') })}>
                    <b>
                      <PersonName>{phone.name ?? ''}</PersonName> <Num>{formatPhone(number)}</Num>
                    </b>
                  </a>
                  <p className="sm">{shown(phone.body)}</p>
                  <p className="xs dim">
                    <DateText value={phone.last} form="moment" />
                  </p>
                </li>
              )
            })}
          </ul>
        )}
        <div className="read mt">
          <WriteBox
            action={url(call, addresses.demoPhones)}
            say={say}
            typed={call.typed}
            faults={faults}
            withNumber
          />
        </div>
      </div>
    </CitizenLayout>,
    status,
  )
}

type MessageRow = { id: string; sealed: Buffer; body: string; at: Date; mine: boolean; name: string | null }

/** One phone with its messages, as they look on it. The address names it by its index, never by its number. */
async function showPhone(call: Call): Promise<Response> {
  refuseOutsideDemo(call)
  const say = wording(call)
  const index = Buffer.from(param(call, 'number'), 'hex')
  const { rows } = await read(call, tx =>
    sql<MessageRow>`
        select l.id, l.sealed, l.body, l.at, l.mine, p.display_name as name
          from (select m.message_id as id, m.to_sealed as sealed, m.body, m.delivered_at as at, false as mine, m.person_id
                  from (select * from message
                         where municipality_id = ${tx.town} and to_index = ${index} and state = 'delivered'
                         order by planned_at desc, message_id desc limit 30) m
                union all
                select i.incoming_id, i.from_sealed, i.text, i.received_at, true, null
                  from (select * from incoming_message
                         where municipality_id = ${tx.town} and from_index = ${index} order by received_at desc limit 30) i) l
          left join person p on p.municipality_id = ${tx.town} and p.person_id = l.person_id
         order by l.at desc, l.id desc limit 30`.execute(tx.q),
  )
  const [latest] = rows
  if (!latest) throw new NotFound('no-such-phone')
  const number = openPhone({ tx: { town: call.town.id }, crypto: call.house.crypto }, latest.sealed)
  const title = say('phone-title', { name: rows.find(row => row.name)?.name ?? formatPhone(number) })
  return showPage(
    call,
    <CitizenLayout title={title} unlisted>
      <Crumbs links={[{ label: say('phone-back'), href: url(call, addresses.demoPhones) }]} />
      <Head title={title} sub={say('phone-count', { count: rows.length })} />
      <PhoneMock
        number={formatPhone(number)}
        messages={rows.toReversed().map(row => ({
          id: row.id,
          at: row.at,
          text: row.body,
          from: row.mine ? say('phone-mine') : call.town.name[call.locale],
          mine: row.mine,
        }))}
      />
      <div className="read mt">
        <WriteBox
          action={url(call, addresses.demoPhone, { number: param(call, 'number') })}
          say={say}
          typed={{}}
          faults={[]}
        />
      </div>
    </CitizenLayout>,
  )
}

type WriteBoxProps = {
  action: string
  say: ReturnType<typeof wording>
  typed: Typed
  faults: readonly Fault[]
  withNumber?: boolean
}

/** A text to the town, as a telephone sends it. */
function WriteBox({ action, say, typed, faults, withNumber }: WriteBoxProps) {
  return (
    <Form action={action}>
      {withNumber && (
        <PhoneField
          name="number"
          label={say('phone-number')}
          value={String(typed.number ?? '')}
          fault={faultOf(faults, 'number')}
        />
      )}
      <TextField
        name="text"
        label={say('phone-write')}
        hint={say('phone-write-hint')}
        value={String(typed.text ?? '')}
        maxLength={300}
      />
      <Button variant="quiet">{say('phone-send')}</Button>
    </Form>
  )
}

export function refuseOutsideDemo(call: Call): void {
  if (!call.town.isDemo) throw new NotFound('no-such-page')
}

const inDemo = {
  method: 'get',
  access: everyone('only in a demo town, whose people are invented', {
    house: 'a demo town shows the telephones of invented people',
  }),
  audit: nothing('only in a demo town, whose people are invented'),
} as const

export const demoRoutes: Route[] = [
  route({ ...inDemo, address: addresses.demoPhones, handle: call => showPhones(call) }),
  route({ ...inDemo, address: addresses.demoPhone, handle: showPhone }),
]
