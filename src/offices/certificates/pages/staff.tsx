import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, Forbidden, InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { acts, looks, type Route, route, staff } from '../../../web/route.ts'
import { lookInto } from '../../looks/index.ts'
import { confirmAsked, confirmationMissing, confirmationOf, confirmStaff } from '../../people/index.ts'
import { mayEnd, reissueCertificate, revokeCertificate } from '../actions.ts'
import { type Certificate, outgoingNumber, standingOn } from '../model.ts'
import type { CertificateAccess } from '../routes.ts'
import { findVisible, getCertificate } from '../store.ts'
import { certificateText } from '../strings.ts'
import { CertificatePage } from './certificate-page.tsx'
import { type EndAct, EndPage } from './end-page.tsx'

/** A certificate at the office that keeps it: what it is, and how it is ended. */
export function staffRoutes(access: CertificateAccess): Route[] {
  const page = route({
    method: 'get',
    address: addresses.certificate,
    access: staff('certificate.read'),
    audit: looks('certificate.opened'),
    handle: async call => {
      const certificate = await visible(call, access)
      await read(call, tx => lookAt(call, tx, certificate))
      const standing = standingOn(certificate, dateIn(call.now, call.town.timeZone))
      const ends = mayEnd(call.visitor.actor, certificate)
      return showPage(call, <CertificatePage certificate={certificate} standing={standing} ends={ends} />)
    },
  })
  return [page, ...endRoutes(access, 'revoke'), ...endRoutes(access, 'reissue')]
}

const endAddresses = { revoke: addresses.certificateRevoke, reissue: addresses.certificateReissue } as const

function endRoutes(access: CertificateAccess, act: EndAct): Route[] {
  const address = endAddresses[act]
  return [
    route({
      method: 'get',
      address,
      access: staff('certificate.sign', 'certificate.read'),
      audit: looks('certificate.opened'),
      handle: async call => {
        const certificate = await visible(call, access)
        if (!mayEnd(call.visitor.actor, certificate)) throw new Forbidden('no-authority-to-sign')
        await read(call, tx => lookAt(call, tx, certificate))
        return showPage(
          call,
          <EndPage act={act} certificate={certificate} asked={await confirmAsked(call)} />,
        )
      },
    }),
    route({
      method: 'post',
      address,
      access: staff('certificate.sign', 'certificate.read'),
      audit: acts(act === 'revoke' ? 'certificate.revoked' : 'certificate.replaced'),
      bodyLimit: 16 * 1024,
      handle: call => end(call, access, act),
    }),
  ]
}

async function visible(call: Call, access: CertificateAccess): Promise<Certificate> {
  const id = idParam(call, 'id')
  const condition = access.visible(call.visitor.actor, 'certificate.read', 'r')
  const certificate = await read(call, tx => findVisible(tx, id, condition))
  if (!certificate) throw new NotFound('no-such-certificate')
  return certificate
}

async function lookAt(call: Call, tx: Read, certificate: Certificate): Promise<void> {
  await lookInto(call, tx, {
    personId: certificate.personId,
    requestId: certificate.requestId,
    subjectKind: 'certificate',
    subjectId: certificate.id,
    cause: `${certificate.kept.title} ${outgoingNumber(certificate)}`,
  })
}

/** Ends a certificate. It speaks for the town as signing does, so it asks for the person again. */
async function end(call: Call, access: CertificateAccess, act: EndAct): Promise<Response> {
  const certificate = await visible(call, access)
  const reason = typedText(call, 'reason')
  const faults = [...missing(call, ['reason']), ...confirmationMissing(call)]
  const asked = await confirmAsked(call)
  const again = (found: readonly Fault[]) => {
    const view = { act, certificate, reason, asked, faults: found }
    return showPage(call, <EndPage {...view} />, 422)
  }
  if (faults.length > 0) return again(faults)
  try {
    const answer = await write(call, async tx => {
      const { actor } = call.visitor
      if (actor.kind !== 'staff') throw new NotFound('no-such-certificate')
      await confirmStaff(tx, call.house, actor.staffId, confirmationOf(call))
      const asked = { certificateId: certificate.id, reason, actor }
      if (act === 'revoke') {
        await revokeCertificate(tx, asked)
        return { redirect: url(call, addresses.certificate, { id: certificate.id }) }
      }
      const issued = await reissueCertificate(tx, call.house, asked)
      return { redirect: url(call, addresses.certificate, { id: issued.certificateId }) }
    })
    await tell(call, act, answer, certificate)
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return again(error.faults)
    throw error
  }
}

const missing = (call: Call, names: readonly string[]): Fault[] =>
  names
    .filter(name => typedText(call, name).trim() === '')
    .map(field => ({ field, code: `${field}-missing` }))

async function tell(call: Call, act: EndAct, answer: Response, old: Certificate): Promise<void> {
  const id = answer.headers.get('location')?.split('/').at(-1)
  const shown = act === 'reissue' && id ? await read(call, tx => getCertificate(tx, id)) : old
  const values = { title: shown.kept.title, number: outgoingNumber(shown) }
  flash(call, { text: certificateText(call.locale, `${act}-done`, values) })
}
