import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { Conflict, type Fault } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../web/route.ts'
import {
  findPersonByIdNumber,
  probableDoubles,
  readRegistration,
  registerPerson,
} from '../../people/index.ts'
import { byOf } from '../clerk.ts'
import { counterText } from '../strings.ts'
import { hang } from '../visit/hang.ts'
import { RegisterPage, type RegisterView } from './register-page.tsx'

export const registerRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.counterRegister,
    access: staff('person.register'),
    audit: nothing('shows an empty form'),
    handle: call => show(call, { typed: begin(call), faults: [], warnings: [] }, 200),
  }),
  route({
    method: 'post',
    address: addresses.counterRegister,
    access: staff('person.register'),
    audit: acts('people.registered'),
    handle: register,
  }),
]

const show = (call: Call, view: Omit<RegisterView, 'levels'>, status: number) =>
  showPage(call, <RegisterPage view={{ ...view, levels: call.town.profile.levels }} />, status)

/** What the search was for stands in the form already: a number, or the parts of a name. */
function begin(call: Call): Record<string, string> {
  const text = (call.query.q ?? '').trim().slice(0, 120)
  const kind = call.query.kind === 'organisation' ? 'organisation' : 'natural'
  if (/\d/.test(text) || text === '') return { kind, ...(text && { idNumber: text }) }
  if (kind === 'organisation') return { kind, firstName: text }
  const [firstName = '', fatherName = '', grandfatherName = '', ...rest] = text.split(/\s+/)
  const parts = rest.length > 0 ? { fatherName, grandfatherName, familyName: rest.join(' ') } : { fatherName }
  return { kind, firstName, ...parts }
}

/** What was typed, one text a box. */
export const typedOf = (call: Call): Record<string, string> =>
  Object.fromEntries(Object.keys(call.typed).map(name => [name, typedText(call, name)]))

/** Enters a person. Somebody already here by the same number is named, and not entered twice. */
async function register(call: Call): Promise<Response> {
  const typed = typedOf(call)
  const reading = readRegistration(call.typed, dateIn(call.now, call.town.timeZone), { inPerson: true })
  const faults: Fault[] = reading.ok ? [] : reading.faults.map(fault => labelled(call, named(fault)))
  const unsure = reading.warnings.length > 0 && typedText(call, 'idConfirmed') !== 'yes'
  if (faults.length === 0 && unsure) faults.push({ field: 'idConfirmed', code: 'check-confirm' })
  if (faults.length > 0 || !reading.ok) {
    const exists = await existing(call)
    return show(call, { typed, faults, warnings: reading.warnings, exists }, 422)
  }
  const { value } = reading
  const another = typedText(call, 'another') === 'yes'
  try {
    const answer = await write(call, async tx => {
      if (!another && (await probableDoubles(tx, call.house.crypto, value)).length > 0)
        throw new Conflict('probable-doubles')
      const person = await registerPerson(tx, call.house.crypto, value, byOf(call))
      await hang(tx, call, 'person.registered', { personId: person })
      return { redirect: url(call, addresses.counterPerson, { person }) }
    })
    flash(call, { text: counterText(call.locale, 'registered') })
    return answer
  } catch (error) {
    if (error instanceof Conflict && error.code === 'probable-doubles') {
      const doubles = await read(call, tx => probableDoubles(tx, call.house.crypto, value))
      const exists = await existing(call)
      return show(call, { typed, faults: [], warnings: reading.warnings, exists, doubles }, 422)
    }
    const id =
      error instanceof Conflict && error.code === 'person-exists' ? error.details.personId : undefined
    if (typeof id !== 'string' || !isId(id)) throw error
    return show(call, { typed, faults: [], warnings: [], exists: { id } }, 409)
  }
}

/** Several boxes of one form are left blank together: each says which it is. */
export const named = (fault: Fault): Fault =>
  fault.code === 'required' ? { ...fault, code: `${fault.field}-missing` } : fault

/** What may be wrong with several boxes alike, and does not say of itself with which. */
const unnamed = ['not-a-name', 'too-long']
const boxes = ['firstName', 'fatherName', 'grandfatherName', 'familyName', 'motherName'] as const

/** A fault with what its box is called. */
function labelled(call: Call, fault: Fault): Fault & { label?: string } {
  const box = boxes.find(each => each === fault.field)
  return box && unnamed.includes(fault.code) ? { ...fault, label: counterText(call.locale, box) } : fault
}

/** Whoever has this number already: told along with the faults, so that nobody is written out twice. */
async function existing(call: Call): Promise<RegisterView['exists']> {
  const number = typedText(call, 'idNumber').trim()
  if (typedText(call, 'idKind') === 'none' || number === '') return undefined
  const person = await read(call, tx => findPersonByIdNumber(tx, call.house.crypto, number))
  return person && { id: person.id }
}
