import { catalogueOf, publishService } from '../../src/offices/catalogue/index.ts'
import { appoint } from '../../src/offices/people/index.ts'
import { fileRequest } from '../../src/offices/requests/index.ts'
import { sealTown } from '../../src/offices/seal/index.ts'
import { openWindow, settleUsual, setWindow } from '../../src/offices/visits/index.ts'
import type { House } from '../../src/platform/house.ts'
import type { Town } from '../../src/web/town.ts'
import { enterOffices, layGround } from '../bench/ground.ts'
import { note } from '../bench/report.ts'
import { aStaffMember, builder } from '../builders/people.ts'
import { aVariantOf, completeAnswers } from '../builders/requests.ts'
import { anOpenTill } from '../builders/treasury.ts'
import { fillTown } from '../bulk/fill.ts'
import { type Laid, layCountry, numberOf } from './country.ts'
import { openSessions } from './sessions.ts'
import type { Ground } from './shape.ts'

/** How much there is in the town under load. */
export type SceneSize = {
  /** People whose numbers and papers are known: those who come, call and pay. */
  people: number
  /** Everybody else, and their requests: what lies in the tables. */
  persons: number
  requests: number
  clerks: number
  officers: number
  /** The seed of a country the town is the largest of; a town of its own where there is none. */
  country?: number | undefined
}

/** A town to be loaded, before any server runs on it. */
export type Scene = {
  laid: Laid
  /** What the driver is told of it; the port, the bills and who is logged in come later. */
  ground: Omit<Ground, 'port' | 'bills' | 'bank'>
}

/** Lays out a town with its staff at their windows and rows in its tables. */
export async function layScene(size: SceneSize): Promise<Scene> {
  const { country: seed, people, requests } = size
  const laid: Laid =
    seed === undefined ? await layGround({ people }) : await layCountry({ people, requests, seed })
  try {
    await openAllDay(laid)
    if (seed === undefined) {
      await laid.inHouse(house => fileOne(house, laid))
      await fill(laid, size)
    }
    // A town at work has the record of its past sealed: what was laid down at once is not sealed beside what is measured.
    await laid.inHouse(house => sealTown(house, laid.town.id))
    await laid.asOwner(client =>
      client.query('vacuum analyze audit, seal_leaf, seal_node, seal_checkpoint, certificate, document'),
    )
    const lying = await whatLies(laid)
    const posts = await laid.inHouse(house => man(house, laid.town, size, lying.office))
    const numbered = laid.people.map((each, at) => ({
      ...each,
      idNumber: seed === undefined ? String(900_000_000 + at) : numberOf(at),
    }))
    const { office: _, ...found } = lying
    const prefix = seed === undefined ? '' : `/~${laid.town.slug}`
    return { laid, ground: { ...posts, ...found, people: numbered, prefix, apiKey: laid.apiKey } }
  } catch (error) {
    laid.clear()
    throw error
  }
}

/** The centre is open whatever the hour: a load does not wait for Sunday morning. */
const openAllDay = ({ asOwner, town }: Laid): Promise<unknown> =>
  asOwner(client => {
    const day = { from: '00:00', to: '23:59' }
    const { profile } = town
    const calendar = { ...profile.calendar, week: Array.from({ length: 7 }, () => day), closures: [] }
    return client.query('update municipality set profile = $2 where municipality_id = $1', [
      ...[town.id, JSON.stringify({ ...profile, calendar })],
    ])
  })

/** Beyond the windows a town has. */
const firstWindow = 51

/** Clerks with a till and a window each, and officers of the offices complaints go to. */
async function man(
  house: House,
  town: Town,
  size: SceneSize,
  office: string,
): Promise<Pick<Ground, 'clerks' | 'officers'>> {
  const place = { house, town: town.id }
  const clerks: string[] = []
  for (let each = 0; each < size.clerks; each += 1)
    clerks.push((await aStaffMember(place, 'clerk', 'service-centre', { login: `load-clerk-${each}` })).id)
  const officers: string[] = []
  for (let each = 0; each < size.officers; each += 1)
    officers.push((await aStaffMember(place, 'officer', 'works', { login: `load-officer-${each}` })).id)
  return house.database.write(town.id, async tx => {
    const since = { validFrom: '2020-01-01' }
    await settleUsual(tx)
    for (const [at, staffId] of clerks.entries()) {
      const number = firstWindow + at
      const name = { ar: `شباك ${number}`, en: `Window ${number}` }
      await appoint(tx, { staffId, office: 'treasury', role: 'collector', ...since }, builder)
      await anOpenTill(tx, staffId, `L${number}`)
      await setWindow(tx, { number, name, room: name, purposes: ['file', 'pay'], open: true }, builder)
      await openWindow(tx, { number, staffId, by: builder })
    }
    for (const staffId of officers) await appoint(tx, { staffId, office, role: 'officer', ...since }, builder)
    // A bill's message leads to where it is paid.
    await publishService(tx, await withBillLink(), builder)
    await publishService(tx, await openToPrograms(), builder)
    return {
      clerks: await openSessions(tx, 'staff', clerks),
      officers: await openSessions(tx, 'staff', officers),
    }
  })
}

const newer = (source: string): string =>
  source.replace(/^version: (\d+)/m, (_, version: string) => `version: ${Number(version) + 1}`)

const withBillLink = () =>
  aVariantOf('ADM-01', source =>
    newer(source).replace(
      /( {2}fee-due:\n {4}ar: ).*\n( {4}en: ).*\n/,
      "$1'ادفع {amount} لطلبك {number} من {link}'\n$2'Pay {amount} for {number} at {link}'\n",
    ),
  )

/** Complaints as DIGIT's are filed: by a program, for somebody. */
const openToPrograms = () =>
  aVariantOf('ADM-05', source =>
    newer(source).replace('channels: [web, counter]', 'channels: [web, counter, api]'),
  )

/** A request as the portal files it, for the others to be like. */
async function fileOne(house: House, { people, town }: Laid): Promise<void> {
  const [person] = people
  if (!person) throw new Error('nobody lives here')
  enterOffices(house)
  await house.database.write(town.id, async tx =>
    fileRequest(
      tx,
      { house, town },
      {
        ...{ serviceCode: 'ADM-01', channel: 'web', capacity: 'principal' },
        serviceVersion: (await catalogueOf(tx)).find('ADM-01')?.version ?? 1,
        applicantId: person.personId,
        answers: completeAnswers['ADM-01'] ?? {},
        papers: [{ paperId: 'id-copy', documentId: person.documentId, state: 'supplied' }],
        by: { kind: 'citizen', personId: person.personId, relation: 'party' },
      },
    ),
  )
}

async function fill({ asOwner, town }: Laid, { persons, requests }: SceneSize): Promise<void> {
  const began = performance.now()
  await asOwner(async client => {
    const like = await client.query<{ id: string }>('select request_id as id from request limit 1')
    await fillTown(client, {
      ...{ town: town.id, like: like.rows[0]?.id ?? '', persons, requests },
      desks: [
        { office: 'finance', role: 'officer', open: 30 },
        { office: 'service-centre', role: 'clerk', open: 300 },
        { office: 'planning', role: 'officer', open: 200 },
      ],
    })
    // Filled telephones are sealed by nobody; one that was sealed stands for each, so that pages can open it.
    await client.query(`update person_phone set phone_sealed = (select phone_sealed from person_phone p join person using (municipality_id, person_id)
      where source = 'import:bench' limit 1) where length(phone_sealed) = 32`)
    await client.query('vacuum analyze person_phone')
    await client.query('checkpoint')
  })
  note(
    `a town of ${persons} people and ${requests} requests, written in ${Math.round((performance.now() - began) / 1000)} s`,
  )
}

type Lying = Pick<Ground, 'names' | 'numbers' | 'requests'> & { office: string }

/** What is there to be looked for: names as they are typed (first, father's, family), numbers, and the requests of the busiest department. */
const whatLies = ({ asOwner, town }: Laid): Promise<Lying> =>
  asOwner(async client => {
    const list = async (text: string) =>
      (await client.query<{ found: string }>(text, [town.id])).rows.map(row => row.found)
    const [office = 'planning'] = await list(
      `select office_code as found from task where municipality_id = $1 and role = 'officer' and state = 'open'
        group by 1 order by count(*) desc, 1 limit 1`,
    )
    return {
      office,
      names: await list(
        `select concat_ws(' ', first_name, father_name, split_part(family_name, ' ', 1)) as found from person
          where municipality_id = $1 and kind = 'natural' order by person_id limit 400`,
      ),
      numbers: await list(
        `select number || '/' || year as found from request where municipality_id = $1 order by request_id limit 400`,
      ),
      requests: (
        await client.query<{ found: string }>(
          `select distinct request_id as found from task where municipality_id = $1 and office_code = $2 and role = 'officer' and state = 'open'
            order by 1 limit 400`,
          [town.id, office],
        )
      ).rows.map(row => row.found),
    }
  })

/** Logs these people in, all at once. */
export async function logInPeople({ laid, ground }: Scene, count: number): Promise<void> {
  const some = ground.people.slice(0, count)
  const cookies = await laid.inHouse(house =>
    house.database.write(laid.town.id, tx =>
      openSessions(
        tx,
        'citizen',
        some.map(each => each.personId),
      ),
    ),
  )
  for (const [at, each] of some.entries()) each.cookie = cookies[at] ?? ''
}
