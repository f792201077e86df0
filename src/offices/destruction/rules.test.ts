import { sql } from 'kysely'
import { beforeAll, describe, expect, test, vi } from 'vitest'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson } from '../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../test/builders/requests.ts'
import { sealAll } from '../../../test/builders/seal.ts'
import { lockWaits, testDatabase } from '../../../test/database.ts'
import type { Write } from '../../platform/database/index.ts'
import { openTownDirectory } from '../../web/town.ts'
import { planMessage } from '../messaging/index.ts'
import { setSetting } from '../people/index.ts'
import { registerRequests } from '../requests/index.ts'
import type { Finding } from '../treasury/index.ts'
import { verifyTown } from '../verify/index.ts'
import { decideOnAct, eligibleFor, proposeAct, stopAct } from './acts.ts'
import { carryOut } from './carry-out.ts'
import { type Kind, kinds, passedBy } from './model.ts'
import { reviewRule, writeRule } from './rules.ts'
import { rulesKey } from './settings.ts'
import { getAct } from './store.ts'
import {
  aCommittee,
  aProposal,
  approveAll,
  aRule,
  aWholeRequest,
  by,
  type Committee,
  file,
  giveTheMinutes,
  goThrough,
} from './testing/town.ts'

const db = await testDatabase()
const house = aHouse(db)
const year = 365 * 86_400_000
let bench: Bench
let committee: Committee
let person: BuiltPerson
let requestId: string
const write = <T>(work: (tx: Write) => Promise<T>) => db.database.write(bench.town.id, work)
const actOf = (id: string) => db.database.read(bench.town.id, tx => getAct(tx, id))
const until = (years: number) => `${db.clock.now().getUTCFullYear() - years}-01-01`

beforeAll(async () => {
  bench = { house, town: await aTown(db) }
  await aWorkingTown(bench, ['ADM-01'])
  registerRequests(
    house,
    openTownDirectory(db.database, () => 0),
  )
  committee = await aCommittee(bench)
  person = await aPerson({ house, town: bench.town.id })
  requestId = await aWholeRequest(bench, person, 'an old paper')
  await sealAll(house, bench.town.id)
  db.clock.advance(12 * year)
})

describe('the time of keeping', () => {
  test.each([
    [{ for: 5, unit: 'year' as const }, '2026-07-01', '2021-07-01'],
    [{ for: 1, unit: 'year' as const }, '2028-02-29', '2027-02-28'],
    [{ for: 4, unit: 'year' as const }, '2028-02-29', '2024-02-29'],
    [{ for: 30, unit: 'day' as const }, '2026-03-01', '2026-01-30'],
    [undefined, '2026-03-01', undefined],
  ])('%o has passed on %s by %s', (term, today, last) => {
    expect(passedBy(term, today)).toBe(last)
  })
})

describe('a rule', () => {
  const rule = {
    kind: 'draft' as const,
    scope: '',
    term: { for: 1, unit: 'year' as const },
    source: 'x',
    from: '2020-01-01',
  }

  test('is adopted by another than who wrote it, once', async () => {
    const id = await write(tx => writeRule(tx, { ...rule, confirmed: true }, by(committee.admin)))
    const review = (staff: { id: string }) =>
      write(tx => reviewRule(tx, { id, accept: true, note: '' }, by(staff)))
    await expect(review(committee.admin)).rejects.toMatchObject({ code: 'own-rule' })
    await review(committee.members[0] as { id: string })
    await expect(review(committee.members[1] as { id: string })).rejects.toMatchObject({
      code: 'rule-decided',
    })
  })

  test('that nobody confirmed, that keeps for ever, or whose time has not passed, proposes nothing', async () => {
    const members = committee.members.map(each => each.id)
    const propose = (ruleId: string, to: string) =>
      write(tx => proposeAct(tx, { ruleId, until: to, members, reason: 'مضت المدة' }, by(committee.admin)))
    const unshown = await aRule(bench, committee, {
      kind: 'visit',
      term: { for: 1, unit: 'year' },
      confirmed: false,
    })
    await expect(propose(unshown, until(3))).rejects.toMatchObject({
      faults: [{ code: 'rule-not-in-force' }],
    })
    const ever = await aRule(bench, committee, { kind: 'look' })
    await expect(propose(ever, until(3))).rejects.toMatchObject({ faults: [{ code: 'rule-not-in-force' }] })
    const long = await aRule(bench, committee, {
      kind: 'request',
      scope: 'ENG',
      term: { for: 5, unit: 'year' },
    })
    await expect(propose(long, until(4))).rejects.toMatchObject({ faults: [{ code: 'until-too-late' }] })
  })

  test('of a part leaves the rule of the whole alone there', async () => {
    const whole = await aRule(bench, committee, { kind: 'request', term: { for: 5, unit: 'year' } })
    await aRule(bench, committee, { kind: 'request', scope: 'ADM', term: { for: 50, unit: 'year' } })
    const act = await actOf(await aProposal(bench, committee, { ruleId: whole, until: until(6) }))
    expect(act.counts).toMatchObject({ listed: 0, excluded: 1, why: { 'own-rule': 1 } })
  })
})

describe('a committee', () => {
  const aDraftAct = async () => {
    const ruleId = await aRule(bench, committee, { kind: 'message', term: { for: 2, unit: 'year' } })
    return aProposal(bench, committee, { ruleId, until: until(3) })
  }

  test('has three at least, of the town’s posts, and never whoever proposed', async () => {
    const ruleId = await aRule(bench, committee, { kind: 'import', term: { for: 1, unit: 'year' } })
    const propose = (members: string[]) =>
      write(tx =>
        proposeAct(tx, { ruleId, until: until(2), members, reason: 'مضت المدة' }, by(committee.admin)),
      )
    const [a, b, c] = committee.members.map(each => each.id) as [string, string, string]
    await expect(propose([a, b, b])).rejects.toMatchObject({ faults: [{ code: 'committee-too-small' }] })
    await expect(propose([a, b, committee.admin.id])).rejects.toMatchObject({
      faults: [{ code: 'not-eligible' }],
    })
    await expect(propose([a, b, c])).resolves.toBeDefined()
    const eligible = await write(tx => eligibleFor(tx, a))
    expect(eligible.map(each => each.staffId)).not.toContain(a)
  })

  test('decides each by their own log-in, with minutes; one refusal ends it', async () => {
    const id = await aDraftAct()
    const [first, second] = committee.members as unknown as [{ id: string }, { id: string }]
    const decide = (staff: { id: string }, approve: boolean) =>
      write(tx => decideOnAct(tx, id, { approve, why: 'كلمة من العضو' }, by(staff)))
    await expect(decide(first, true)).rejects.toMatchObject({ code: 'minutes-missing' })
    await expect(decide(committee.admin, true)).rejects.toMatchObject({ code: 'not-of-committee' })
    await decide(first, false)
    expect(await actOf(id)).toMatchObject({ state: 'refused' })
    await expect(decide(second, true)).rejects.toMatchObject({ code: 'act-not-open' })
  })

  test('that approves at the same moment has decided: the act rests', async () => {
    const id = await aDraftAct()
    const [first, second, third] = committee.members as unknown as [
      { id: string },
      { id: string },
      { id: string },
    ]
    const approve = (tx: Write, staff: { id: string }) =>
      decideOnAct(tx, id, { approve: true, why: '' }, by(staff))
    await giveTheMinutes(bench, committee, id)
    await write(tx => approve(tx, first))
    const [began, gate] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()]
    const one = write(async tx => {
      await approve(tx, second)
      began.resolve()
      await gate.promise
    })
    await began.promise
    const other = write(tx => approve(tx, third))
    await vi.waitUntil(() => lockWaits(db.owner))
    gate.resolve()
    await Promise.all([one, other])
    expect(await actOf(id)).toMatchObject({ state: 'resting' })
  })

  test('keeps the terms it was proposed with, whatever the town says afterwards', async () => {
    const id = await aDraftAct()
    const from = new Date(db.clock.now()).toISOString().slice(0, 10)
    const terms = { roles: ['mayor'], members: 3, restDays: 1 }
    await write(tx => setSetting(tx, { key: rulesKey, from, value: terms, by: by(committee.admin) }))
    await approveAll(bench, committee, id)
    const { actsAt } = await actOf(id)
    expect((actsAt?.getTime() ?? 0) - db.clock.now().getTime()).toBeGreaterThan(6 * 86_400_000)
    await sql`delete from setting where key = ${rulesKey}`.execute(db.owner)
  })

  test('is waited for: before the rest has passed nothing goes, and any member stops it', async () => {
    const id = await aDraftAct()
    await approveAll(bench, committee, id)
    await carryOut(house, bench.town.id, id)
    expect(await actOf(id)).toMatchObject({ state: 'resting' })
    const second = committee.members[1] as { id: string }
    await write(tx => stopAct(tx, id, 'وصلنا كتاب من المحكمة', by(second)))
    await goThrough(bench, db, id)
    expect(await actOf(id)).toMatchObject({ state: 'stopped', progress: { done: 0 } })
  })

  test('is what the database itself asks for: nothing goes without it, nor off its list', async () => {
    const id = await aDraftAct()
    const destroy = (ids: string[]) =>
      write(async tx => {
        await sql`select destroy_listed(${id}::uuid, ${ids}::uuid[], ${tx.now}::timestamptz)`.execute(tx.q)
      })
    await expect(destroy([])).rejects.toThrow('no committee')
    // The state alone is no committee.
    await approveAll(bench, committee, id)
    await sql`update destruction_act set state = 'acting' where act_id = ${id}`.execute(db.owner)
    await sql`update destruction_member set is_approved = false where act_id = ${id} and staff_id = ${committee.members[2]?.id}`.execute(
      db.owner,
    )
    await expect(destroy([])).rejects.toThrow('no committee')
    await sql`update destruction_member set is_approved = true where act_id = ${id}`.execute(db.owner)
    await expect(destroy([requestId])).rejects.toThrow('not on the list')
    await sql`delete from destruction_member where act_id = ${id} and staff_id = ${committee.members[2]?.id}`.execute(
      db.owner,
    )
    await expect(destroy([])).rejects.toThrow('no committee')
    await sql`update destruction_act set state = 'withdrawn', ended_at = now() where act_id = ${id}`.execute(
      db.owner,
    )
  })
})

test('the application itself deletes no paper, receipt or entry of the record', async () => {
  for (const statement of [
    'delete from document',
    'update receipt set payer_name = null',
    'update audit set personal = null',
    'delete from file',
  ])
    await expect(write(tx => sql.raw(statement).execute(tx.q))).rejects.toThrow('permission denied')
})

/** One thing of each kind that is old enough. */
async function someOfEach(): Promise<void> {
  const town = bench.town.id
  await write(tx =>
    planMessage(tx, house, { kind: 'reminder', personId: person.id, event: 'x', body: 'كلام قديم' }),
  )
  await sql`update message set state = 'delivered' where municipality_id = ${town} and event = 'x'`.execute(
    db.owner,
  )
  await file(bench, person, 'a second paper')
  await sql`insert into draft (municipality_id, draft_id, owner_kind, owner_id, service_code, service_version, channel, capacity, answers, papers,
      typed, parties, created_at, updated_at)
    values (${town}, gen_random_uuid(), 'citizen', ${person.id}, 'ADM-01', 2, 'web', 'principal', '{}', '[]', '{}', '[]', '2020-01-01', '2020-01-01')`.execute(
    db.owner,
  )
  await sql`insert into session (municipality_id, token_hash, subject_kind, subject_id, created_at, expires_at, confirmed_at, device, how)
    values (${town}, '\\x01', 'citizen', ${person.id}, '2020-01-01', '2020-02-01', '2020-01-01', 'x', 'pin')`.execute(
    db.owner,
  )
  await sql`insert into visit (municipality_id, visit_id, day, purpose_code, number, channel, taken_at, person_id, state, jumped, ended_at, served_from,
      identity_shown, staff_id, called_at)
    values (${town}, gen_random_uuid(), '2020-01-01', 'ask', 1, 'door', '2020-01-01', ${person.id}, 'done', false, '2020-01-01', '2020-01-01',
      'id-card', ${committee.admin.id}, '2020-01-01')`.execute(db.owner)
  await sql`insert into complaint (municipality_id, complaint_id, number, year, person_id, words, about, state, filed_at, entered_by_kind, entered_by,
      answer, answered_at, answered_by)
    values (${town}, gen_random_uuid(), 1, 2020, ${person.id}, 'x', 'x', 'closed', '2020-01-01', 'citizen', 'x', 'x', '2020-02-01', ${committee.admin.id})`.execute(
    db.owner,
  )
}

test('each kind goes as it should, and the town still verifies', async () => {
  await someOfEach()
  const alone = await aPerson({ house, town: bench.town.id })
  await sealAll(house, bench.town.id)
  db.clock.advance(12 * year)
  const order: Kind[] = [
    'request',
    ...kinds.filter(each => each !== 'request' && each !== 'person'),
    'person',
  ]
  const done: Partial<Record<Kind, number>> = {}
  for (const kind of order) {
    const scope = kind === 'request' ? 'ADM-01' : ''
    const from = '2030-01-01'
    const ruleId = await aRule(bench, committee, { kind, scope, term: { for: 2, unit: 'year' }, from })
    const id = await aProposal(bench, committee, { ruleId, until: until(3) })
    await approveAll(bench, committee, id)
    await goThrough(bench, db, id, 2)
    const act = await actOf(id)
    expect(act.state, kind).toBe('done')
    done[kind] = act.progress.done
  }
  for (const kind of [
    'request',
    'message',
    'draft',
    'visit',
    'log-in',
    'complaint',
    'receipt',
    'person',
  ] as const)
    expect(done[kind], kind).toBeGreaterThan(0)
  const { rows } = await sql<{ name: string; destroyed: boolean }>`
    select display_name as name, destroyed_at is not null as destroyed from person where person_id = ${alone.id}`.execute(
    db.owner,
  )
  expect(rows).toEqual([{ name: '—', destroyed: true }])
  await sealAll(house, bench.town.id)
  const findings: Finding[] = []
  const { counts } = await verifyTown(house, bench.town, { deep: true, found: each => findings.push(each) })
  expect(findings).toEqual([])
  expect(counts['lawfully erased']).toBeGreaterThan(0)
})

test('verify names what was emptied without an act', async () => {
  const other = await aPerson({ house, town: bench.town.id })
  await sql`update person set destroyed_at = now() where person_id = ${other.id}`.execute(db.owner)
  const codes: string[] = []
  await verifyTown(house, bench.town, { found: each => codes.push(each.code) })
  expect(codes).toEqual(['emptied-without-act'])
})

test('verify does not take the lists of the acts for it: the audit must say so too', async () => {
  const other = await aPerson({ house, town: bench.town.id })
  await sql`update person set destroyed_at = now() where person_id = ${other.id}`.execute(db.owner)
  await sql`insert into destruction_item (municipality_id, act_id, subject_id, label, at, bytes, state, done_at)
    select municipality_id, act_id, ${other.id}, '', now(), 0, 'done', now() from destruction_act
     where municipality_id = ${bench.town.id} and kind = 'person' limit 1`.execute(db.owner)
  const found: Finding[] = []
  await verifyTown(house, bench.town, { found: each => found.push(each) })
  expect(found).toContainEqual(expect.objectContaining({ code: 'emptied-without-act', subject: other.id }))
})
