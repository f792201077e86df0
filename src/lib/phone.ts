import { type PhoneNumber, parsePhoneNumberFromString } from 'libphonenumber-js/max'
import { stripControls, toWesternDigits } from './arabic.ts'
import { type Parsed, parsed, unparsed } from './errors.ts'

export type PhoneKind = 'mobile' | 'fixed' | 'foreign'

/** `e164` is what is stored and compared; `display` is what people read. */
export type Phone = { readonly e164: string; readonly display: string; readonly kind: PhoneKind }

const localIsraeliMobile = /^05[0-58]\d{7}$/
const sharedMobile = /^\+972(5[69]\d{7})$/

/** Both prefixes reach a Palestinian mobile: +97259… is the same telephone as +97059…. */
function read(typed: string): PhoneNumber | undefined {
  if (localIsraeliMobile.test(typed)) return parsePhoneNumberFromString(typed, 'IL')
  const number = parsePhoneNumberFromString(typed, 'PS')
  const shared = number && sharedMobile.exec(number.number)
  return shared ? parsePhoneNumberFromString(`+970${shared[1]}`) : number
}

/** Reads a telephone as people write it: 0599 000 123, 00970599000123, ٠٥٩٩…, +97259…. */
export function parsePhone(text: string): Parsed<Phone> {
  const typed = toWesternDigits(stripControls(text)).replace(/[\s().\-–/]/g, '')
  if (typed === '') return unparsed('phone-missing')
  if (!/^\+?\d{6,18}$/.test(typed)) return unparsed('phone-malformed')
  const number = read(/^97[02]\d{8,9}$/.test(typed) ? `+${typed}` : typed)
  if (!number?.isValid()) return unparsed('phone-malformed')
  if (number.country !== 'PS') {
    return parsed({ e164: number.number, display: number.formatInternational(), kind: 'foreign' })
  }
  const kind = number.getType() === 'MOBILE' ? 'mobile' : 'fixed'
  return parsed({ e164: number.number, display: number.formatNational(), kind })
}

const shown = new Map<string, string>()
const mostShown = 1_000

/** How a stored telephone is shown. The last ones are remembered: the town's own stands on every page. */
export function formatPhone(e164: string): string {
  const known = shown.get(e164)
  if (known !== undefined) return known
  const phone = parsePhone(e164)
  const display = phone.ok ? phone.value.display : e164
  if (shown.size >= mostShown) shown.clear()
  shown.set(e164, display)
  return display
}

/** Enough to know one's own telephone, too little to call it: '05** *** 123'. */
export function maskPhone(e164: string): string {
  const display = formatPhone(e164)
  const digits = display.replace(/\D/g, '').length
  let seen = 0
  return display.replace(/\d/g, digit => {
    seen += 1
    return seen <= 2 || seen > digits - 3 ? digit : '*'
  })
}
