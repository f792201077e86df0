import { aStaffMember, type Place } from '../../../../test/builders/people.ts'
import { isRole } from '../../../kernel/access/index.ts'
import { catalogueOf } from '../../catalogue/index.ts'

/** Somebody at every post the steps of a service name, as a town has before it publishes it. */
export async function fillPosts(place: Place, code: string): Promise<void> {
  const service = await place.house.database.read(
    place.town,
    async tx => (await catalogueOf(tx)).find(code)?.service,
  )
  const posts = (service?.definition.steps ?? []).flatMap(step => [
    { role: step.role, office: step.office },
    ...(step.officeWhen ?? []).map(({ office }) => ({ role: step.role, office })),
    ...(step.opinions ?? []).map(({ role, office }) => ({ role, office })),
  ])
  const signers = (service?.definition.outputs ?? []).map(({ signer }) => ({
    role: signer,
    office: 'mayor-office',
  }))
  for (const { role, office } of new Map(
    [...posts, ...signers].map(each => [`${each.role} ${each.office}`, each]),
  ).values())
    if (isRole(role)) await aStaffMember(place, role, office)
}
