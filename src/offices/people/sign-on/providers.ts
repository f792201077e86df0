import { sql } from 'kysely'
import { NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type AuditActor, record } from '../../audit/index.ts'

type Keys = Pick<House, 'crypto'>
const purpose = 'sign-on-secret'

/** Somebody else who may say who a visitor is: an OpenID Connect provider. */
export type Provider = {
  id: string
  name: Localized
  /** As the provider writes it, letter for letter. */
  issuer: string
  clientId: string
  secretSealed: Buffer
  forStaff: boolean
  forCitizens: boolean
  /** What of the staff the claim names. */
  staffBy: 'login' | 'email'
  staffClaim: string
  citizenClaim: string
  /** The kinds of proof (`acr`) by which a citizen is known; without one of them nobody of them comes in here. */
  acr: string[]
  scope: string
  isOn: boolean
}

export type ProviderInput = Omit<Provider, 'id' | 'secretSealed' | 'isOn'>

type Row = {
  provider_id: string
  name_ar: string
  name_en: string
  issuer: string
  client_id: string
  secret_sealed: Buffer
  for_staff: boolean
  for_citizens: boolean
  staff_by: 'login' | 'email'
  staff_claim: string
  citizen_claim: string
  acr: string[]
  scope: string
  is_on: boolean
}

const columns = sql`provider_id, name_ar, name_en, issuer, client_id, secret_sealed, for_staff, for_citizens, staff_by,
  staff_claim, citizen_claim, acr, scope, is_on`

const toProvider = (row: Row): Provider => ({
  id: row.provider_id,
  name: { ar: row.name_ar, en: row.name_en },
  issuer: row.issuer,
  clientId: row.client_id,
  secretSealed: row.secret_sealed,
  forStaff: row.for_staff,
  forCitizens: row.for_citizens,
  staffBy: row.staff_by,
  staffClaim: row.staff_claim,
  citizenClaim: row.citizen_claim,
  acr: row.acr,
  scope: row.scope,
  isOn: row.is_on,
})

/** The town's providers; few, so that they are read whole. */
export async function providersOf(tx: Read): Promise<Provider[]> {
  const { rows } = await sql<Row>`
    select ${columns} from sign_on_provider where municipality_id = ${tx.town} order by provider_id limit 50`.execute(
    tx.q,
  )
  return rows.map(toProvider)
}

/** A provider of the town, or NotFound. */
export async function getProvider(tx: Read, id: string): Promise<Provider> {
  const { rows } = await sql<Row>`
    select ${columns} from sign_on_provider where municipality_id = ${tx.town} and provider_id = ${id}`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-provider')
  return toProvider(rows[0])
}

/** The secret a provider knows us by. */
export const providerSecret = ({ crypto }: Keys, town: string, provider: Provider): string =>
  crypto.open(town, purpose, provider.secretSealed)

/** Adds a provider, or writes it anew; it is off until somebody else has approved it. An empty secret stays as it was. */
export async function saveProvider(
  tx: Write,
  { crypto }: Keys,
  input: ProviderInput,
  { id, secret, by }: { id?: string | undefined; secret: string; by: { kind: 'staff'; id: string } },
): Promise<string> {
  const before = id === undefined ? undefined : await getProvider(tx, id)
  const providerId = before?.id ?? newId(tx.now)
  const sealed = secret === '' && before ? before.secretSealed : crypto.seal(tx.town, purpose, secret)
  const value = {
    name_ar: input.name.ar,
    name_en: input.name.en,
    issuer: input.issuer,
    client_id: input.clientId,
    secret_sealed: sealed,
    for_staff: input.forStaff,
    for_citizens: input.forCitizens,
    staff_by: input.staffBy,
    staff_claim: input.staffClaim,
    citizen_claim: input.citizenClaim,
    acr: input.acr,
    scope: input.scope,
    is_on: false,
    set_at: tx.now,
    set_by: by.id,
  }
  await tx.q
    .insertInto('sign_on_provider')
    .values({ municipality_id: tx.town, provider_id: providerId, ...value })
    .onConflict(there => there.columns(['municipality_id', 'provider_id']).doUpdateSet(value))
    .execute()
  // Its names for people are its own: under another issuer they are somebody else's.
  if (before && before.issuer !== input.issuer)
    await sql`delete from sign_on_link where municipality_id = ${tx.town} and provider_id = ${providerId}`.execute(
      tx.q,
    )
  await note(tx, before ? 'people.provider-changed' : 'people.provider-added', providerId, by, input.issuer)
  return providerId
}

/** Lets people come in by a provider, once two have agreed to it. */
export async function turnOn(tx: Write, id: string, by: AuditActor): Promise<void> {
  await getProvider(tx, id)
  await sql`update sign_on_provider set is_on = true, set_at = ${tx.now}
             where municipality_id = ${tx.town} and provider_id = ${id}`.execute(tx.q)
  await note(tx, 'people.provider-on', id, by)
}

/** Lets nobody in by it any more; one person may. */
export async function turnOff(tx: Write, id: string, by: AuditActor): Promise<void> {
  await getProvider(tx, id)
  await sql`update sign_on_provider set is_on = false, set_at = ${tx.now}
             where municipality_id = ${tx.town} and provider_id = ${id}`.execute(tx.q)
  await note(tx, 'people.provider-off', id, by)
}

function note(tx: Write, act: string, id: string, by: AuditActor, cause?: string): Promise<void> {
  return record(tx, {
    actor: by,
    act,
    subjectKind: 'sign-on-provider',
    subjectId: id,
    ...(cause !== undefined && { cause: cause.slice(0, 200) }),
  })
}
