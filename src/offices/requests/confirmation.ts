import { sql } from 'kysely'
import type { Answers } from '../../kernel/definition/index.ts'
import type { Write } from '../../platform/database/transaction.ts'

/** How somebody confirmed what was typed for them. */
export const confirmationWays = ['read-aloud', 'screen', 'sheet', 'code'] as const
export type ConfirmationWay = (typeof confirmationWays)[number]

/** Of a draft: what was confirmed, and how; or a code on its way to the telephone. */
export type Confirmation = {
  how?: ConfirmationWay | undefined
  at?: string | undefined
  /** Fingerprint of the answers that were confirmed: changed answers are confirmed anew. */
  of?: string | undefined
  codeHash?: string | undefined
  sentAt?: string | undefined
  tries?: number | undefined
}

/** Notes with a request how its answers were confirmed, and by whom that was seen. */
export async function noteConfirmation(
  tx: Write,
  requestId: string,
  { how, answers }: { how: ConfirmationWay; answers: Answers },
  by: { kind: string; id: string },
): Promise<void> {
  await sql`
    insert into request_confirmation (municipality_id, request_id, how, at, by_kind, by_id, answers_sha256)
    values (${tx.town}, ${requestId}, ${how}, ${tx.now}, ${by.kind}, ${by.id},
            sha256(convert_to(${JSON.stringify(answers)}, 'UTF8')))`.execute(tx.q)
}
