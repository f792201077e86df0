import { sql } from 'kysely'
import { addresses } from '../../lib/addresses.ts'
import { NotFound } from '../../lib/errors.ts'
import { formatPhone } from '../../lib/phone.ts'
import { texts, translate } from '../../lib/texts.ts'
import { CitizenLayout } from '../../ui/parts/citizen-layout.tsx'
import { DateText, PersonName } from '../../ui/parts/facts.tsx'
import { Crumbs, Head } from '../../ui/parts/head.tsx'
import { Empty } from '../../ui/parts/note.tsx'
import { Num, say as shown } from '../../ui/parts/say.tsx'
import { PhoneMock } from '../../ui/parts/sms.tsx'
import { type Call, param, read, url } from '../../web/call.ts'
import { showPage } from '../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../web/route.ts'
import { openPhone } from '../people/index.ts'
import { ar } from './strings.ar.ts'
import { en } from './strings.en.ts'

const strings = texts({ ar, en })
const wording = (call: Call) => (key: keyof typeof ar, values?: Record<string, string | number>) =>
  translate(strings, call.locale, key, values)

type PhoneRow = {
  to_index: Buffer
  to_sealed: Buffer
  name: string | null
  last: Date
  body: string
  count: number
}

/** The phones of a demo town that got a message lately. A real town has no such page. */
const showPhones: Route = route({
  method: 'get',
  address: addresses.demoPhones,
  access: everyone('only in a demo town, whose people are invented'),
  audit: nothing('only in a demo town, whose people are invented'),
  handle: async call => {
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
      <CitizenLayout title={say('phones-title')} unlisted>
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
        </div>
      </CitizenLayout>,
    )
  },
})

type MessageRow = {
  message_id: string
  to_sealed: Buffer
  body: string
  delivered_at: Date
  name: string | null
}

/** One phone with its messages, as they look on it. The address names it by its index, never by its number. */
const showPhone: Route = route({
  method: 'get',
  address: addresses.demoPhone,
  access: everyone('only in a demo town, whose people are invented'),
  audit: nothing('only in a demo town, whose people are invented'),
  handle: async call => {
    refuseOutsideDemo(call)
    const say = wording(call)
    const index = Buffer.from(param(call, 'number'), 'hex')
    const { rows } = await read(call, tx =>
      sql<MessageRow>`
        select m.message_id, m.to_sealed, m.body, m.delivered_at, p.display_name as name
          from message m
          left join person p on p.municipality_id = m.municipality_id and p.person_id = m.person_id
         where m.municipality_id = ${tx.town} and m.to_index = ${index} and m.state = 'delivered'
         order by m.planned_at desc, m.message_id desc limit 30`.execute(tx.q),
    )
    const [latest] = rows
    if (!latest) throw new NotFound('no-such-phone')
    const number = openPhone({ tx: { town: call.town.id }, crypto: call.house.crypto }, latest.to_sealed)
    const title = say('phone-title', { name: latest.name ?? '' })
    return showPage(
      call,
      <CitizenLayout title={title} unlisted>
        <Crumbs links={[{ label: say('phone-back'), href: url(call, addresses.demoPhones) }]} />
        <Head title={title} sub={say('phone-count', { count: rows.length })} />
        <PhoneMock
          number={formatPhone(number)}
          messages={rows.toReversed().map(row => ({
            id: row.message_id,
            at: row.delivered_at,
            text: row.body,
            from: call.town.name[call.locale],
          }))}
        />
      </CitizenLayout>,
    )
  },
})

function refuseOutsideDemo(call: Call): void {
  if (!call.town.isDemo) throw new NotFound('no-such-page')
}

export const messagingRoutes: Route[] = [showPhones, showPhone]
