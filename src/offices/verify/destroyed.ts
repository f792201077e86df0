import { sql } from 'kysely'
import { actNumber, actsWithCounts, doneAct } from '../destruction/index.ts'
import type { Inspection } from './model.ts'

/** Registers that keep their rows when they are emptied, by kind. */
const registers = { request: 'request_id', person: 'person_id', receipt: 'receipt_id' } as const

/** Whatever was emptied was so by an act that lists it and an entry of the sealed audit for each thing, and what an act says it did is so. Counts what each act erased. */
export async function verifyDestroyed({ town, read, found, counted }: Inspection): Promise<void> {
  for (const [kind, id] of Object.entries(registers)) {
    const { rows } = await read(tx =>
      sql<{ id: string; there: boolean }>`
        select coalesce(r.${sql.ref(id)}, i.subject_id) as id, r.${sql.ref(id)} is null as there
          from (select ${sql.ref(id)} from ${sql.table(kind)} where municipality_id = ${town.id} and destroyed_at is not null) r
          full join (select i.subject_id, bool_or(u.subject_id is not null) as told
                       from destruction_item i
                       join destruction_act a on a.municipality_id = i.municipality_id and a.act_id = i.act_id and a.kind = ${kind}
                       left join (select distinct subject_id from audit where municipality_id = ${town.id} and act = ${doneAct}
                                     and subject_kind = ${kind}) u on u.subject_id = i.subject_id::text
                      where i.municipality_id = ${town.id} and i.state = 'done' group by i.subject_id) i on i.subject_id = r.${sql.ref(id)}
         where r.${sql.ref(id)} is null or i.told is not true`.execute(tx.q),
    )
    for (const row of rows)
      found({
        code: row.there ? 'destroyed-still-there' : 'emptied-without-act',
        subject: row.id,
        details: { kind },
      })
  }
  for (const { act, done } of await read(actsWithCounts))
    if (done > 0) counted(`erased by act ${actNumber(act)}`, done)
}
