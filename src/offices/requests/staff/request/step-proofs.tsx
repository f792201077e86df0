import type { ActName } from '../../../../kernel/definition/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import { FileField, faultOf, useLocalized, usePage, useTexts } from '../../../../ui/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { aside, type Call, read } from '../../../../web/call.ts'
import { mostMegabytes } from '../../../archive/index.ts'
import { type BroughtProof, bringProofs, hangProofs, proofBox, proofsFor, proofsSince } from '../../proofs.ts'
import type { FieldsProps } from './fields.tsx'
import type { ToAct } from './load.ts'
import type { ReadAct } from './read-act.ts'
import { valuesOfStep } from './step-fields.tsx'
import { stepInHand } from './step-in-hand.ts'
import { actTexts } from './strings.ts'
import { atHand } from './to-act.ts'

/** Acts that finish a step, and may have to show what was done. */
const finishing: readonly ActName[] = [
  'approve',
  'sign',
  'run-effect',
  'hand-over',
  'opine',
  'record',
  'answer',
]

/** The boxes for what shows the work; what came with an earlier try is there already. */
export function StepProofs({ view, shown }: FieldsProps) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const step = stepInHand(view)
  const there = proofsSince(view.papers, step, view.request.projection)
  const values = valuesOfStep(view, shown.typed)
  return (step?.proofs ?? [])
    .filter(({ when }) => view.service.holds(when, values))
    .map(proof => (
      <FileField
        key={proof.id}
        name={proofBox(proof.id)}
        label={local(proof.name)}
        hint={proof.hint && local(proof.hint)}
        limit={t(proof.accept.includes('pdf') ? 'file-limit' : 'photo-limit', { megabytes: mostMegabytes })}
        optional={proof.optional}
        fault={faultOf(shown.faults, proofBox(proof.id))}
        accept={proof.accept.map(type => (type === 'pdf' ? '.pdf' : `image/${type}`)).join(',')}
        multiple
        files={there
          .filter(({ paperId }) => paperId === proof.id)
          .map(each => ({
            id: each.documentId,
            title: <bdi>{each.fileName}</bdi>,
            fate: 'arrived',
            href: url(addresses.document, { id: each.documentId }),
          }))}
      />
    ))
}

/** Takes in the files that came with an act, before its transaction. */
export async function bringStepProofs(
  call: Call,
  requestId: string,
  taskId: string | undefined,
): Promise<{ brought: BroughtProof[]; faults: Fault[] }> {
  if (!Object.keys(call.files).some(name => name.startsWith(proofBox('')))) return { brought: [], faults: [] }
  const there = await read(call, tx => atHand(tx, call, requestId, taskId))
  if (!there.rights['request.act']) return { brought: [], faults: [] }
  return bringProofs(call, stepInHand(there))
}

/** Hangs the proofs on the request and lays them beside what was read of the act; one that is missing is a fault of its box. */
export async function withProofs(
  tx: Write,
  call: Call,
  standing: ToAct,
  name: ActName,
  act: ReadAct,
  brought: readonly BroughtProof[],
): Promise<ReadAct> {
  const step = stepInHand(standing)
  if (!finishing.includes(name) || !step?.proofs) return act
  const { request, service, surroundings } = standing
  const [, proofs] = await Promise.all([
    hangProofs(tx, request.id, brought, actorKey(call.visitor.actor)),
    proofsFor(tx, request.id, step, request.projection),
  ])
  const values = surroundings.values({ ...request.projection.stepFields, ...act.data.fields })
  const missing = step.proofs
    .filter(({ id, optional, when }) => !optional && service.holds(when, values) && !has(proofs, id))
    .map(({ id }): Fault => ({ field: proofBox(id), code: 'file-missing' }))
  return { ...act, faults: [...act.faults, ...missing], data: { ...act.data, proofs } }
}

const has = (proofs: readonly { id: string }[], id: string): boolean => proofs.some(each => each.id === id)

/** What came with an act that is not accepted yet stays with the request, so that it need not be sent again. */
export async function keepProofs(
  call: Call,
  requestId: string,
  brought: readonly BroughtProof[],
): Promise<void> {
  if (brought.length === 0) return
  await aside(call, tx => hangProofs(tx, requestId, brought, actorKey(call.visitor.actor)))
}
