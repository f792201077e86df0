import { proposeAct } from '../../src/offices/destruction/acts.ts'
import { countAct } from '../../src/offices/destruction/count.ts'
import { placeHold } from '../../src/offices/destruction/holds.ts'
import { reviewRule, writeRule } from '../../src/offices/destruction/rules.ts'
import { aConsentPurpose, agreesTo } from '../builders/consents.ts'
import type { Life } from './life.ts'
import type { PeopledTown } from './peopled.ts'

/** Rules, one of them not shown yet, something held by order, and a proposal before its committee; and what people are asked. Gives the proposal. */
export async function aDestruction(town: PeopledTown, { person, requests }: Life): Promise<string> {
  const { staff, write, house } = town
  const admin = { kind: 'staff', id: staff.admin.id } as const
  const manager = { kind: 'staff', id: staff.manager.id } as const
  const rule = { scope: '', source: 'قانون الهيئات المحلية رقم 1 لسنة 1997، المادة 15', from: '2020-01-01' }
  const id = await write(async tx => {
    const waits = { ...rule, kind: 'visit', term: { for: 2, unit: 'year' }, confirmed: false } as const
    await writeRule(tx, waits, admin)
    const unshown = await writeRule(tx, { ...waits, kind: 'message' }, admin)
    await reviewRule(tx, { id: unshown, accept: true, note: '' }, manager)
    const days = { ...rule, kind: 'request', term: { for: 1, unit: 'day' }, confirmed: true } as const
    const ruleId = await writeRule(tx, days, admin)
    await reviewRule(tx, { id: ruleId, accept: true, note: '' }, manager)
    const held = { kind: 'request', subjectId: requests.rejected, label: '7/2026', until: undefined } as const
    await placeHold(tx, { ...held, reason: 'محكمة بداية الخليل، القضية 12/2026' }, manager)
    const members = [staff.manager.id, staff.auditor.id, staff.mayor.id]
    return proposeAct(tx, { ruleId, until: '2026-01-01', members, reason: 'مضت مدة الحفظ' }, admin)
  })
  await countAct(house, town.town.id, id)
  const purpose = await aConsentPurpose(house, town.town.id, 'hall-name')
  await aConsentPurpose(house, town.town.id, 'awareness')
  await agreesTo(house, town.town.id, person.id, purpose)
  return id
}
