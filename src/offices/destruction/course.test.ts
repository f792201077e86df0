import fc from 'fast-check'
import { sql } from 'kysely'
import { expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aTown } from '../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { testDatabase } from '../../../test/database.ts'
import type { House } from '../../platform/house.ts'
import { openTownDirectory } from '../../web/town.ts'
import { registerRequests } from '../requests/index.ts'
import type { Finding } from '../treasury/index.ts'
import { verifyTown } from '../verify/index.ts'
import { carryOut } from './carry-out.ts'
import { placeHold } from './holds.ts'
import { getAct } from './store.ts'
import { aCommittee, aGoner, aProposal, approveAll, aRule, file, giveUp } from './testing/town.ts'

const db = await testDatabase()
const house = aHouse(db)
registerRequests(
  house,
  openTownDirectory(db.database, () => 0),
)
const day = 86_400_000

/** What may stand against a request, and whether it came to be before the list was made or while the act rested. */
const against = ['nothing', 'open', 'debt', 'held', 'person-held', 'complaint', 'original'] as const
type Against = (typeof against)[number]

/** Every row of every table of a town, as text, by table. */
async function rowsOf(town: string): Promise<Map<string, Set<string>>> {
  const { rows: tables } = await sql<{ name: string }>`
    select c.relname as name from pg_class c join pg_attribute a on a.attrelid = c.oid and a.attname = 'municipality_id'
     where c.relnamespace = 'public'::regnamespace and c.relkind = 'r' order by 1`.execute(db.owner)
  const all = new Map<string, Set<string>>()
  for (const { name } of tables) {
    const { rows } = await sql<{ row: string }>`
      select to_jsonb(t)::text as row from ${sql.table(name)} t where municipality_id = ${town}`.execute(
      db.owner,
    )
    all.set(name, new Set(rows.map(each => each.row)))
  }
  return all
}

/** Puts something in a request's way, past the doors of the offices it belongs to. */
async function stand(bench: Bench, what: Against, requestId: string, personId: string): Promise<void> {
  const { id: town } = bench.town
  const write = bench.house.database.write
  const reason = 'قضية رقم 5 في محكمة البداية'
  const label = 'x'
  const staff = { kind: 'staff', id: personId } as const
  if (what === 'held')
    await write(town, tx =>
      placeHold(tx, { kind: 'request', subjectId: requestId, label, reason, until: undefined }, staff),
    )
  if (what === 'person-held')
    await write(town, tx =>
      placeHold(tx, { kind: 'person', subjectId: personId, label, reason, until: undefined }, staff),
    )
  if (what === 'open')
    await sql`update request set closed_at = null where request_id = ${requestId}`.execute(db.owner)
  if (what === 'debt')
    await sql`update charge set settled_minor = 0, cancelled_at = null where request_id = ${requestId}`.execute(
      db.owner,
    )
  if (what === 'complaint')
    await sql`insert into complaint (municipality_id, complaint_id, number, year, person_id, request_id, words, about, state, filed_at,
        entered_by_kind, entered_by)
      values (${town}, gen_random_uuid(), (random() * 1e9)::int, 2000, ${personId}, ${requestId}, 'x', 'x', 'open', now(), 'citizen', 'x')`.execute(
      db.owner,
    )
  if (what === 'original')
    await sql`insert into paper_original (municipality_id, original_id, year, number, person_id, request_id, paper, brought_by, place, taken_at,
        taken_by)
      values (${town}, gen_random_uuid(), 2000, (random() * 1e9)::int, ${personId}, ${requestId}, 'x', 'x', 'x', now(), gen_random_uuid())`.execute(
      db.owner,
    )
}

/** A house that dies after some of its writes were committed, and at some removals of files. */
function mortal(of: House, deaths: boolean[]): House {
  let turn = 0
  const die = () => {
    turn += 1
    if (deaths[turn - 1]) throw new Error('killed')
  }
  return {
    ...of,
    database: {
      ...of.database,
      async write(...given: Parameters<House['database']['write']>) {
        const result = await of.database.write(...given)
        die()
        return result
      },
    } as House['database'],
    files: {
      ...of.files,
      async remove(...given) {
        die()
        await of.files.remove(...given)
        die()
      },
    },
  }
}

const stories = fc.array(
  fc.record({ what: fc.constantFrom(...against), late: fc.boolean(), shares: fc.boolean() }),
  { minLength: 3, maxLength: 6 },
)

test('whatever stands in the way, and wherever it is killed, exactly the listed goes, once, and nothing else changes', async () => {
  await fc.assert(
    fc.asyncProperty(
      stories,
      fc.array(fc.boolean(), { maxLength: 14 }),
      fc.integer({ min: 1, max: 3 }),
      async (story, deaths, batch) => {
        const bench: Bench = { house, town: await aTown(db) }
        await aWorkingTown(bench, ['ADM-01'])
        const committee = await aCommittee(bench)
        const made = []
        for (const each of story) {
          const person = await aGoner(bench)
          // Some papers are the same content: the file stays for as long as one of them does.
          const words = each.shares ? 'the same paper' : `paper of ${person.id}`
          const requestId = await file(bench, person, words)
          await giveUp(bench, requestId, person)
          made.push({ ...each, requestId, person })
        }
        await sealAll(house, bench.town.id)
        db.clock.advance(7 * 365 * day)
        for (const { what, late, requestId, person } of made)
          if (!late) await stand(bench, what, requestId, person.id)
        const ruleId = await aRule(bench, committee, { kind: 'request', term: { for: 5, unit: 'year' } })
        const actId = await aProposal(bench, committee, {
          ruleId,
          until: `${db.clock.now().getUTCFullYear() - 5}-01-01`,
        })
        await approveAll(bench, committee, actId)
        await expect(carryOut(house, bench.town.id, actId, { batch })).resolves.toBeUndefined()
        for (const { what, late, requestId, person } of made)
          if (late) await stand(bench, what, requestId, person.id)
        await sealAll(house, bench.town.id)
        const before = await rowsOf(bench.town.id)

        db.clock.advance(9 * day)
        const dying = mortal(house, deaths)
        for (let life = 0; life <= deaths.length; life++)
          await carryOut(dying, bench.town.id, actId, { batch }).catch(error => {
            if (error.message !== 'killed') throw error
          })
        await carryOut(house, bench.town.id, actId, { batch })

        const going = made.filter(each => each.what === 'nothing')
        const staying = made.filter(each => !going.includes(each))
        const act = await house.database.read(bench.town.id, tx => getAct(tx, actId))
        expect(act).toMatchObject({
          state: 'done',
          progress: { done: going.length },
          counts: { excluded: staying.filter(each => !each.late).length },
        })

        // Rows that are no more as they were speak of what went, and of nothing that stays.
        const after = await rowsOf(bench.town.id)
        const { rows: papers } = await sql<{ id: string; sha: string }>`
          select d.document_id as id, encode(d.sha256, 'hex') as sha from document d
           where d.municipality_id = ${bench.town.id} and d.destroyed_at is not null`.execute(db.owner)
        const gone = [...going.map(each => each.requestId), ...papers.flatMap(each => [each.id, each.sha])]
        for (const [table, rows] of before) {
          if (/^(destruction_|series)/.test(table)) continue
          for (const row of rows)
            if (!after.get(table)?.has(row))
              expect(
                gone.some(each => row.includes(each)),
                `${table}: ${row.slice(0, 200)}`,
              ).toBe(true)
        }
        for (const { requestId } of staying)
          for (const [table, rows] of before)
            if (!/^destruction_/.test(table))
              for (const row of rows)
                if (row.includes(requestId))
                  expect(after.get(table)?.has(row), `${table} of what stays`).toBe(true)

        // Each once, and the contents are gone that no paper left speaks of.
        const { rows: told } = await sql<{ subject_id: string; times: number }>`
          select subject_id, count(*)::int as times from audit
           where municipality_id = ${bench.town.id} and act = 'destruction.done-to' group by 1`.execute(
          db.owner,
        )
        expect(told.map(each => each.subject_id).sort()).toEqual(going.map(each => each.requestId).sort())
        expect(told.every(each => each.times === 1)).toBe(true)
        const { rows: files } = await sql<{ sha256: Buffer; live: boolean }>`
          select f.sha256, exists (select from document d where d.municipality_id = f.municipality_id and d.sha256 = f.sha256
                   and d.destroyed_at is null) as live
            from file f where f.municipality_id = ${bench.town.id}`.execute(db.owner)
        for (const { sha256, live } of files)
          expect(await house.files.exists(bench.town.id, sha256)).toBe(live)

        await sealAll(house, bench.town.id)
        const findings: Finding[] = []
        await verifyTown(house, bench.town, { deep: true, found: each => findings.push(each) })
        const bent = new Set(staying.map(each => each.requestId))
        expect(
          findings.filter(each => !bent.has(each.subject) && !/charge|account|ledger|numb/.test(each.code)),
        ).toEqual([])
      },
    ),
    { numRuns: 5 },
  )
})
