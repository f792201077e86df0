import { evenInstalments, type Instalment, monthsLater } from '../../../../kernel/dues/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { shortDate } from '../../../../lib/dates.ts'
import { type Fault, InvalidInput } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import { formatFigures, formatMoney, type Money, parseAmount, sumByCurrency } from '../../../../lib/money.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, read, typedList, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { lookInto } from '../../../looks/index.ts'
import { getPerson } from '../../../people/index.ts'
import { duesOf } from '../../dues.ts'
import type { Due } from '../../model.ts'
import { planOfCharges } from '../plan-store.ts'
import { proposePlan } from '../plans.ts'
import { debtText } from '../strings.ts'
import { ProposePage } from './propose-page.tsx'
import { typedDay } from './typed.ts'

export type Row = { due: string; amount: string }

export type ProposeView = {
  person: { id: string; name: string }
  dues: Due[]
  chosen: string[]
  count: string
  first: string
  owed: Money | undefined
  rows: Row[]
  note: string
  faults: Fault[]
}

const listOf = (text: string | undefined): string[] => (text ?? '').split(',').filter(isId)

/** GET: first what the plan covers and in how many parts; with these in the address, the instalments laid out to be changed. */
export async function showPropose(call: Call, faults: Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const today = dateIn(call.now, call.town.timeZone)
  const asked = new URL(call.request.url).searchParams
  const posted = call.request.method === 'POST'
  const view = await read(call, async (tx): Promise<ProposeView> => {
    const seen = { personId, subjectKind: 'person', subjectId: personId }
    await lookInto(call, tx, { ...seen, cause: debtText('ar', 'look-dues') })
    const all = (await duesOf(tx, personId, today)).filter(due => due.debtorId === personId)
    const planned = await planOfCharges(
      tx,
      all.map(due => due.chargeId),
    )
    const dues = all.filter(due => !planned.has(due.chargeId))
    const chosen = posted ? listOf(typedText(call, 'charges')) : asked.getAll('charges').filter(isId)
    const sums = sumByCurrency(dues.filter(due => chosen.includes(due.chargeId)).map(due => due.open))
    const found = [...faults]
    if (sums.length > 1) found.push({ field: 'charges', code: 'plan-mixes-currencies' })
    const [owed] = sums.length === 1 ? sums : []
    const style = { locale: call.locale, timeZone: call.town.timeZone }
    const first = posted ? '' : (asked.get('first') ?? '')
    const count = posted ? String(typedList(call, 'amount').length) : (asked.get('count') ?? '3')
    const start = typedDay(first, 'first', found) ?? monthsLater(today, 1)
    const parts = Math.min(60, Math.max(2, Number(count) || 3))
    const laid = owed ? evenInstalments(owed, parts, start) : []
    return {
      person: { id: personId, name: (await getPerson(tx, personId)).displayName },
      dues,
      chosen,
      count,
      owed,
      faults: found,
      note: typedText(call, 'note'),
      first: first || shortDate(start, style),
      rows: posted
        ? typedList(call, 'due').map((due, at) => ({ due, amount: typedList(call, 'amount')[at] ?? '' }))
        : laid.map(each => ({ due: shortDate(each.dueOn, style), amount: formatFigures(each.amount) })),
    }
  })
  return showPage(call, <ProposePage view={view} />, view.faults.length > 0 ? 422 : 200)
}

/** POST: proposes the plan. */
export async function propose(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const today = dateIn(call.now, call.town.timeZone)
  const chargeIds = listOf(typedText(call, 'charges'))
  const { answer, faults } = await orFaults('instalments', () =>
    write(call, async tx => {
      const dues = await duesOf(tx, personId, today)
      const currency = dues.find(due => chargeIds.includes(due.chargeId))?.open.currency ?? 'ILS'
      const wrong: Fault[] = []
      const instalments = typedList(call, 'due').map((text, at): Instalment => {
        const amount = parseAmount(typedList(call, 'amount')[at] ?? '', currency)
        if (!amount.ok) wrong.push({ field: `amount-${at + 1}`, code: amount.code })
        const dueOn = typedDay(text, `due-${at + 1}`, wrong)
        if (text.trim() === '') wrong.push({ field: `due-${at + 1}`, code: 'not-a-date' })
        return { dueOn: dueOn ?? today, amount: amount.ok ? amount.value : { minor: 0, currency } }
      })
      if (wrong.length > 0) throw new InvalidInput(wrong)
      const planId = await proposePlan(tx, {
        personId,
        chargeIds,
        instalments,
        today,
        by: actorKey(call.visitor.actor),
        note: typedText(call, 'note').slice(0, 400),
      })
      return { redirect: url(call, addresses.plan, { plan: planId }) }
    }),
  )
  if (!answer) return showPropose(call, faults)
  flash(call, { text: debtText(call.locale, 'plan-saved') })
  return answer
}

/** What is to be paid in parts, in words. */
export const owedWords = (owed: Money, locale: 'ar' | 'en'): string =>
  debtText(locale, 'plan-owed', { amount: formatMoney(owed, locale) })
