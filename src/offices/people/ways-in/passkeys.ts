import type {
  AuthenticationResponseJSON,
  PublicKeyCredentialCreationOptionsJSON,
  PublicKeyCredentialRequestOptionsJSON,
  RegistrationResponseJSON,
} from '@simplewebauthn/server'
import { z } from 'zod'
import type { Write } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { addPasskey, findPasskey, noteUse, type Passkey } from './passkey-store.ts'
import { challengeEnd, newChallenge, spendProof } from './proofs.ts'

type Crypto = House['crypto']

/** Where a passkey belongs: the origin browsers name, and the host keys are made for. */
export type Site = { origin: string; host: string }

/** What a page asks an authenticator, and what it sent back, as JSON. */
export type PasskeyAnswer = { response: string; site: Site }

/** Ed25519, P-256, RSA. */
const algorithms = [-8, -7, -257]
const timeout = 5 * 60_000

const bytes = z
  .string()
  .max(8_000)
  .regex(/^[\w-]*$/)
const common = {
  id: bytes,
  rawId: bytes,
  type: z.literal('public-key'),
  clientExtensionResults: z.looseObject({}),
}
const attachment = z.enum(['platform', 'cross-platform']).nullish()
const registration = z.looseObject({
  ...common,
  authenticatorAttachment: attachment,
  response: z.looseObject({
    clientDataJSON: bytes,
    attestationObject: bytes,
    transports: z
      .array(z.string().regex(/^[a-z-]{1,20}$/))
      .max(8)
      .nullish(),
  }),
})
const assertion = z.looseObject({
  ...common,
  authenticatorAttachment: attachment,
  response: z.looseObject({
    clientDataJSON: bytes,
    authenticatorData: bytes,
    signature: bytes,
    userHandle: bytes.nullish(),
  }),
})

/** Options of `navigator.credentials.create` for a new key of somebody; it asks them for finger, face or PIN each time. */
export async function creationOptions(
  crypto: Crypto,
  town: { id: string; name: string },
  who: { staffId: string; login: string; name: string },
  has: readonly Passkey[],
  site: Site,
  now: Date,
): Promise<PublicKeyCredentialCreationOptionsJSON> {
  const { generateRegistrationOptions } = await import('@simplewebauthn/server')
  return generateRegistrationOptions({
    rpName: town.name,
    rpID: site.host,
    userName: who.login,
    userDisplayName: who.name,
    userID: new Uint8Array(handleOf(town.id, who.staffId)),
    challenge: fromText(newChallenge(crypto, town.id, `passkey-add ${who.staffId}`, now)),
    timeout,
    attestationType: 'none',
    excludeCredentials: has.map(({ id, transports }) => ({ id, transports })),
    authenticatorSelection: { residentKey: 'required', userVerification: 'required' },
    supportedAlgorithmIDs: algorithms,
  })
}

/** Options of `navigator.credentials.get`: whoever has a key of this town's may answer, and says by it who they are. */
export async function requestOptions(
  crypto: Crypto,
  town: string,
  site: Site,
  now: Date,
): Promise<PublicKeyCredentialRequestOptionsJSON> {
  const { generateAuthenticationOptions } = await import('@simplewebauthn/server')
  return generateAuthenticationOptions({
    rpID: site.host,
    challenge: fromText(newChallenge(crypto, town, 'passkey-use', now)),
    timeout,
    userVerification: 'required',
  })
}

/** What a key carries of its owner: town and person, and no name. Authenticators keep 64 bytes at most. */
const handleOf = (town: string, staffId: string): Buffer =>
  Buffer.from(`${town}${staffId}`.replaceAll('-', ''), 'hex')

const fromText = (challenge: string) => new Uint8Array(Buffer.from(challenge, 'base64url'))

/** Keeps a new key of somebody, once; false when what came back is not what was asked for. */
export async function takePasskey(
  tx: Write,
  crypto: Crypto,
  staffId: string,
  answer: PasskeyAnswer,
  name: string,
): Promise<boolean> {
  const read = parse(registration, answer.response)
  if (!read) return false
  const { verifyRegistrationResponse } = await import('@simplewebauthn/server')
  let end: Date | undefined
  let asked = ''
  const verified = await verifyRegistrationResponse({
    response: read as RegistrationResponseJSON,
    expectedChallenge: challenge => {
      asked = challenge
      end = challengeEnd(crypto, tx.town, `passkey-add ${staffId}`, challenge, tx.now)
      return end !== undefined
    },
    ...expected(answer.site),
    supportedAlgorithmIDs: algorithms,
  }).catch(() => undefined)
  if (!verified?.verified || !end || !(await spendProof(tx, asked, end))) return false
  const { credential, credentialDeviceType, credentialBackedUp } = verified.registrationInfo
  return addPasskey(tx, {
    id: credential.id,
    staffId,
    name,
    publicKey: Buffer.from(credential.publicKey),
    counter: credential.counter,
    transports: read.response.transports ?? [],
    synced: credentialDeviceType === 'multiDevice',
    backedUp: credentialBackedUp,
  })
}

/** The person whose key signed a challenge of ours, once; undefined for anything else. */
export async function ownerByPasskey(
  tx: Write,
  crypto: Crypto,
  answer: PasskeyAnswer,
): Promise<string | undefined> {
  const read = parse(assertion, answer.response)
  const key = read && (await findPasskey(tx, read.id))
  if (!read || !key) return undefined
  // Nobody's key answers for another: what the authenticator says of its owner is what we gave it.
  const owner = read.response.userHandle
  if (owner && !Buffer.from(owner, 'base64url').equals(handleOf(tx.town, key.staffId))) return undefined
  const { verifyAuthenticationResponse } = await import('@simplewebauthn/server')
  let end: Date | undefined
  let asked = ''
  const verified = await verifyAuthenticationResponse({
    response: read as AuthenticationResponseJSON,
    expectedChallenge: challenge => {
      asked = challenge
      end = challengeEnd(crypto, tx.town, 'passkey-use', challenge, tx.now)
      return end !== undefined
    },
    ...expected(answer.site),
    credential: { id: key.id, publicKey: new Uint8Array(key.publicKey), counter: key.counter },
  }).catch(() => undefined)
  if (!verified?.verified || !end || !(await spendProof(tx, asked, end))) return undefined
  const { newCounter, credentialBackedUp } = verified.authenticationInfo
  return (await noteUse(tx, key.id, newCounter, credentialBackedUp)) ? key.staffId : undefined
}

const expected = ({ origin, host }: Site) => ({
  expectedOrigin: origin,
  expectedRPID: host,
  requireUserVerification: true,
})

function parse<T>(shape: z.ZodType<T>, text: string): T | undefined {
  if (text.length > 20_000) return undefined
  try {
    return shape.parse(JSON.parse(text))
  } catch {
    return undefined
  }
}
