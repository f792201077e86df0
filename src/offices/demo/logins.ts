import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { dateIn } from '../../lib/calendar.ts'
import { formatPhone } from '../../lib/phone.ts'
import type { Read } from '../../platform/database/transaction.ts'
import { displayName, setPin } from '../people/index.ts'
import { subscriptionsOf } from '../utilities/index.ts'
import type { Person, Stage } from './stage.ts'

/** Writes the log-ins of the demo town where its user alone can read them (mode 0600); gives the file's path. */
export async function writeLogins(stage: Stage, apiKey: string): Promise<string> {
  const { house, town } = stage
  const citizens = await withPins(stage)
  const seen = new Set<string>()
  const staff = stage.staff
    .filter(each => each.role !== 'clerk' || seen.size < 40)
    .map(each => ({
      role: each.role,
      office: each.office,
      login: each.login,
      password: each.password,
      totpSecret: each.totpSecret,
      name: each.name.ar,
      phone: '',
      nationalId: '',
    }))
  const { publicUrl, host, port } = house.config
  const logins = {
    municipality: town.slug,
    baseUrl: publicUrl ?? `http://${host}:${port}`,
    apiKey,
    people: [...citizens, ...staff],
  }
  const file = join(house.config.dataDir, 'demo-logins.json')
  await writeFile(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  return file
}

/** A few citizens who can log in: one with a prepaid card, one without any connection, and some neighbours. */
async function withPins(stage: Stage) {
  const { house, town } = stage
  return house.database.write(town.id, async tx => {
    const today = dateIn(tx.now, town.timeZone)
    const logins = []
    for (const person of await likely(tx, stage)) {
      const pin = await setPin(tx, person.id, { kind: 'system', id: 'demo' }, { mustChange: false })
      const held = await subscriptionsOf(tx, person.id, today)
      logins.push({
        role: 'citizen',
        office: held.some(each => each.billing === 'prepaid') ? 'prepaid' : held.length > 0 ? 'billed' : '',
        login: person.idNumber ?? '',
        password: pin,
        totpSecret: '',
        name: displayName(person.name),
        phone: person.phone ? formatPhone(person.phone) : '',
        nationalId: person.idNumber ?? '',
      })
    }
    return logins
  })
}

/** People with something to see: a request under way, one that waits for them, a card to convert, a debt, and a newcomer. */
export async function likely(tx: Read, { people }: Stage): Promise<Person[]> {
  const { rows } = await sql<{ person_id: string }>`
    with able as (
      select p.person_id from person p
        join person_phone f on f.municipality_id = p.municipality_id and f.person_id = p.person_id
       where p.municipality_id = ${tx.town} and p.id_kind <> 'none' and p.birth_date < ${tx.now}::date - interval '20 years'
    ), told as (
      select 1 as place, (select r.applicant_id from request r join able a on a.person_id = r.applicant_id
        where r.municipality_id = ${tx.town} and r.state = 'in-process' order by r.filed_at desc limit 1) as person_id
      union all select 2, (select r.applicant_id from request r join able a on a.person_id = r.applicant_id
        where r.municipality_id = ${tx.town} and r.state = 'awaiting-papers' order by r.filed_at desc limit 1)
      union all select 3, (select r.applicant_id from request r join able a on a.person_id = r.applicant_id
        where r.municipality_id = ${tx.town} and r.state = 'awaiting-fee' order by r.filed_at desc limit 1)
      union all select 4, (select r.applicant_id from request r join able a on a.person_id = r.applicant_id
        where r.municipality_id = ${tx.town} and r.state = 'done' and r.service_code = 'ELE-01' order by r.filed_at desc limit 1)
      union all select 5, (select h.person_id from subscription u
          join subscription_holder h on h.municipality_id = u.municipality_id and h.subscription_id = u.subscription_id
          join able a on a.person_id = h.person_id
        where u.municipality_id = ${tx.town} and u.billing = 'prepaid' and not exists (select 1 from charge c
          where c.municipality_id = u.municipality_id and c.debtor_id = h.person_id and c.settled_minor < c.amount_minor) limit 1)
      union all select 6, (select c.debtor_id from charge c join able a on a.person_id = c.debtor_id
        where c.municipality_id = ${tx.town} and c.due_kind = 'electricity' and c.settled_minor < c.amount_minor
          and c.due_on < ${tx.now}::date limit 1)
      union all select 7, (select a.person_id from able a where not exists (select 1 from request_party q
        where q.municipality_id = ${tx.town} and q.person_id = a.person_id) limit 1)
    )
    select person_id from told where person_id is not null order by place`.execute(tx.q)
  const ids = new Set(rows.map(row => row.person_id))
  return [...ids].flatMap(id => people.find(person => person.id === id) ?? [])
}
