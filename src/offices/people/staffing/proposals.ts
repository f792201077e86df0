import { sql } from 'kysely'
import { z } from 'zod'
import { roles } from '../../../kernel/access/index.ts'
import { Conflict, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'
import { approverRoles } from './power.ts'

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/)
const text = z.string().max(300)
const post = {
  office: text,
  role: z.enum(roles),
  from: date,
  until: date.optional(),
  decision: text.optional(),
}

/** What is proposed, by kind. */
export const whats = {
  add: z.object({
    ...post,
    login: text,
    name: text,
    nameEn: text,
    title: text,
    email: text.optional(),
    idIndex: text.optional(),
  }),
  appoint: z.object(post),
  reset: z.object({}),
  'sign-on': z.object({ providerId: z.uuid() }),
  approvers: z.object({ roles: z.array(z.enum(approverRoles)).min(1) }),
} as const
export type ProposalKind = keyof typeof whats
export type What<K extends ProposalKind> = z.infer<(typeof whats)[K]>

/** Something that gives power, proposed by one and decided on by another. */
export type Proposal = { [K in ProposalKind]: { kind: K; what: What<K> } }[ProposalKind] & {
  id: string
  /** Whom it is about; of somebody proposed to be added, once they are. */
  staffId: string | undefined
  reason: string
  proposedBy: string
  proposedAt: Date
  outcome: 'approved' | 'refused' | 'withdrawn' | undefined
  decidedBy: string | undefined
  decidedAt: Date | undefined
  /** Half of the password was given to whoever approved; the other half waits for whoever proposed. */
  halfSealed: Buffer | undefined
}

type Row = {
  proposal_id: string
  kind: ProposalKind
  staff_id: string | null
  what: unknown
  reason: string
  proposed_by: string
  proposed_at: Date
  outcome: 'approved' | 'refused' | 'withdrawn' | null
  decided_by: string | null
  decided_at: Date | null
  half_sealed: Buffer | null
}

const columns = sql`proposal_id, kind, staff_id, what, reason, proposed_by, proposed_at, outcome, decided_by, decided_at, half_sealed`

const toProposal = (row: Row): Proposal =>
  ({
    kind: row.kind,
    what: whats[row.kind].parse(row.what),
    id: row.proposal_id,
    staffId: row.staff_id ?? undefined,
    reason: row.reason,
    proposedBy: row.proposed_by,
    proposedAt: row.proposed_at,
    outcome: row.outcome ?? undefined,
    decidedBy: row.decided_by ?? undefined,
    decidedAt: row.decided_at ?? undefined,
    halfSealed: row.half_sealed ?? undefined,
  }) as Proposal

/** What waits for a decision, the oldest first. */
export async function openProposals(tx: Read): Promise<Proposal[]> {
  const { rows } = await sql<Row>`
    select ${columns} from staff_proposal where municipality_id = ${tx.town} and outcome is null
     order by proposed_at, proposal_id limit 200`.execute(tx.q)
  return rows.map(toProposal)
}

/** What was proposed about somebody, the newest first. */
export async function proposalsAbout(tx: Read, staffId: string): Promise<Proposal[]> {
  const { rows } = await sql<Row>`
    select ${columns} from staff_proposal where municipality_id = ${tx.town} and staff_id = ${staffId}
     order by proposed_at desc limit 50`.execute(tx.q)
  return rows.map(toProposal)
}

export async function getProposal(tx: Read, id: string): Promise<Proposal> {
  const { rows } = await sql<Row>`
    select ${columns} from staff_proposal where municipality_id = ${tx.town} and proposal_id = ${id}`.execute(
    tx.q,
  )
  if (!rows[0]) throw new NotFound('no-such-proposal')
  return toProposal(rows[0])
}

export type NewProposal<K extends ProposalKind> = {
  kind: K
  what: What<K>
  staffId?: string | undefined
  reason: string
  by: string
}

/** Proposes; gives the id. Of one kind about one person there is one open proposal. */
export async function propose<K extends ProposalKind>(tx: Write, input: NewProposal<K>): Promise<string> {
  const id = newId(tx.now)
  const { rows } = await sql`
    select 1 from staff_proposal where municipality_id = ${tx.town} and outcome is null and kind = ${input.kind}
       and staff_id is not distinct from ${input.staffId ?? null} and what = ${JSON.stringify(input.what)}::jsonb`.execute(
    tx.q,
  )
  if (rows.length > 0) throw new Conflict('proposal-there')
  await sql`
    insert into staff_proposal (municipality_id, proposal_id, kind, staff_id, what, reason, proposed_by, proposed_at)
    values (${tx.town}, ${id}, ${input.kind}, ${input.staffId ?? null}, ${JSON.stringify(input.what)}::jsonb, ${input.reason},
            ${input.by}, ${tx.now})`.execute(tx.q)
  await record(tx, {
    actor: { kind: 'staff', id: input.by },
    act: 'people.power-proposed',
    subjectKind: 'staff-proposal',
    subjectId: id,
    cause: `${input.kind} ${input.reason}`.slice(0, 300),
  })
  return id
}

/** Settles a proposal, once. @throws Conflict (`proposal-decided`) */
export async function settle(
  tx: Write,
  proposal: Proposal,
  outcome: 'approved' | 'refused' | 'withdrawn',
  by: AuditActor,
): Promise<void> {
  const settled = await sql`
    update staff_proposal set outcome = ${outcome}, decided_by = ${by.kind === 'staff' ? by.id : null}, decided_at = ${tx.now}
     where municipality_id = ${tx.town} and proposal_id = ${proposal.id} and outcome is null`.execute(tx.q)
  if (settled.numAffectedRows === 0n) throw new Conflict('proposal-decided')
  await record(tx, {
    actor: by,
    act: `people.power-${outcome}`,
    subjectKind: 'staff-proposal',
    subjectId: proposal.id,
    cause: proposal.kind,
  })
}

/** Keeps whom an approved proposal made, and the half of their password that waits. */
export async function keepHalf(
  tx: Write,
  proposalId: string,
  staffId: string | undefined,
  halfSealed: Buffer | undefined,
): Promise<void> {
  await sql`update staff_proposal set staff_id = coalesce(staff_id, ${staffId ?? null}), half_sealed = ${halfSealed ?? null}
             where municipality_id = ${tx.town} and proposal_id = ${proposalId}`.execute(tx.q)
}

/** Takes back what a leaver proposed and what was proposed about them. */
export async function withdrawProposalsOf(tx: Write, staffId: string): Promise<void> {
  await sql`update staff_proposal set outcome = 'withdrawn', decided_at = ${tx.now}
             where municipality_id = ${tx.town} and outcome is null and (proposed_by = ${staffId} or staff_id = ${staffId})`.execute(
    tx.q,
  )
  await sql`update staff_proposal set half_sealed = null
             where municipality_id = ${tx.town} and half_sealed is not null and (proposed_by = ${staffId} or staff_id = ${staffId})`.execute(
    tx.q,
  )
}
