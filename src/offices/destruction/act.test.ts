import { sql } from 'kysely'
import { beforeAll, describe, expect, test } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aTown, type BuiltPerson } from '../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { testDatabase } from '../../../test/database.ts'
import { openTownDirectory } from '../../web/town.ts'
import { getRequest, registerRequests } from '../requests/index.ts'
import type { Finding } from '../treasury/index.ts'
import { verifyTown } from '../verify/index.ts'
import { carryOut } from './carry-out.ts'
import { getAct } from './store.ts'
import {
  aCommittee,
  aGoner,
  aProposal,
  approveAll,
  aRule,
  aWholeRequest,
  type Committee,
  file,
  goThrough,
} from './testing/town.ts'

const db = await testDatabase()
const house = aHouse(db)
let bench: Bench
let committee: Committee
let person: BuiltPerson
let done: string
let open: string
let actId: string
const year = 365 * 86_400_000

async function verified() {
  const findings: Finding[] = []
  const { counts } = await verifyTown(house, bench.town, { deep: true, found: each => findings.push(each) })
  return { findings, counts }
}

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  person = await aGoner(bench)
  committee = await aCommittee(bench)
  done = await aWholeRequest(bench, person, 'secret words of a paper')
  open = await file(bench, person, 'a paper of an open request')
  await sealAll(house, bench.town.id)
  db.clock.advance(6 * year)
  const ruleId = await aRule(bench, committee, { kind: 'request', term: { for: 5, unit: 'year' } })
  const today = db.clock.now().getUTCFullYear()
  actId = await aProposal(bench, committee, { ruleId, until: `${today - 5}-01-01` })
})

describe('a request whose time has passed', () => {
  test('is listed with what stays and why', async () => {
    const act = await house.database.read(bench.town.id, tx => getAct(tx, actId))
    expect(act).toMatchObject({ state: 'proposed', counts: { listed: 1, excluded: 1, why: { open: 1 } } })
  })

  test('goes by the committee’s act; number, money and seal stay', async () => {
    await approveAll(bench, committee, actId)
    await goThrough(bench, db, actId)
    await carryOut(house, bench.town.id, actId)
    const act = await house.database.read(bench.town.id, tx => getAct(tx, actId))
    expect(act).toMatchObject({ state: 'done', progress: { done: 1, dropped: 0 } })
    expect(act.certificateId).toBeDefined()
    await expect(house.database.read(bench.town.id, tx => getRequest(tx, done))).rejects.toMatchObject({
      code: 'request-destroyed',
      details: { minutes: '12/2029' },
    })
    await house.database.read(bench.town.id, tx => getRequest(tx, open))
    await sealAll(house, bench.town.id)
    const { findings, counts } = await verified()
    expect(findings).toEqual([])
    expect(counts[`erased by act ${act.number}/${act.year}`]).toBe(1)
    const { rows } = await sql<{ n: number }>`
      select count(*)::int as n from request_action where request_id = ${done} and data <> '{}'`.execute(
      db.owner,
    )
    expect(rows[0]?.n).toBe(0)
  })
})
