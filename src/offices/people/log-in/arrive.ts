import type { CitizenLevel } from '../../../kernel/access/index.ts'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { record } from '../../audit/index.ts'
import { type KnownBy, rememberDevice } from './devices.ts'
import './events.ts'
import { openSession } from './sessions.ts'

/** The browser somebody is at: what it calls itself, the token it is known by, and the session it came with. */
export type Browser = {
  device?: string | undefined
  token?: string | undefined
  instead?: Buffer | undefined
}

/** How a browser is known, and whether the person says that it is theirs. */
export type Proof = { knownBy: KnownBy; trusted?: boolean | undefined }

/** `deviceToken` is what the browser is known by from now on. */
export type Entered = { token: string; deviceToken: string; personId: string }
export type Arrived = ({ kind: 'open' } & Entered) | ({ kind: 'first'; personId: string } & Proof)

type Login = { person_id: string; must_change: boolean; level: CitizenLevel }

/** Whoever proved who they are goes in, or on to choose their first PIN. */
export async function arrive(
  tx: Write,
  house: Pick<House, 'events'>,
  login: Login,
  from: Browser & Proof,
): Promise<Arrived> {
  const { knownBy, trusted } = from
  if (login.must_change) return { kind: 'first', personId: login.person_id, knownBy, trusted }
  return { kind: 'open', ...(await enter(tx, house, login, from)) }
}

/**
 * Opens a citizen's session at a browser, which is known for them from now on, and writes it down. A browser that was strange is told to
 * the person; one that nothing but the PIN speaks for is asked about at their next visit too. `quiet`: they know, it is their first.
 */
export async function enter(
  tx: Write,
  house: Pick<House, 'events'>,
  { person_id: personId, level }: Omit<Login, 'must_change'>,
  {
    device = '',
    token: shown,
    instead,
    knownBy,
    trusted = false,
    quiet = false,
  }: Browser & Proof & { quiet?: boolean },
): Promise<Entered> {
  const known = await rememberDevice(tx, { personId, token: shown, agent: device, knownBy, trusted })
  const token = await openSession(tx, {
    kind: 'citizen',
    subjectId: personId,
    level,
    device,
    deviceId: known.deviceId,
    instead,
  })
  await record(tx, {
    actor: { kind: 'citizen', id: personId },
    act: 'people.logged-in',
    subjectKind: 'person',
    subjectId: personId,
    personId,
  })
  if (known.isNew && !quiet)
    await house.events.publish(tx, 'people.log-in-told', {
      personId,
      news: knownBy === 'code' ? 'device-new' : 'device-unproven',
    })
  return { token, deviceToken: known.token, personId }
}
