import { hashToken } from '../../../platform/crypto/index.ts'
import type { Call } from '../../../web/call.ts'

const purpose = 'tracking-token'

/** The tracking token as the page after filing carries it: of use to this town's server alone, also where answers to forms are kept. */
export const sealTracking = ({ house, town }: Pick<Call, 'house' | 'town'>, token: string): string =>
  house.crypto.seal(town.id, purpose, token).toString('base64url')

/** The token of the page after filing, if it is the one of this request. */
export function openTracking(
  { house, town }: Pick<Call, 'house' | 'town'>,
  sealed: string | undefined,
  trackingHash: Buffer,
): string | undefined {
  if (!sealed || sealed.length > 300) return undefined
  try {
    const token = house.crypto.open(town.id, purpose, Buffer.from(sealed, 'base64url'))
    return hashToken(token).equals(trackingHash) ? token : undefined
  } catch {
    return undefined
  }
}
