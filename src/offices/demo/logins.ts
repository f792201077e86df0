import { writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { dateIn } from '../../lib/calendar.ts'
import { formatPhone } from '../../lib/phone.ts'
import { displayName, setPin } from '../people/index.ts'
import { subscriptionsOf } from '../utilities/index.ts'
import type { Person, Stage } from './stage.ts'

/** Writes the log-ins of the demo town where its user alone can read them (mode 0600); gives the file's path. */
export async function writeLogins(stage: Stage, apiKey: string): Promise<string> {
  const { house, town } = stage
  const citizens = await withPins(stage)
  const seen = new Set<string>()
  const staff = stage.staff
    .filter(each => each.role !== 'clerk' || seen.size < 40)
    .map(each => ({
      role: each.role,
      office: each.office,
      login: each.login,
      password: each.password,
      totpSecret: each.totpSecret,
      name: each.name.ar,
      phone: '',
      nationalId: '',
    }))
  const { publicUrl, host, port } = house.config
  const logins = {
    municipality: town.slug,
    baseUrl: publicUrl ?? `http://${host}:${port}`,
    apiKey,
    people: [...citizens, ...staff],
  }
  const file = join(house.config.dataDir, 'demo-logins.json')
  await writeFile(file, `${JSON.stringify(logins, null, 2)}\n`, { mode: 0o600 })
  return file
}

/** A few citizens who can log in: one with a prepaid card, one without any connection, and some neighbours. */
async function withPins(stage: Stage) {
  const { house, town } = stage
  return house.database.write(town.id, async tx => {
    const today = dateIn(tx.now, town.timeZone)
    const logins = []
    for (const person of await likely(stage)) {
      const pin = await setPin(tx, person.id, { kind: 'system', id: 'demo' }, { mustChange: false })
      const held = await subscriptionsOf(tx, person.id, today)
      logins.push({
        role: 'citizen',
        office: held.some(each => each.billing === 'prepaid') ? 'prepaid' : held.length > 0 ? 'billed' : '',
        login: person.idNumber ?? '',
        password: pin,
        totpSecret: '',
        name: displayName(person.name),
        phone: person.phone ? formatPhone(person.phone) : '',
        nationalId: person.idNumber ?? '',
      })
    }
    return logins
  })
}

/** Adults with a number and a telephone, spread over the town. */
async function likely({ people }: Stage): Promise<Person[]> {
  const able = people.filter(
    person => person.adult && person.idNumber !== undefined && person.phone !== undefined,
  )
  const step = Math.max(1, Math.floor(able.length / 8))
  return able.filter((_, place) => place % step === 0).slice(0, 8)
}
