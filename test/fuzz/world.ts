import { mkdirSync } from 'node:fs'
import { Kysely, PostgresDialect, sql } from 'kysely'
import type { Role } from '../../src/kernel/access/index.ts'
import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { addApiKey } from '../../src/offices/people/index.ts'
import { fixedClock } from '../../src/platform/clock.ts'
import type { Tables } from '../../src/platform/database/connection.ts'
import { openPool, withClient } from '../../src/platform/database/pool.ts'
import { openWindow } from '../../src/server.ts'
import type { Route } from '../../src/web/route.ts'
import { watchTables } from '../access/undo.ts'
import { allScopes } from '../access/visitors.ts'
import { everyId } from '../access/worlds.ts'
import { aDocument, documentsMade } from '../builders/archive.ts'
import { everyCause } from '../builders/looks.ts'
import { builder, logInAs } from '../builders/people.ts'
import { aLife } from '../journeys/life.ts'
import { aMoneyLife } from '../journeys/life-money.ts'
import { anOfficesLife } from '../journeys/life-offices.ts'
import { aPeopledTown } from '../journeys/peopled.ts'
import { citizenStops, openStops, staffStops } from '../journeys/stops.ts'
import { citizenMoneyStops, moneyStops } from '../journeys/stops-money.ts'
import { citizenOfficeStops, officeStops } from '../journeys/stops-offices.ts'
import { openPlace } from './house.ts'
import type { Base } from './input.ts'
import { fromOutside } from './outside.ts'

/** Whoever knocks, with what their browser or program carries. */
export type Who = {
  name: string
  headers: Record<string, string>
  as?: { personId: string } | { staffId: string }
  post?: { role: Role; office: string }
}

/** What the fuzzer knows of the town it breaks things in. It lies in a database that is cloned for each batch: every id is the same in each. */
export type World = {
  /** The database all others are cloned from. */
  template: string
  folder: string
  town: { id: string; slug: string }
  now: string
  who: Who[]
  /** Pages known to show something, by whoever reaches them. */
  pages: Record<string, string[]>
  /** What programs of others call. */
  outside: Base[]
  /** Codes that open an address, by its pattern. */
  links: Record<string, string[][]>
  /** Ids by what they are in the story of the town: `requests.unpaid`. */
  names: Record<string, string>
  /** Ids of the town's rows by the column they stand in, in the order they came. */
  ids: Record<string, string[]>
  /** What fills the bodies a program sends. */
  program: { applicant: string; document: string; charge: string; request: string; idNumber: string }
}

export const on = (url: string, name: string): string => url.replace(/[^/]*$/, name)

export type Postgres = { ownerUrl: string; appUrl: string }

/** Makes a database out of another, which nobody may be connected to. */
export const cloneDatabase = (at: Postgres, name: string, template: string): Promise<unknown> =>
  withClient(on(at.ownerUrl, 'postgres'), client =>
    client.query(`create database ${name} template ${template} strategy file_copy`),
  )

export const dropDatabase = (at: Postgres, name: string): Promise<unknown> =>
  withClient(on(at.ownerUrl, 'postgres'), client =>
    client.query(`drop database if exists ${name} with (force)`),
  )

/** Lays out a town in the middle of its life with everybody logged in, every change of a row written down; nobody is connected to it after. */
export async function layWorld(
  at: Postgres,
  template: string,
  folder: string,
): Promise<{ world: World; routes: readonly Route[] }> {
  mkdirSync(folder, { recursive: true })
  await cloneDatabase(at, template, 'shubbak')
  const [url, ownerUrl] = [on(at.appUrl, template), on(at.ownerUrl, template)]
  const clock = fixedClock('2026-03-01T08:00:00Z')
  const house = await openPlace({ url, ownerUrl, folder }, clock)
  const pool = openPool(ownerUrl, { max: 4 })
  const owner = new Kysely<Tables>({ dialect: new PostgresDialect({ pool }) })
  try {
    const db = { database: house.database, owner, clock, url, ownerUrl, close: async () => {} }
    const { routes } = await openWindow(house)
    everyCause()
    const town = await aPeopledTown(db, house)
    const life = await aMoneyLife(town, await aLife(town))
    const offices = await anOfficesLife(town, life)
    const place = { house, town: town.town.id }
    const person = { personId: life.person.id }
    const who: Who[] = [
      { name: 'anybody', headers: {} },
      { name: 'citizen', as: person, headers: { cookie: await logInAs(place, person) } },
    ]
    for (const [name, { id: staffId, role, office }] of Object.entries(town.staff))
      who.push({
        name,
        post: { role, office },
        as: { staffId },
        headers: { cookie: await logInAs(place, { staffId }) },
      })
    // Several, since a key may look up a few people a minute only.
    for (let at = 0; at < 4; at++) {
      const key = await town.write(tx => addApiKey(tx, `شركة ${at}`, allScopes, builder))
      who.push({ name: `program ${at}`, headers: { authorization: `Bearer ${key}` } })
    }
    const draft = '00000000-0000-7000-8000-000000000000'
    const pages: World['pages'] = {
      anybody: openStops(life, 'x'.repeat(20)).map(({ path }) => path),
      citizen: [citizenStops(life, draft), citizenMoneyStops(life), citizenOfficeStops(life, offices)]
        .flat()
        .map(({ path }) => path)
        .concat(fillAddress(addresses.startDraft, { code: 'ELE-01' })),
      clerk: [fillAddress(addresses.counterStart, { person: life.person.id, code: 'ELE-01' })],
    }
    for (const stops of [staffStops(life, draft), moneyStops(life, draft), officeStops(life, offices)])
      for (const [post, each] of Object.entries(stops))
        pages[post] = [...new Set([...(pages[post] ?? []), ...each.map(({ path }) => path)])]
    const outside = await fromOutside(town)
    const document = await town.write(tx => aDocument(tx, { kind: 'identity-card', ownerId: life.person.id }))
    for (const bytes of documentsMade) await house.files.put(town.town.id, bytes)
    const ids: World['ids'] = {}
    for (const { column, id } of await everyId(db)) {
      const of = ids[column] ?? []
      ids[column] = of
      of.push(id)
    }
    for (const [column, of] of Object.entries(ids)) ids[column] = [...new Set(of)].sort()
    const { rows } = await sql<{ id: string }>`
      select charge_id as id from charge where debtor_id = ${life.person.id} order by 1 desc limit 1`.execute(
      owner,
    )
    const charge = rows[0]?.id ?? ''
    await watchTables(db)
    const world: World = {
      template,
      folder,
      who,
      pages,
      ids,
      outside,
      names: namesIn({ ...life, ...offices, document }),
      links: {
        '/track/:token': [[life.trackingToken]],
        '/s/:code': life.links.map(code => [code]),
        '/verify/:code': [[life.certificate.code]],
        '/open/seal/day/:date': [[life.seal.date]],
        '/demo/phone/:number': [[life.phone]],
      },
      town: { id: town.town.id, slug: town.town.slug },
      now: clock.now().toISOString(),
      program: {
        applicant: life.person.id,
        document,
        charge,
        request: life.requests.unpaid,
        idNumber: life.person.idNumber,
      },
    }
    return { world, routes }
  } finally {
    await house.close()
    await pool.end()
  }
}

/** Every id in what a story gives, by where it stands in it. */
function namesIn(story: object, before = ''): Record<string, string> {
  return Object.fromEntries(
    Object.entries(story).flatMap(([name, value]): [string, string][] =>
      typeof value === 'object' && value !== null
        ? Object.entries(namesIn(value as object, `${before}${name}.`))
        : typeof value === 'string' && /^[0-9a-f]{8}-[0-9a-f-]{27}$/.test(value)
          ? [[before + name, value]]
          : [],
    ),
  )
}
