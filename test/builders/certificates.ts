import { sql } from 'kysely'
import { newId } from '../../src/lib/ids.ts'
import { type IssueInput, issueCertificate } from '../../src/offices/certificates/index.ts'
import type { House } from '../../src/platform/house.ts'
import type { BuiltStaff } from './people.ts'

type Bench = { house: House; town: string }

/** A request that stands in its table only: enough for what hangs on it. */
export async function aBareRequest({ house, town }: Bench, applicantId: string): Promise<string> {
  return house.database.write(town, async tx => {
    const id = newId(tx.now)
    await sql`insert into service_version (municipality_id, service_code, version, hash, source, published_at)
      values (${town}, 'ADM-01', 1, 'x', 'x', ${tx.now}) on conflict do nothing`.execute(tx.q)
    await sql`insert into request (municipality_id, request_id, year, number, service_code, service_version, channel, capacity,
        applicant_id, filed_by_kind, filed_by, state, answers, frozen, filed_at, last_seq, tracking_hash)
      select ${town}, ${id}, 2026, coalesce(max(number), 0) + 1, 'ADM-01', 1, 'web', 'principal', ${applicantId}, 'citizen',
        ${applicantId}, 'in-process', '{}', '{}', ${tx.now}, 1, decode(replace(${id}, '-', ''), 'hex') from request`.execute(
      tx.q,
    )
    return id
  })
}

type Of = { personId: string; requestId: string; signer: BuiltStaff }

/** What a residence certificate is issued from. */
export function aCertificateInput(of: Of, more: Partial<IssueInput> = {}): IssueInput {
  return {
    outputId: 'certificate',
    kind: 'certificate',
    template: 'residence-certificate',
    title: 'شهادة سكن',
    requestId: of.requestId,
    personId: of.personId,
    data: {
      requestNumber: '4178/2026',
      answers: {
        residence: { quarter: 'البلدة القديمة', block: '12', parcel: '118/2', landmark: '' },
        livingSince: '2019-03-01',
        purpose: 'school',
      },
      read: [{ page: 'purpose', items: [{ label: 'الغرض', value: 'مدرسة أو جامعة' }] }],
    },
    signer: {
      staffId: of.signer.id,
      name: of.signer.name.ar,
      title: 'رئيس البلدية',
      office: of.signer.office,
    },
    validDays: 90,
    ...more,
  }
}

/** A residence certificate, signed. */
export function aCertificate(bench: Bench, of: Of, more: Partial<IssueInput> = {}) {
  const input = aCertificateInput(of, more)
  return bench.house.database.write(bench.town, tx => issueCertificate(tx, bench.house, input))
}
