import { addDays, dateIn } from '../../src/lib/calendar.ts'
import { appointDeputy, giveAuthority } from '../../src/offices/certificates/index.ts'
import { receive } from '../../src/offices/messaging/index.ts'
import { delegate } from '../../src/offices/people/index.ts'
import { addPhrase } from '../../src/offices/requests/index.ts'
import { aProvider } from '../builders/messages.ts'
import { builder } from '../builders/people.ts'
import { importsOf } from '../journeys/life-imports.ts'
import type { PeopledTown } from '../journeys/peopled.ts'
import type { Ledger, World } from './worlds.ts'

/** What the offices of a town have at hand beside the requests; what is about the owner of a world is of that world. */
export async function aDesk(town: PeopledTown, ledger: Ledger, { name, owner }: World): Promise<void> {
  const { house, staff, db } = town
  const from = dateIn(db.clock.now(), town.town.timeZone)
  const until = addDays(from, 30)
  await aProvider(
    { house, town: town.town.id },
    { name: 'جوال', dialect: 'kannel', settings: { url: 'http://10.0.0.5:13013/x', sender: 'B' } },
  )
  await aProvider(
    { house, town: town.town.id },
    { name: 'بريد', channel: 'email', settings: { host: '10.0.0.6', from: 'window@town.test' } },
  )
  await town.write(async tx => {
    const by = { kind: 'staff', id: staff.engineer.id, office: staff.engineer.office } as const
    await addPhrase(
      tx,
      { owner: staff.engineer.id, ownerKind: 'staff', text: 'يُركّب العداد بعد دفع الرسوم.' },
      by,
    )
    const lent = {
      staffId: staff.engineer.id,
      deputyId: staff.head.id,
      office: 'electricity',
      act: 'letters',
      from,
      until,
      reason: 'إجازة',
    } as const
    await delegate(tx, lent, by)
    const authority = await giveAuthority(
      tx,
      {
        staffId: staff.manager.id,
        role: 'manager',
        kind: 'letter',
        ceilings: [],
        decision: 'قرار 14/2026',
        from,
        until: undefined,
      },
      builder,
    )
    await appointDeputy(
      tx,
      authority,
      { staffId: staff.head.id, decision: 'قرار 15/2026', from, until },
      builder,
    )
  })
  await ledger.claim(town, undefined)
  await town.write(tx =>
    receive(tx, town.bench, {
      provider: 'test',
      providerRef: 'asked',
      from: owner.phone,
      to: '1',
      text: `هل يصلح؟ ${ledger.mark(`${name}-1`, 'message-in')}`,
      at: tx.now,
    }),
  )
  await importsOf(town, { person: owner } as never)
  // The meter of the row that names them.
  ledger.mark(name, 'import', 'M-2002')
  await ledger.claim(town, name)
}
