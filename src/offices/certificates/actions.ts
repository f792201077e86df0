import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { IssuedCertificate, IssueInput } from './model.ts'

/** Takes the outgoing number, sets the paper, stores it and files it, all in the caller's transaction. */
export async function issueCertificate(_tx: Write, _house: House, _input: IssueInput): Promise<IssuedCertificate> {
  throw new Error('not built yet')
}
