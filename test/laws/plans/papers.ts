import { documentsByIds, documentsOf } from '../../../src/offices/archive/store.ts'
import { papersToSign } from '../../../src/offices/centre/signing/store.ts'
import * as byHand from '../../../src/offices/certificates/signing/by-hand.ts'
import { outgoingOf } from '../../../src/offices/certificates/signing/register.ts'
import * as certificates from '../../../src/offices/certificates/store.ts'
import type { Write } from '../../../src/platform/database/transaction.ts'
import { type BigTown, type List, type Lists, today } from './town.ts'

/** Lists of documents, certificates and what is signed. */
export const papersLists = ({ person, request, readers }: BigTown): Lists => ({
  'documents of a person': tx => documentsOf(tx, person, ['identity-card'], today),
  'documents by their ids': tx => documentsByIds(tx, [person]),
  'certificates of a request': tx => certificates.certificatesOfRequest(tx, request),
  'certificates of a person': tx => certificates.certificatesOfPerson(tx, person),
  'a certificate by its code': tx => certificates.findByCode(tx, 'ABCD'),
  'a certificate by its file': tx => certificates.findByFile(tx, Buffer.alloc(32)),
  ...Object.fromEntries(
    Object.entries(readers)
      .filter(([who]) => !who.includes('program'))
      .map(([who, actor]): [string, List] => [
        `papers to sign, of ${who}`,
        (tx: Write) => papersToSign(tx, actor),
      ]),
  ),
  'papers at hand': tx => byHand.papersAtHand(tx),
  'papers by hand of a request': tx => byHand.handSigningsOf(tx, request),
  'the register of what went out': tx => outgoingOf(tx, 2026, undefined),
})
