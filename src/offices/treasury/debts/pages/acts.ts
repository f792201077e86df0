import { addresses } from '../../../../lib/addresses.ts'
import { dateIn } from '../../../../lib/calendar.ts'
import { BadRequest } from '../../../../lib/errors.ts'
import { isId } from '../../../../lib/ids.ts'
import { formatMoney, isCurrency, money } from '../../../../lib/money.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { flash } from '../../../../web/page.tsx'
import { allocateCredit } from '../credits.ts'
import { applyExemption, endExemption } from '../exemptions.ts'
import { debtText } from '../strings.ts'

const by = (call: Call) => actorKey(call.visitor.actor)

/** POST: lays what lies on account on what is owed. */
export async function allocate(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const currency = typedText(call, 'currency')
  if (!isCurrency(currency)) throw new BadRequest('bad-currency')
  const on = dateIn(call.now, call.town.timeZone)
  let laid = 0
  const answer = await write(call, async tx => {
    const { lines } = await allocateCredit(tx, call.house.events, { personId, currency, on, by: by(call) })
    laid = lines.reduce((sum, line) => sum + line.amount.minor, 0)
    return { redirect: url(call, addresses.counterDues, { person: personId }) }
  })
  flash(call, {
    text: debtText(call.locale, 'credit-laid', { amount: formatMoney(money(laid, currency), call.locale) }),
  })
  return answer
}

/** POST: applies a decision to what is there already. */
export async function exempt(call: Call): Promise<Response> {
  const [exemptionId, chargeId] = [typedText(call, 'exemption'), typedText(call, 'charge')]
  if (!isId(exemptionId) || !isId(chargeId)) throw new BadRequest('bad-address')
  const { timeZone } = call.town
  const answer = await write(call, async tx => {
    await applyExemption(tx, call.house.events, { exemptionId, chargeId, timeZone, by: by(call) })
    return { redirect: url(call, addresses.counterDues, { person: idParam(call, 'person') }) }
  })
  flash(call, { text: debtText(call.locale, 'exempt-applied') })
  return answer
}

/** POST: ends a decision. */
export async function end(call: Call): Promise<Response> {
  const answer = await write(call, async tx => {
    await endExemption(tx, idParam(call, 'id'), by(call))
    return { redirect: url(call, addresses.manageExemptions) }
  })
  flash(call, { text: debtText(call.locale, 'exemption-end-done') })
  return answer
}
