import { sql } from 'kysely'
import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { stripControls } from '../../../../lib/arabic.ts'
import { type CalendarDate, isCalendarDate } from '../../../../lib/calendar.ts'
import { type Fault, Forbidden } from '../../../../lib/errors.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { Head, Stack, StaffLayout, useTexts, Zones } from '../../../../ui/index.ts'
import { type Call, param, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { addText, endPurpose, openPurpose } from '../acts.ts'
import { type Purpose, purposeKinds } from '../model.ts'
import { purposesOf } from '../store.ts'
import { consentText, consentTexts } from '../strings.ts'
import { MorePurpose, NewPurpose, Purposes } from './purposes.tsx'

/** How many stand by yes for each purpose, whatever text they read. */
async function givenCounts(tx: Read): Promise<Map<string, number>> {
  // Counts alone: who it is stays with the ledger.
  const { rows } = await sql<{ purpose_code: string; given: number }>`
    select purpose_code, count(*)::int as given from (
      select distinct on (purpose_code, person_id) purpose_code, is_given from consent_entry
       where municipality_id = ${tx.town} order by purpose_code, person_id, at desc, entry_id desc) l
     where is_given group by purpose_code`.execute(tx.asHouse('how many agreed, and nobody of them').q)
  return new Map(rows.map(row => [row.purpose_code, row.given]))
}

export type ManageView = {
  purposes: Purpose[]
  counts: ReadonlyMap<string, number>
  mayWrite: boolean
  /** The purpose something is added to; a new one is opened where there is none. */
  chosen: Purpose | undefined
  typed: (name: string) => string
  faults: readonly Fault[]
}

/** GET: the purposes of the town with their texts, and the forms that add to them. */
export async function showManage(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const seen = await read(call, async tx => ({
    purposes: await purposesOf(tx),
    counts: await givenCounts(tx),
  }))
  const code = call.params.purpose ?? (typedText(call, 'purpose') || call.query.purpose)
  const view: ManageView = {
    ...seen,
    faults,
    mayWrite: may(call.visitor.actor, 'consent.text'),
    chosen: seen.purposes.find(each => each.code === code && !each.endedAt),
    typed: name => typedText(call, name),
  }
  return showPage(
    call,
    <StaffLayout title={consentText(call.locale, 'manage')} faults={faults}>
      <ManagePage {...view} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

function ManagePage(view: ManageView) {
  const t = useTexts(consentTexts)
  return (
    <>
      <Head title={t('manage')} sub={t('manage-lead')} />
      <Zones kind="wide">
        <Stack>
          <Purposes {...view} />
        </Stack>
        {view.mayWrite &&
          (view.chosen ? <MorePurpose {...view} chosen={view.chosen} /> : <NewPurpose {...view} />)}
      </Zones>
    </>
  )
}

function staffIn(call: Call) {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office } as const
}

const long = (call: Call, name: string, most: number) =>
  stripControls(typedText(call, name)).trim().slice(0, most)

/** Days are typed as people write them. */
function dayOf(text: string): CalendarDate | undefined {
  const typed = text.trim()
  if (isCalendarDate(typed)) return typed
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(typed) ?? []
  const iso = `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(iso) ? iso : undefined
}

/** POST: a new purpose with its first text, or another text of one that is there. */
export async function sendPurpose(call: Call): Promise<Response> {
  const text = { ar: long(call, 'ar', 3000), en: long(call, 'en', 3000) }
  const from = dayOf(typedText(call, 'from'))
  const faults: Fault[] = []
  if (text.ar === '') faults.push({ field: 'ar', code: 'required' })
  if (!from) faults.push({ field: 'from', code: 'not-a-date' })
  const code = typedText(call, 'purpose')
  const kind = purposeKinds.find(each => each === typedText(call, 'kind'))
  const name = { ar: long(call, 'name', 100), en: long(call, 'name-en', 100) }
  const institution = long(call, 'institution', 120)
  if (code === '') {
    if (!kind) faults.push({ field: 'kind', code: 'not-an-option' })
    if (name.ar === '') faults.push({ field: 'name', code: 'required' })
    if (kind === 'sharing' && institution === '') faults.push({ field: 'institution', code: 'required' })
  }
  if (!from || faults.length > 0) return showManage(call, faults)
  const asksAgain = typedText(call, 'again') === 'yes'
  const done = await orFaults(code === '' ? 'kind' : 'ar', () =>
    write(call, async tx => {
      if (code !== '') await addText(tx, code, { ...text, from, asksAgain }, staffIn(call))
      else if (kind)
        await openPurpose(
          tx,
          { kind, name, institution, text: { ...text, from, asksAgain: false } },
          staffIn(call),
        )
      return { redirect: url(call, addresses.manageConsents) }
    }),
  )
  if (!done.answer) return showManage(call, done.faults)
  flash(call, { text: consentText(call.locale, code === '' ? 'opened' : 'text-added'), tone: 'olive' })
  return done.answer
}

/** POST: ends a purpose, with why. */
export async function sendEnd(call: Call): Promise<Response> {
  const why = long(call, 'why', 300)
  if (why === '') return showManage(call, [{ field: 'why', code: 'reason-missing' }])
  const answer = await write(call, async tx => {
    await endPurpose(tx, param(call, 'purpose'), why, staffIn(call))
    return { redirect: url(call, addresses.manageConsents) }
  })
  flash(call, { text: consentText(call.locale, 'ended-now') })
  return answer
}
