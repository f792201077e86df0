import { aDoor, type Knock } from '../../../../test/builders/door.ts'
import { aHouse } from '../../../../test/builders/house.ts'
import {
  aPerson,
  aStaffMember,
  aTown,
  type BuiltPerson,
  builder,
  logInAs,
} from '../../../../test/builders/people.ts'
import { testDatabase } from '../../../../test/database.ts'
import type { Role } from '../../../kernel/access/index.ts'
import { setPin } from '../../people/index.ts'
import { copiesOf } from '../copy/store.ts'
import { correctionsOf } from '../correction/store.ts'
import { rightsRoutes } from '../index.ts'

export const db = await testDatabase()
export const house = aHouse(db)
export const town = await aTown(house, { slug: 'town', hosts: ['town.test'] })
export const place = { house, town: town.id }
export const { knock } = aDoor(house, rightsRoutes)

export type Citizen = BuiltPerson & { cookie: string; pin: string }

export async function aCitizen(): Promise<Citizen> {
  const person = await aPerson(place)
  const pin = await db.database.write(town.id, tx => setPin(tx, person.id, builder, { mustChange: false }))
  return { ...person, pin, cookie: await logInAs(place, { personId: person.id }) }
}
export const aClerk = async (role: Role = 'clerk') => {
  const member = await aStaffMember(place, role)
  return { ...member, cookie: await logInAs(place, { staffId: member.id }) }
}
export const post = (path: string, cookie: string, form: Knock['form']) =>
  knock(path, { cookie, ...(form && { form }) })
export const copyOf = async (personId: string) =>
  (await db.database.read(town.id, tx => copiesOf(tx, personId, 1)))[0]
export const correctionOf = async (personId: string) => {
  const [found] = await db.database.read(town.id, tx => correctionsOf(tx, personId, 1))
  if (!found) throw new Error('no correction')
  return found
}
