import { sql } from 'kysely'
import { BadRequest, Conflict, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import type { Events } from '../../../platform/events.ts'
import { record } from '../../audit/index.ts'
import type { By } from '../model.ts'
import { getReceipt } from '../receipts.ts'
import { reverseReceipt } from '../reverse.ts'
import { openSessionOf } from './sessions.ts'

/** Somebody wants a receipt above the ceiling taken back, and waits for a second person. */
export type Proposal = { id: string; receiptId: string; reason: string; proposedBy: string; proposedAt: Date }

type Row = { proposal_id: string; receipt_id: string; reason: string; proposed_by: string; proposed_at: Date }

const toProposal = (row: Row): Proposal => ({
  id: row.proposal_id,
  receiptId: row.receipt_id,
  reason: row.reason,
  proposedBy: row.proposed_by,
  proposedAt: row.proposed_at,
})

/** Those that wait, the longest first. */
export async function openProposals(tx: Read): Promise<Proposal[]> {
  const { rows } = await sql<Row>`
    select proposal_id, receipt_id, reason, proposed_by, proposed_at from reversal_proposal
     where municipality_id = ${tx.town} and decided_at is null order by proposed_at limit 200`.execute(tx.q)
  return rows.map(toProposal)
}

/** Asks for a second person; one question for a receipt at a time. */
export async function proposeReversal(
  tx: Write,
  receiptId: string,
  { by, reason }: { by: { kind: 'staff'; id: string }; reason: string },
): Promise<string> {
  const said = reason.trim()
  if (said === '') throw new BadRequest('reason-missing')
  const receipt = await getReceipt(tx, receiptId)
  if (receipt.reversedBy) throw new Conflict('receipt-reversed', { number: receipt.number })
  const id = newId(tx.now)
  const { rows } = await sql`
    insert into reversal_proposal (municipality_id, proposal_id, receipt_id, reason, proposed_by, proposed_at)
    values (${tx.town}, ${id}, ${receiptId}, ${said}, ${by.id}, ${tx.now})
    on conflict do nothing returning 1`.execute(tx.q)
  if (rows.length === 0) throw new Conflict('reversal-waits', { number: receipt.number })
  await record(tx, {
    actor: by,
    act: 'treasury.reversal-proposed',
    subjectKind: 'receipt',
    subjectId: receiptId,
    cause: said,
  })
  return id
}

/**
 * The second person agrees, or does not. Agreed, the money goes out of the till the proposer has open, or of the second person's own.
 * @throws Conflict `second-person-same`, `proposal-decided`, `till-not-open`
 */
export async function decideReversal(
  tx: Write,
  events: Events,
  proposalId: string,
  { by, accept }: { by: { kind: 'staff'; id: string }; accept: boolean },
): Promise<void> {
  const { rows } = await sql<Row & { decided_at: Date | null }>`
    select proposal_id, receipt_id, reason, proposed_by, proposed_at, decided_at from reversal_proposal
     where municipality_id = ${tx.town} and proposal_id = ${proposalId} for update`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-proposal')
  if (row.decided_at) throw new Conflict('proposal-decided')
  if (accept && row.proposed_by === by.id) throw new Conflict('second-person-same')
  await sql`update reversal_proposal set decided_at = ${tx.now}, decided_by = ${by.id}, accepted = ${accept}
             where municipality_id = ${tx.town} and proposal_id = ${proposalId}`.execute(tx.q)
  if (accept) {
    const proposer: By = { kind: 'staff', id: row.proposed_by }
    const theirs = (await openSessionOf(tx, row.proposed_by)) !== undefined
    const [does, second] = theirs ? [proposer, by] : [by, proposer]
    await reverseReceipt(tx, events, row.receipt_id, { by: does, second, reason: row.reason })
  }
  const act = accept ? 'treasury.reversal-agreed' : 'treasury.reversal-refused'
  await record(tx, { actor: by, act, subjectKind: 'receipt', subjectId: row.receipt_id, cause: row.reason })
}
