import { sql } from 'kysely'
import type { WorkCalendar } from '../lib/calendar.ts'
import type { Localized } from '../lib/localized.ts'
import type { Database } from '../platform/database/index.ts'

/** The levels a place is named by, from wide to narrow: حوض، حي، قطعة in the West Bank, قطعة، قسيمة in Gaza. */
export type LevelNames = { block: Localized; quarter: Localized; parcel: Localized }

/** What a town says of itself; the `profile` column of its row. */
export type TownProfile = {
  phone: string
  address: Localized
  hours: Localized
  tagline?: Localized
  seal?: string
  levels: LevelNames
  /** Working hours, closures, special hours: deadlines are counted in them. */
  calendar: Omit<WorkCalendar, 'timeZone'>
  quarters?: string[]
  /** Code of the office every request starts and ends at; `service-centre` unless the town calls it otherwise. */
  serviceCentre?: string
}

export type Town = {
  id: string
  slug: string
  name: Localized
  timeZone: string
  isDemo: boolean
  hosts: string[]
  profile: TownProfile
  calendar: WorkCalendar
  /** '' where the town has its own host or is alone; `/~slug` where towns share one. */
  prefix: string
}

type TownRow = {
  municipality_id: string
  slug: string
  hosts: string[]
  name_ar: string
  name_en: string
  time_zone: string
  profile: TownProfile
  is_demo: boolean
}

const readTowns = sql<TownRow>`
  select municipality_id, slug, hosts, name_ar, name_en, time_zone, profile, is_demo from municipality order by slug`

/** The towns of this installation, read again when the copy is older than a few seconds. */
export type TownDirectory = {
  all(): Promise<Town[]>
  find(host: string, path: string): Promise<{ town: Town; path: string } | undefined>
  get(id: string): Promise<Town>
  forget(): void
}

const freshMs = 5_000
/** So old a copy may be shown while it is read again. */
const staleMs = 60_000

/**
 * Finds a town by host name, then by the first path segment `/~SLUG`, then, where the installation holds one town only, that one.
 * `path` in the answer is the path inside the town.
 */
export function openTownDirectory(database: Database, now: () => number): TownDirectory {
  let towns: Town[] = []
  let readAt = Number.NEGATIVE_INFINITY
  let reading: Promise<void> | undefined
  let changes = 0

  async function readAgain(): Promise<void> {
    const since = changes
    try {
      const { rows } = await database.directory(q => readTowns.execute(q))
      towns = rows.map(toTown)
      // What was asked before something changed is read again by whoever asks next.
      if (since === changes) readAt = now()
    } finally {
      if (since === changes) reading = undefined
    }
  }

  /** While the database is slow or away, a copy that is a little old says on which town's page that is told. */
  async function all(): Promise<Town[]> {
    const age = now() - readAt
    if (age <= freshMs) return towns
    reading ??= readAgain()
    if (towns.length === 0) await reading
    else if (age > staleMs) await reading.catch(() => {})
    else reading.catch(() => {})
    return towns
  }

  function forget(): void {
    changes += 1
    readAt = Number.NEGATIVE_INFINITY
    reading = undefined
  }

  return {
    all,
    async find(host, path) {
      const known = await all()
      const name = host.replace(/:\d+$/, '').toLowerCase()
      const byHost = known.find(town => town.hosts.includes(name))
      if (byHost) return { town: byHost, path }
      const segment = /^\/~([a-z][a-z0-9-]*)(\/.*)?$/.exec(path)
      const bySlug = segment && known.find(town => town.slug === segment[1])
      if (bySlug) return { town: { ...bySlug, prefix: `/~${bySlug.slug}` }, path: segment[2] ?? '/' }
      const [only] = known
      return only && known.length === 1 && !segment ? { town: only, path } : undefined
    },
    async get(id) {
      const known = async () => (await all()).find(each => each.id === id)
      let town = await known()
      if (!town) {
        // One that was added since.
        forget()
        town = await known()
      }
      if (!town) throw new Error(`no town ${id}`)
      return town
    },
    forget,
  }
}

function toTown(row: TownRow): Town {
  return {
    id: row.municipality_id,
    slug: row.slug,
    name: { ar: row.name_ar, en: row.name_en },
    timeZone: row.time_zone,
    isDemo: row.is_demo,
    hosts: row.hosts,
    profile: row.profile,
    calendar: calendarOf(row.profile, row.time_zone),
    prefix: '',
  }
}

type Known = { announcedAt?: Date; withdrawnAt?: Date }

/** A town's calendar as its profile keeps it: in JSON, where instants are texts. */
export function calendarOf({ calendar }: TownProfile, timeZone: string): WorkCalendar {
  const dated = <Entry extends Known>(entry: Entry): Entry => ({
    ...entry,
    ...(entry.announcedAt && { announcedAt: new Date(entry.announcedAt) }),
    ...(entry.withdrawnAt && { withdrawnAt: new Date(entry.withdrawnAt) }),
  })
  return {
    ...calendar,
    timeZone,
    closures: calendar.closures.map(dated),
    ...(calendar.special && { special: calendar.special.map(dated) }),
  }
}
