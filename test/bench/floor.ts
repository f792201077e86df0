import { randomUUID } from 'node:crypto'
import type pg from 'pg'
import type { Session } from 'smpp'

const atOnce = 300

/**
 * The least a sender could durably write beside handing over, and nothing else of what ours does: the ids before they leave, the state and
 * the reference after, many at a time, in a table with its primary key alone. Messages a second, the last written down.
 */
export async function floorLoop(
  client: pg.ClientBase,
  count: number,
  width: number,
  submit: (answered: (ref: string) => void) => ReturnType<Session['submit_sm']>,
): Promise<number> {
  const ids = Array.from({ length: count }, () => randomUUID()).sort()
  await client.query(`
    drop table if exists floor_message, floor_handing;
    create table floor_message (id uuid primary key, state text not null, ref text) with (fillfactor = 45);
    create table floor_handing (ids uuid[] not null)`)
  await client.query("insert into floor_message select id, 'planned' from unnest($1::uuid[]) id", [ids])
  await client.query('vacuum analyze floor_message')
  await client.query('checkpoint')
  const began = performance.now()
  const mayLeave: string[] = []
  let answered: { id: string; ref: string }[] = []
  let read = 0
  let underWay = 0
  let written = 0
  return new Promise((resolve, reject) => {
    async function writeDown() {
      const batch = ids.slice(read, read + atOnce)
      read += batch.length
      await client.query({
        name: 'floor-before',
        text: 'insert into floor_handing values ($1::uuid[])',
        values: [batch],
      })
      mayLeave.push(...batch)
      handOver()
    }
    async function keep() {
      const batch = answered
      answered = []
      await client.query({
        name: 'floor-after',
        text: "update floor_message m set state = 'sent', ref = g.ref from unnest($1::uuid[], $2::text[]) g(id, ref) where m.id = g.id",
        values: [batch.map(({ id }) => id), batch.map(({ ref }) => ref)],
      })
      written += batch.length
      if (written === count) resolve((count * 1000) / (performance.now() - began))
    }
    function handOver() {
      while (underWay < width && mayLeave.length > 0) {
        const id = mayLeave.shift() ?? ''
        underWay += 1
        submit(ref => {
          underWay -= 1
          answered.push({ id, ref })
          if (answered.length === atOnce || (read === count && underWay + mayLeave.length === 0))
            keep().catch(reject)
          handOver()
        })
        if (mayLeave.length === atOnce / 2 && read < count) writeDown().catch(reject)
      }
    }
    writeDown().catch(reject)
  })
}
