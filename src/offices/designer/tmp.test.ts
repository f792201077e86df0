import { sql } from 'kysely'
import { test } from 'vitest'
import { aDocument } from '../../../test/builders/archive.ts'
import { aDoor } from '../../../test/builders/door.ts'
import { aHouse } from '../../../test/builders/house.ts'
import { aPerson, aStaffMember, aTown, builder, logInAs } from '../../../test/builders/people.ts'
import { aWorkingTown } from '../../../test/builders/requests.ts'
import { testDatabase } from '../../../test/database.ts'
import { addresses, townUrl } from '../../lib/addresses.ts'
import { openLog } from '../../platform/telemetry/log.ts'
import { openTownDirectory } from '../../web/town.ts'
import { listServiceFiles, publishService } from '../catalogue/index.ts'
import { fileRequest, officeRoutes, registerRequests } from '../requests/index.ts'
import { loadDefaultTariffs } from '../treasury/index.ts'
import { emptyService } from './drafts/empty.ts'
import { applyEdits } from './drafts/text/apply.ts'

const db = await testDatabase()
const house = { ...aHouse(db), log: openLog('error') }
registerRequests(house, openTownDirectory(db.database, () => 0))

test('x', async () => {
  const town = await aTown(house)
  await aWorkingTown({ house, town })
  const place = { house, town: town.id }
  const { commons } = await listServiceFiles()
  const name = { ar: 'رخصة بسطة', en: 'Stall' }
  const w = (t: string) => ({ ar: t, en: t })
  const text = applyEdits(emptyService({ code: 'LIC-91', name, group: 'crafts' }), [
    { op: 'set', path: ['form', 'pages', 'request', 'fields'], value: [
      { id: 'feast', kind: 'choice', label: w('عيد'), options: [{ id: 'fitr', label: w('الفطر') }, { id: 'adha', label: w('الأضحى') }] },
      { id: 'days', kind: 'whole-number', label: w('أيام') },
      { id: 'stalls', kind: 'group', label: w('بسطات'), min: 1, max: 10, fields: [{ id: 'goods', kind: 'text', label: w('ماذا') , max: 100 }, { id: 'area', kind: 'decimal', label: w('مساحة') }] },
      { id: 'charity', kind: 'yes-no', label: w('جمعية') },
    ] },
    { op: 'set', path: ['fees'], value: [{ id: 'stall-fee', name: w('رسم'), at: 'after-decision', currency: 'ILS', amount: 'if charity = true then money(0, "ILS") else tariff.stallFee * days * sum(stalls.area)', dueKind: 'market-rent' }] },
    { op: 'set', path: ['tariffs'], value: [{ key: 'stallFee', from: '2026-01-01', amount: '3', currency: 'ILS', confirmed: false }] },
    { op: 'remove', path: ['steps', 'desk-review', 'reads'] },
    { op: 'insert', path: ['steps'], value: { id: 'opinions', name: w('آراء'), kind: 'opinions', office: 'service-centre', role: 'officer', hours: 7, acts: ['opine', 'return', 'ask-papers', 'reject'], join: 'all', opinions: [{ id: 'a', name: w('أ'), office: 'planning', role: 'officer', hours: 7 }, { id: 'b', name: w('ب'), office: 'works', role: 'officer', hours: 7 }] }, after: 'desk-review' },
    { op: 'insert', path: ['steps'], value: { id: 'payment', name: w('دفع'), kind: 'payment', office: 'treasury', role: 'collector', hours: 0, acts: ['pay', 'return'], feePoint: 'after-decision' }, after: 'decision' },
  ], commons)
  await house.database.write(town.id, async tx => {
    const used = Object.fromEntries(commons)
    await sql`insert into service_version (municipality_id, service_code, version, hash, source, commons, published_at) values (${tx.town}, 'LIC-91', 1, 'abc', ${text}, ${JSON.stringify(used)}::jsonb, ${tx.now})`.execute(tx.q)
    await loadDefaultTariffs(tx)
  })
  const person = await aPerson(place)
  const filed = await house.database.write(town.id, async tx => fileRequest(tx, { house, town } as never, {
    serviceCode: 'LIC-91', serviceVersion: 1, channel: 'web', capacity: 'principal', applicantId: person.id, papers: [{ paperId: 'id-copy', state: 'supplied', documentId: await aDocument(tx, { ownerId: person.id, kind: 'id-copy' }) }],
    answers: { feast: 'adha', days: 4, stalls: [{ goods: 'حلوى', area: 5 }], charity: false },
    by: { kind: 'citizen', personId: person.id, relation: 'party' },
  } as never).catch(e => { console.error(e); throw e }))
  const clerk = await aStaffMember(place, 'clerk', 'service-centre')
  const cookie = await logInAs(place, { staffId: clerk.id })
  const { knock } = aDoor(house as never, officeRoutes)
  const answer = await knock(townUrl({ prefix: `/~${town.slug}` }, addresses.officeRequest, { id: filed.requestId }), { cookie })
  console.log(answer.status)
})
