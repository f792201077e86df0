import type { Localized, Opinion, Proof, ServiceDefinition, Step } from '../../kernel/definition/index.ts'
import type { Projection, Task } from '../../kernel/workflow/index.ts'
import type { Fault } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'
import type { Call } from '../../web/call.ts'
import { type AdmittedFile, addDocument, admitForm } from '../archive/index.ts'
import { type AttachedPaper, attachPaper, papersOf } from './papers.ts'

/** The name of a proof's box in a form. */
export const proofBox = (id: string): string => `proof.${id}`

/** What a paper of a request is called: one of the service, or what shows the work of a step. */
export const paperName = ({ papers, steps }: ServiceDefinition, id: string): Localized | undefined =>
  [
    ...papers,
    ...steps.flatMap(({ proofs = [], opinions = [] }) => [
      ...proofs,
      ...opinions.flatMap(opinion => opinion.proofs ?? []),
    ]),
  ].find(paper => paper.id === id)?.name

export type BroughtProof = { proof: Proof; admitted: AdmittedFile }

/** Takes in the files sent for a step's proofs, before the transaction: content is checked and shelved once. */
export async function bringProofs(
  call: Call,
  step: Step | Opinion | undefined,
): Promise<{ brought: BroughtProof[]; faults: Fault[] }> {
  const brought: BroughtProof[] = []
  const faults: Fault[] = []
  for (const proof of step?.proofs ?? []) {
    const field = proofBox(proof.id)
    const { admitted, faults: refused } = await admitForm(call, field)
    for (const { code, values } of refused)
      faults.push({ field, code, values: { ...values, max: values?.megabytes ?? 25 } })
    const accept: readonly string[] = proof.accept
    const fit = admitted.filter(({ type }) => accept.includes(type.replace(/^.*\//, '')))
    if (fit.length < admitted.length)
      faults.push({ field, code: 'file-type', values: { accept: accept.join('، ') } })
    brought.push(...fit.map(each => ({ proof, admitted: each })))
  }
  return { brought, faults }
}

/** Hangs what shows the work on the request, beside its papers: all of it in one packet. */
export async function hangProofs(
  tx: Write,
  requestId: string,
  brought: readonly BroughtProof[],
  by: { kind: string; id: string },
): Promise<void> {
  await Promise.all(
    brought.flatMap(({ proof, admitted }) => {
      const id = newId(tx.now)
      const document = { id, admitted, kind: 'proof', title: proof.name.ar, source: 'upload', by } as const
      const paper = { paperId: proof.id, documentId: id, state: 'supplied' } as const
      return [addDocument(tx, document), attachPaper(tx, requestId, paper, by)]
    }),
  )
}

/** Which of the papers show this round of the step in hand: what showed an earlier round shows nothing now. */
export function proofsSince(
  papers: readonly AttachedPaper[],
  step: Step | Opinion | undefined,
  { tasks }: Projection,
): AttachedPaper[] {
  const ids = new Set(step?.proofs?.map(({ id }) => id))
  const isOfIt = ({ purpose, step: at, branch }: Task) =>
    step !== undefined &&
    ('kind' in step ? purpose === 'step' && at === step.id : purpose === 'branch' && branch === step.id)
  const since = tasks.findLast(isOfIt)?.openedAt
  return papers.filter(paper => ids.has(paper.paperId) && since !== undefined && paper.at >= since)
}

/** The proofs an act carries into the history. */
export async function proofsFor(
  tx: Write,
  requestId: string,
  step: Step | Opinion | undefined,
  projection: Projection,
): Promise<{ id: string; documentId: string }[]> {
  if (!step?.proofs) return []
  const shown = proofsSince(await papersOf(tx, requestId), step, projection)
  return shown.map(({ paperId, documentId }) => ({ id: paperId, documentId }))
}
