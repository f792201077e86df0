import type pg from 'pg'
import { writeBulletin } from '../../src/offices/bulletins/acts.ts'
import { gatherBulletin } from '../../src/offices/bulletins/audience/gather.ts'
import type { Audience } from '../../src/offices/bulletins/model.ts'
import { planNext } from '../../src/offices/bulletins/send/plan.ts'
import { getBulletin } from '../../src/offices/bulletins/store.ts'
import type { House } from '../../src/platform/house.ts'
import type { Ground } from './ground.ts'
import { median, note, tell } from './report.ts'

const goalSeconds = 60
const goalRatio = 0.5

/**
 * The bills of a month: whoever has an account of electricity is gathered and a message planned for each telephone, against one bare INSERT …
 * SELECT of the very same rows into the same table by the owner, whom no wall holds back. Interleaved, in one run.
 */
export async function benchBulletins(ground: Ground, quick: boolean): Promise<void> {
  const people = quick ? 40_000 : 280_000
  await ground.asOwner(client => fill(client, ground.town.id, people))
  const gathering: number[] = []
  const planning: number[] = []
  const bare: number[] = []
  let mostMb = 0
  await ground.inHouse(async house => {
    for (let pair = 0; pair < (quick ? 2 : 3); pair++) {
      const id = await write(house, ground.town.id)
      const before = process.memoryUsage().rss
      gathering.push(await timed(() => gatherBulletin(house, ground.town.id, id)))
      planning.push(await timed(() => planAll(house, ground.town.id, id)))
      mostMb = Math.max(mostMb, (process.memoryUsage().rss - before) / 2 ** 20)
      bare.push(await ground.asOwner(client => insertBare(client, id, people)))
      note(
        `${people} bills: gathered in ${seconds(gathering)} s, planned in ${seconds(planning)} s, bare ${seconds(bare)} s`,
      )
    }
  })
  const [gathered, planned, plain] = [median(gathering), median(planning), median(bare)]
  tell({
    name: `bulletins: ${people} bills planned`,
    value: planned,
    unit: 's',
    ratio: plain / planned,
    baseline: 'one bare INSERT … SELECT of the same rows, as rates',
    goal: { ratio: goalRatio, least: true },
    details: { planning, bare, withinGoal: planned <= goalSeconds, memoryGrownMb: Math.round(mostMb) },
  })
  tell({
    name: `bulletins: ${people} bills, from the rule to the planned message`,
    value: gathered + planned,
    unit: 's',
    ratio: plain / (gathered + planned),
    baseline: 'one bare INSERT … SELECT of the same rows, as rates',
    goal: { ratio: goalRatio, least: true },
    details: { gathering, planning, bare, withinGoal: gathered + planned <= goalSeconds },
  })
  note(`the process grew by ${Math.round(mostMb)} MB at most`)
}

const seconds = (list: readonly number[]) => (list.at(-1) ?? 0).toFixed(1)

async function timed(work: () => Promise<unknown>): Promise<number> {
  const began = performance.now()
  await work()
  return (performance.now() - began) / 1000
}

const audience: Audience = { quarters: [], feeders: [], accountKinds: ['electricity'], verified: false }

const write = (house: House, town: string) =>
  house.database.write(town, tx =>
    writeBulletin(
      tx,
      {
        title: 'فواتير الشهر',
        kind: 'bill',
        body: 'عليك للبلدية {amount} تستحق {date}.',
        template: undefined,
        audience,
        expiresDays: 7,
        dailyParts: undefined,
      },
      { kind: 'staff', id: builderId },
    ),
  )
const builderId = '0198a000-0000-7000-8000-00000000c011'

/** Plans slice after slice, each its own transaction, as the job does. */
async function planAll(house: House, town: string, id: string): Promise<void> {
  while ((await house.database.write(town, async tx => planNext(tx, await getBulletin(tx, id, true)))) > 0);
}

/** The same rows taken away and put back by one statement; what was planned before is gone then. */
async function insertBare(client: pg.ClientBase, id: string, people: number): Promise<number> {
  const { rows } = await client.query<{ n: string }>('select count(*) as n from message where bulk_id = $1', [
    id,
  ])
  if (Number(rows[0]?.n) !== people) throw new Error(`${rows[0]?.n} messages were planned, not ${people}`)
  await client.query('drop table if exists bench_message')
  await client.query(
    'create unlogged table bench_message as select * from message where bulk_id = $1 order by message_id',
    [id],
  )
  await empty(client)
  const { rows: columns } = await client.query<{ names: string }>(
    `select string_agg(quote_ident(attname), ', ' order by attnum) as names from pg_attribute
      where attrelid = 'message'::regclass and attnum > 0 and not attisdropped and attgenerated = ''`,
  )
  const names = columns[0]?.names
  const taken = await timed(() =>
    client.query(`insert into message (${names}) select ${names} from bench_message`),
  )
  await empty(client)
  await client.query('drop table bench_message')
  return taken
}

/** Both sides begin with a table as empty as the other's. */
const empty = (client: pg.ClientBase) =>
  client
    .query('truncate message, message_due, bulletin_recipient cascade')
    .then(() => client.query('checkpoint'))

/** Households with a telephone and an account of electricity, and what they owe, as the owner writes them. */
export async function fill(client: pg.ClientBase, town: string, people: number): Promise<void> {
  await client.query('set session_replication_role = replica')
  await client.query(`
    create temporary table bench_person as
    select gen_random_uuid() as id, i from generate_series(1, ${people}) i`)
  await client.query(`
    insert into person (municipality_id, person_id, kind, first_name, family_name, display_name, sort_name, id_kind, address, registered_at, source)
    select '${town}', id, 'natural', 'سامي', 'النجار', 'سامي النجار ' || i, 'سامي النجار ' || i, 'none',
           '{"quarter": "حي السوق"}', now(), 'bench' from bench_person`)
  await client.query(`
    insert into person_phone (municipality_id, person_id, phone_index, phone_sealed, is_primary, is_shared, added_at)
    select '${town}', id, sha256(id::text::bytea), decode(repeat('00', 44), 'hex'), true, false, now() from bench_person`)
  await client.query(`
    insert into account (municipality_id, account_id, number, kind, object_kind, object_id, opened_at, source)
    select '${town}', id, 'B-' || i, 'electricity', 'person', id, now(), 'own' from bench_person`)
  await client.query(`
    insert into account_holder (municipality_id, account_id, person_id, capacity, valid_from)
    select '${town}', id, id, 'holder', '2020-01-01' from bench_person`)
  await client.query('set session_replication_role = origin')
  await client.query('vacuum analyze person, person_phone, account, account_holder')
}
