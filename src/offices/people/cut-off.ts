import { sql } from 'kysely'
import type { Write } from '../../platform/database/index.ts'
import { newsNow } from '../../platform/live/index.ts'

/** As many as one notification carries with room to spare. */
const atOnce = 50

/**
 * Tells every process, with the commit, that what is open of these log-ins ends now: ids of people, or hashes of sessions in hex. Requests
 * are refused by the session itself; this is for streams, which ask nobody while they are open. It goes through the database, so that a
 * command of an operator reaches the servers too.
 */
export async function tellCutOff(tx: Write, ended: readonly string[]): Promise<void> {
  for (let at = 0; at < ended.length; at += atOnce)
    for (const parcel of newsNow({ town: tx.town, topics: [], ended: ended.slice(at, at + atOnce) }))
      await sql`select pg_notify(${parcel.channel}, ${parcel.payload})`.execute(tx.q)
}
