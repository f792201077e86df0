import { sql } from 'kysely'
import type { CalendarDate } from '../../../../lib/calendar.ts'
import type { Read } from '../../../../platform/database/index.ts'
import { accountsOf } from '../../../treasury/index.ts'
import type { AccountChoice } from './field.tsx'

/**
 * The accounts a person holds, told as people know them: by meter and place where they are subscriptions. The departments stand above
 * this office, so what they keep is only read here.
 */
export async function accountChoices(
  tx: Read,
  personId: string,
  today: CalendarDate,
): Promise<AccountChoice[]> {
  const accounts = (await accountsOf(tx, personId, today)).filter(account => !account.closedAt)
  if (accounts.length === 0) return []
  const { rows } = await sql<{
    account_id: string
    billing: string
    meter_number: string
    address: Partial<Record<'quarter' | 'landmark', string>>
  }>`
    select account_id, billing, meter_number, address from subscription
     where municipality_id = ${tx.town} and closed_at is null
       and account_id = any(${accounts.map(account => account.id)}::uuid[])`.execute(tx.q)
  return accounts.map(account => {
    const subscription = rows.find(row => row.account_id === account.id)
    const { quarter = '', landmark = '' } = subscription?.address ?? {}
    return {
      number: account.number,
      kind: account.kind,
      billing: subscription?.billing,
      label: [subscription?.meter_number ?? '', quarter, landmark].filter(text => text !== '').join(' · '),
    }
  })
}
