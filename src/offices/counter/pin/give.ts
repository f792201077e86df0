import { addresses } from '../../../lib/addresses.ts'
import { BadRequest, Conflict, InvalidInput } from '../../../lib/errors.ts'
import { type Call, idParam, typedText, url, write } from '../../../web/call.ts'
import { flash } from '../../../web/page.tsx'
import { handOverPin, readIdentityCheck, verifyClaim } from '../../people/index.ts'
import { byOf } from '../clerk.ts'
import { hang } from '../visit/hang.ts'
import { pinViewOf, showPinForm } from './form.tsx'
import { showSlip } from './slip.tsx'
import { pinText } from './strings.ts'

/**
 * Gives a PIN to whoever showed who they are, and shows its slip once. The same form sent again gives no other PIN and does not show this
 * one: it leads back to the person and says that it was given.
 */
export async function givePin(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await pinViewOf(call, personId)
  const { standing } = view
  const claimed = standing?.level === 'claimed'
  if (view.idNumber === undefined && !claimed) throw new BadRequest('pin-without-id')
  // The form says for what it was filled in: sent again once the PIN is there it is still the same one, and gets its first answer.
  const again =
    typedText(call, 'purpose') === '' ? standing !== undefined : typedText(call, 'purpose') === 'recovery'
  const reading = readIdentityCheck(name => typedText(call, name), again && !claimed)
  const faults = reading.ok ? [] : reading.faults
  if (claimed && typedText(call, 'cardNumber').trim() === '')
    faults.push({ field: 'cardNumber', code: 'required' })
  if (claimed && typedText(call, 'phoneTheirs') !== 'yes')
    faults.push({ field: 'phoneTheirs', code: 'phone-not-asked' })
  if (!reading.ok || faults.length > 0) return showPinForm(call, faults)
  let pin: string | undefined
  let whose = personId
  try {
    const answer = await write(call, async tx => {
      const check = reading.value
      if (claimed) {
        const reason = pinText('ar', 'merge-reason')
        const cardNumber = typedText(call, 'cardNumber')
        const done = await verifyClaim(tx, call.house, { personId, cardNumber, check, reason }, byOf(call))
        whose = done.personId
        pin = done.pin
      } else pin = await handOverPin(tx, call.house, { personId, check }, byOf(call))
      await hang(tx, call, 'pin.given', { personId: whose })
      return { redirect: `${url(call, addresses.counterPerson, { person: whose })}#pin` }
    })
    if (pin !== undefined) return showSlip(call, whose, pin)
    flash(call, {
      text: pinText(call.locale, claimed ? 'claim-verified' : 'already'),
      tone: claimed ? 'olive' : 'info',
    })
    return answer
  } catch (error) {
    if (error instanceof Conflict && error.code === 'claim-differs')
      return showPinForm(call, [{ field: 'cardNumber', code: 'claim-differs' }])
    if (error instanceof InvalidInput) return showPinForm(call, [...error.faults])
    throw error
  }
}
