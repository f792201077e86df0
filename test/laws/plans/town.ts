import type { Actor, Appointment } from '../../../src/kernel/access/index.ts'
import type { Database, Write } from '../../../src/platform/database/transaction.ts'
import type { House } from '../../../src/platform/house.ts'
import type { Bench } from '../../builders/requests.ts'
import type { FilledImport } from '../../bulk/imports.ts'

/** Asks the database for one list of an office, as the office does. */
export type List = (tx: Write, database: Database) => Promise<unknown>
export type Lists = Record<string, List>

type Staff = Actor & { kind: 'staff' }
type Partner = Actor & { kind: 'partner' }

/** What a town is filled with, and what the lists of every office are asked about. */
export type Filled = {
  house: House
  bench: Bench
  person: string
  request: string
  officerId: string
  imported: FilledImport
  now: Date
}

/** A town with many rows of each kind, and those who read them. */
export type BigTown = Omit<Filled, 'officerId'> & {
  officer: Staff
  partner: Partner
  manager: Staff
  supervisor: Staff
  staff: (...appointments: Appointment[]) => Staff
  desk: Pick<Staff, 'staffId' | 'appointments'>
  clerkDesk: Pick<Staff, 'staffId' | 'appointments'>
  readers: Record<string, Actor>
}

export const zone = 'Asia/Hebron'
export const today = '2026-11-01'
export const aDay = { from: new Date('2026-11-01T00:00:00Z'), to: new Date('2026-11-02T00:00:00Z') }

export const partner: Partner = {
  kind: 'partner',
  keyId: '0198a000-0000-7000-8000-00000000aaaa',
  scopes: ['requests:read'],
}

/** Whoever reads in a filled town. */
export function bigTown({ officerId, ...filled }: Filled): BigTown {
  const staff = (...appointments: Appointment[]): Staff => ({
    kind: 'staff',
    staffId: officerId,
    appointments,
  })
  const officer = staff({ role: 'officer', office: 'finance' })
  const clerk = staff({ role: 'clerk', office: 'service-centre' })
  const manager = staff({ role: 'manager', office: 'service-centre' })
  return {
    ...filled,
    staff,
    officer,
    manager,
    partner,
    supervisor: staff({ role: 'supervisor', office: 'service-centre' }),
    desk: { staffId: officerId, appointments: officer.appointments },
    clerkDesk: { staffId: officerId, appointments: clerk.appointments },
    readers: {
      'the officer of an office': officer,
      'the legal adviser, who is asked seldom': staff({ role: 'legal-adviser', office: 'legal' }),
      'an office that never had a request': staff({ role: 'officer', office: 'archive' }),
      'the clerk at the counter': clerk,
      'the manager, who reads all': manager,
      "a partner's program": partner,
    },
  }
}
