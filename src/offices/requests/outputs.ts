import type { Actor } from '../../kernel/access/index.ts'
import type { CompiledService } from '../../kernel/definition/index.ts'
import { Conflict } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { type IssuedCertificate, issueCertificate } from '../certificates/index.ts'
import { getStaffMember } from '../people/index.ts'
import type { Desk } from './desk.ts'
import { type Request, requestNumber } from './model.ts'

/**
 * Makes the document a service ends in, signed by whoever acts. The signer must hold the role the output names, in force today; deputies
 * hold it by appointment.
 */
export async function issueOutput(
  tx: Write,
  desk: Desk,
  of: { request: Request; service: CompiledService; output: string; signer: Actor },
): Promise<IssuedCertificate> {
  const output = of.service.definition.outputs.find(({ id }) => id === of.output)
  if (!output) throw new Error(`service ${of.request.serviceCode} has no output ${of.output}`)
  if (of.signer.kind !== 'staff') throw new Conflict('signer-not-staff')
  const held = of.signer.appointments.find(({ role }) => role === output.signer)
  if (!held) throw new Conflict('no-authority-to-sign', { role: output.signer })
  const member = await getStaffMember(tx, of.signer.staffId)
  return issueCertificate(tx, desk.house, {
    outputId: output.id,
    kind: output.kind,
    template: output.template,
    title: output.name.ar,
    requestId: of.request.id,
    personId: of.request.applicantId,
    data: {
      requestNumber: requestNumber(of.request),
      answers: of.request.answers,
      stepFields: of.request.projection.stepFields,
      read: of.request.frozen.ar,
    },
    signer: { staffId: member.id, name: member.name.ar, title: member.title.ar, office: held.office },
    validDays: output.validDays,
  })
}
