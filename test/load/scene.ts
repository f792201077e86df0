import { publishService } from '../../src/offices/catalogue/index.ts'
import { appoint } from '../../src/offices/people/index.ts'
import { sealTown } from '../../src/offices/seal/index.ts'
import { openWindow, settleUsual, setWindow } from '../../src/offices/visits/index.ts'
import { type House, openHouse } from '../../src/platform/house.ts'
import { openTownDirectory, type Town } from '../../src/web/town.ts'
import { addPeople, layGround, placeAt } from '../bench/ground.ts'
import { note } from '../bench/report.ts'
import { aStaffMember, builder } from '../builders/people.ts'
import { aVariantOf } from '../builders/requests.ts'
import { anOpenTill } from '../builders/treasury.ts'
import { type Laid, layCountry, numberOf } from './country.ts'
import { isKept, keep, type Posts, readKept } from './kept.ts'
import { type Lying, layPast, whatLies } from './past.ts'
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
  /** Some of each act, message and receipt instead of all, and a past that is not sealed: a third of the disk. */
  thin?: boolean | undefined
  /** Where the town is kept for the next run; a temporary folder unless given. */
  folder?: string | undefined
}

/** A town to be loaded, before any server runs on it. */
export type Scene = {
  laid: Laid
  /** What the driver is told of it; the port, the bills and who is logged in come later. */
  ground: Omit<Ground, 'port' | 'bills' | 'bank'>
  /** How many lie in the town. */
  requests: number
}

/** Lays out a town with its staff at their windows and rows in its tables, or takes up the one that is kept in the folder. */
export async function layScene(size: SceneSize): Promise<Scene> {
  const { country: seed, people, folder } = size
  if (folder !== undefined && seed !== undefined) throw new Error('a country is not kept')
  if (folder !== undefined && isKept(folder)) return takeUp(folder, size)
  const own = seed === undefined ? await layGround({ people, folder }) : undefined
  const laid: Laid = own ?? (await layCountry({ ...size, seed: seed ?? 1 }))
  try {
    await openAllDay(laid)
    if (own) await layPast(own, size)
    // A town at work has the record of its past sealed: what was laid down at once is not sealed beside what is measured.
    await laid.inHouse(house => sealTown(house, laid.town.id))
    await laid.asOwner(client =>
      client.query('vacuum analyze audit, seal_leaf, seal_node, seal_checkpoint, certificate, document'),
    )
    const lying = await whatLies(laid)
    const posts = await laid.inHouse(house => man(house, laid.town, size, lying.office))
    if (folder !== undefined && own)
      keep(folder, {
        town: own.town.id,
        apiKey: own.apiKey,
        keyId: own.keyId,
        people: own.people,
        lying,
        posts,
        requests: size.requests,
      })
    return { laid, requests: size.requests, ground: await groundOf(laid, lying, posts, seed !== undefined) }
  } catch (error) {
    laid.clear()
    throw error
  }
}
/** A town that was laid before: brought up to date, and with as many people and staff as are asked for now. */
async function takeUp(folder: string, size: SceneSize): Promise<Scene> {
  const kept = readKept(folder)
  const { config, ...place } = placeAt(folder)
  const house = await openHouse(config, { prepare: true, hold: true })
  try {
    const town = await openTownDirectory(house.database, () => 0).get(kept.town)
    const from = kept.people.length
    if (from < size.people)
      kept.people.push(
        ...(await house.database.write(town.id, tx =>
          addPeople(house, tx, kept.keyId, { from, to: size.people }),
        )),
      )
    kept.posts = await man(house, town, size, kept.lying.office, kept.posts)
    keep(folder, kept)
    const { apiKey, lying, requests } = kept
    const laid: Laid = { ...place, town, apiKey, people: kept.people.slice(0, size.people) }
    const posts = {
      clerks: kept.posts.clerks.slice(0, size.clerks),
      officers: kept.posts.officers.slice(0, size.officers),
    }
    note(`a town of ${requests} requests taken up from ${folder}`)
    return { laid, requests, ground: await groundOf(laid, lying, posts, false) }
  } finally {
    await house.close()
  }
}

async function groundOf(
  laid: Laid,
  lying: Lying,
  posts: Posts,
  inCountry: boolean,
): Promise<Scene['ground']> {
  const { office: _, ...found } = lying
  const cookies = await laid.inHouse(house =>
    house.database.write(laid.town.id, async tx => ({
      clerks: await openSessions(tx, 'staff', posts.clerks),
      officers: await openSessions(tx, 'staff', posts.officers),
    })),
  )
  const number = inCountry ? numberOf : (at: number) => String(900_000_000 + at)
  const people = laid.people.map((each, at) => ({ ...each, idNumber: number(at) }))
  const prefix = inCountry ? `/~${laid.town.slug}` : ''
  return { ...cookies, ...found, people, prefix, apiKey: laid.apiKey }
}

/** The centre is open whatever the hour: a load does not wait for Sunday morning. */
const openAllDay = ({ asOwner, town }: Laid): Promise<unknown> =>
  asOwner(client => {
    const day = { from: '00:00', to: '23:59' }
    const { profile } = town
    const calendar = { ...profile.calendar, week: Array.from({ length: 7 }, () => day), closures: [] }
    return client.query('update municipality set profile = $2 where municipality_id = $1', [
      town.id,
      JSON.stringify({ ...profile, calendar }),
    ])
  })

/** Beyond the windows a town has. */
const firstWindow = 51

/** Clerks with a till and a window each, and officers of the offices complaints go to: as many as there are to be beside those who are there. */
async function man(
  house: House,
  town: Town,
  size: SceneSize,
  office: string,
  before: Posts = { clerks: [], officers: [] },
): Promise<Posts> {
  const place = { house, town: town.id }
  const hire = async (role: 'clerk' | 'officer', at: string, known: readonly string[], count: number) => {
    const ids: string[] = []
    for (let each = known.length; each < count; each += 1)
      ids.push((await aStaffMember(place, role, at, { login: `load-${role}-${each}` })).id)
    return ids
  }
  const clerks = await hire('clerk', 'service-centre', before.clerks, size.clerks)
  const officers = await hire('officer', 'works', before.officers, size.officers)
  await house.database.write(town.id, async tx => {
    const since = { validFrom: '2020-01-01' }
    await settleUsual(tx)
    for (const [at, staffId] of clerks.entries()) {
      const number = firstWindow + before.clerks.length + at
      const name = { ar: `شباك ${number}`, en: `Window ${number}` }
      await appoint(tx, { staffId, office: 'treasury', role: 'collector', ...since }, builder)
      await anOpenTill(tx, staffId, `L${number}`)
      await setWindow(tx, { number, name, room: name, purposes: ['file', 'pay'], open: true }, builder)
      await openWindow(tx, { number, staffId, by: builder })
    }
    for (const staffId of officers) await appoint(tx, { staffId, office, role: 'officer', ...since }, builder)
    if (before.clerks.length > 0) return
    // A bill's message leads to where it is paid.
    await publishService(tx, await withBillLink(), builder)
    await publishService(tx, await openToPrograms(), builder)
  })
  return { clerks: [...before.clerks, ...clerks], officers: [...before.officers, ...officers] }
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
