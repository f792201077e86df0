import { sql } from 'kysely'
import type { Read } from '../../../platform/database/index.ts'
import type { Kind } from '../model.ts'
import type { KindQuery, Question } from './model.ts'
import { papers } from './paper.ts'
import { people, receipts } from './people.ts'
import { requests } from './request.ts'
import { drafts, imports, logIns, looks, visits } from './traces.ts'
import { complaints, messages } from './words.ts'

export type { Question } from './model.ts'

const queries: Readonly<Record<Kind, KindQuery>> = {
  request: requests,
  paper: papers,
  message: messages,
  draft: drafts,
  visit: visits,
  look: looks,
  'log-in': logIns,
  import: imports,
  complaint: complaints,
  receipt: receipts,
  person: people,
}

/** One thing a list is about; `why` says what stands against its going. */
export type Found = { id: string; at: Date; label: string; bytes: number; why: string | null }

/** What of a kind began its time before an instant: the next by id, or exactly those of `ids`. */
export async function findOf(
  tx: Read,
  kind: Kind,
  question: Question,
  {
    before,
    after,
    limit,
    ids,
  }: { before: Date; after?: string | undefined; limit: number; ids?: readonly string[] },
): Promise<Found[]> {
  const { rows } = await sql<Found>`
    select id, at, label, bytes, why from (${queries[kind](question)}) k
     where at < ${before} ${after === undefined ? sql`` : sql`and id > ${after}::uuid`}
       ${ids === undefined ? sql`` : sql`and id = any (${[...ids]}::uuid[])`}
     order by id limit ${limit}`.execute(tx.q)
  return rows
}
