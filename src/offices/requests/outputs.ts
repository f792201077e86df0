import type { Actor } from '../../kernel/access/index.ts'
import type { CompiledService, RuleValues } from '../../kernel/definition/index.ts'
import { type LandWords, sheetOf } from '../../kernel/form/index.ts'
import { Conflict } from '../../lib/errors.ts'
import { type Money, sumByCurrency } from '../../lib/money.ts'
import type { Read, Write } from '../../platform/database/transaction.ts'
import {
  draftPaper,
  type IssuedCertificate,
  type IssueInput,
  issueCertificate,
  requireAuthority,
  type SigningCase,
} from '../certificates/index.ts'
import { getStaffMember } from '../people/index.ts'
import type { Desk } from './desk.ts'
import { assessFees } from './fees.ts'
import { type Request, requestNumber } from './model.ts'
import { beneficiaryOfRequest } from './parties/store.ts'

type Output = CompiledService['definition']['outputs'][number]
type Of = {
  request: Request
  service: CompiledService
  output: string
  signer: Actor
  values: RuleValues
}

/**
 * Makes the document a service ends in, signed by whoever acts. The signer must hold the role the output names, or stand in for whoever
 * does, within the authority the town has written for such a document: its days, and its ceiling against all the fees of the request.
 */
export async function issueOutput(tx: Write, desk: Desk, of: Of): Promise<IssuedCertificate> {
  const output = outputOf(of)
  const input = await issueInput(tx, desk, output, of)
  await requireAuthority(tx, desk.town.timeZone, signingCase(output, of, input.signer.staffId))
  return issueCertificate(tx, desk.house, input)
}

/** The document as it would be set if it were signed now; takes no number. */
export async function draftOutput(tx: Read, desk: Desk, of: Of): Promise<Buffer> {
  return draftPaper(tx, desk.house, await issueInput(tx, desk, outputOf(of), of))
}

/** What somebody's authority to sign a request's document is judged by. */
export function signingCase(
  output: { kind: string; signer: string },
  { service, values }: Pick<Of, 'service' | 'values'>,
  staffId: string,
): SigningCase {
  return { staffId, role: output.signer, kind: output.kind, amounts: worthOf(service, values) }
}

/** What a request comes to, over all the points at which its fees fall due. */
export function worthOf(service: CompiledService, values: RuleValues): Money[] {
  const points = [...new Set(service.fees.map(({ at }) => at))]
  return sumByCurrency(points.flatMap(at => assessFees(service, at, values).map(({ amount }) => amount)))
}

/** «حوض 3، قطعة 118» in the names this town gives its levels of land. */
const landWords = ({ profile: { levels } }: Desk['town']): LandWords => ({
  block: `${levels.block.ar.replace(/^ال/, '')} {value}`,
  parcel: `${levels.parcel.ar.replace(/^ال/, '')} {value}`,
})

function outputOf({ service, output: id, request }: Of): Output {
  const output = service.definition.outputs.find(each => each.id === id)
  if (!output) throw new Error(`service ${request.serviceCode} has no output ${id}`)
  return output
}

async function issueInput(
  tx: Read,
  { town }: Desk,
  output: Output,
  { request, service, signer }: Of,
): Promise<IssueInput> {
  if (signer.kind !== 'staff') throw new Conflict('signer-not-staff')
  const held = signer.appointments.find(({ role }) => role === output.signer)
  if (!held) throw new Conflict('no-authority-to-sign', { role: output.signer })
  const member = await getStaffMember(tx, signer.staffId)
  return {
    outputId: output.id,
    kind: output.kind,
    template: output.template,
    title: output.name.ar,
    requestId: request.id,
    personId: await beneficiaryOfRequest(tx, request),
    data: {
      requestNumber: requestNumber(request),
      answers: request.answers,
      stepFields: request.projection.stepFields,
      read: request.frozen.ar,
      ...(output.template === 'paper' && {
        sheet: sheetOf(service, output, { answers: request.answers, ...request.projection }, landWords(town)),
      }),
    },
    signer: { staffId: member.id, name: member.name.ar, title: member.title.ar, office: held.office },
    validDays: output.validDays,
    form: output.form,
  }
}
