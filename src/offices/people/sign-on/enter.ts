import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { openSession, type SignedOn } from '../log-in/sessions.ts'
import { enterStaff } from '../log-in/staff.ts'
import { noteLogIn } from '../log-in/staff-row.ts'
import { spendProof } from '../ways-in/proofs.ts'
import type { SignedOnAs, SignOnState } from './client.ts'
import { findCitizen, findStaff, type Nobody } from './people.ts'
import type { Provider } from './providers.ts'

type Browser = { device?: string | undefined; instead?: Buffer | undefined }
export type SignOnResult = { kind: 'open'; token: string } | { kind: 'refused'; why: Nobody | 'no-post' }

const purpose = 'id-token'

/** The provider's word of who came, as a session keeps it: to be shown when leaving. */
export const openIdToken = ({ crypto }: Pick<House, 'crypto'>, town: string, sealed: Buffer): string =>
  crypto.open(town, purpose, sealed)

/** Uses up the state a browser set out with; false when it came back before. */
export const spendState = (tx: Write, { state, until }: SignOnState): Promise<boolean> =>
  spendProof(tx, `sign-on ${state}`, new Date(until))

/** Opens the session of whoever the provider says came, where they are somebody here. */
export async function enterSignedOn(
  tx: Write,
  house: Pick<House, 'crypto'>,
  provider: Provider,
  kind: 'staff' | 'citizen',
  who: SignedOnAs,
  browser: Browser,
): Promise<SignOnResult> {
  const signOn: SignedOn = {
    providerId: provider.id,
    subject: who.subject,
    sid: who.sid,
    idTokenSealed: house.crypto.seal(tx.town, purpose, who.idToken),
  }
  if (kind === 'staff') {
    const found = await findStaff(tx, provider, who)
    if ('nobody' in found) {
      await noteLogIn(tx, 'people.staff-log-in-refused', undefined, `sign-on ${found.nobody}`)
      return { kind: 'refused', why: found.nobody }
    }
    const entered = await enterStaff(tx, found.id, 'sign-on', browser, signOn)
    return entered.kind === 'open'
      ? { kind: 'open', token: entered.token }
      : { kind: 'refused', why: 'no-post' }
  }
  const found = await findCitizen(tx, house, provider, who)
  const id = 'id' in found ? found.id : undefined
  await record(tx, {
    actor: id ? { kind: 'citizen', id } : { kind: 'anonymous', id: 'anonymous' },
    act: id ? 'people.logged-in' : 'people.log-in-refused',
    subjectKind: 'person',
    subjectId: id ?? 'unknown',
    ...(id && { personId: id }),
    cause: 'nobody' in found ? `sign-on ${found.nobody}` : 'sign-on',
  })
  if ('nobody' in found) return { kind: 'refused', why: found.nobody }
  const token = await openSession(tx, {
    kind: 'citizen',
    subjectId: found.id,
    level: 'verified',
    how: 'sign-on',
    signOn,
    ...browser,
  })
  return { kind: 'open', token }
}
