import { type Actor, reachOf } from '../../kernel/access/index.ts'
import { dateIn } from '../../lib/calendar.ts'
import { Conflict, Forbidden, InvalidInput } from '../../lib/errors.ts'
import { newId } from '../../lib/ids.ts'
import type { Read, Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { addDocument } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { getPerson, getStaffMember, idNumberOf, type Person } from '../people/index.ts'
import { newCode } from './code.ts'
import {
  type Certificate,
  type IssuedCertificate,
  type IssueInput,
  type Kept,
  maskName,
  outgoingNumber,
  type Signer,
} from './model.ts'
import { type Body, bodyFor } from './paper/body.ts'
import { lastDay, type PaperHolder, sheetInputs } from './paper/sheet.ts'
import { townOf } from './paper/town.ts'
import { sendToHand } from './signing/by-hand.ts'
import { enterOutgoing, formOf } from './signing/register.ts'
import { endCertificate, getCertificate, insertCertificate, nextOutgoing } from './store.ts'
import { renderPdf } from './typst.ts'

/** What a paper of record is made of, once a request's answers were brought into the form of its template. */
type Draft = Omit<IssueInput, 'data'> & { requestNumber: string; body: Body }

/**
 * Issues a paper of record in the caller's transaction: takes the outgoing number, sets the PDF with it, stores the file and files it. The
 * number must stand in the file's bytes, so the setting (some milliseconds, warm) and the disk's sync happen while the series is held;
 * take it last among the writes of an act.
 */
export async function issueCertificate(
  tx: Write,
  house: House,
  input: IssueInput,
): Promise<IssuedCertificate> {
  const town = await townOf(tx)
  const { data, ...rest } = input
  const body = bodyFor(input.template, data, { levels: town.profile.levels, timeZone: town.timeZone })
  const requestNumber = typeof data.requestNumber === 'string' ? data.requestNumber : ''
  const issued = await issue(tx, house, { ...rest, requestNumber, body })
  await recordIssue(tx, input, issued)
  return issued
}

async function issue(tx: Write, house: House, draft: Draft): Promise<IssuedCertificate> {
  const { signer, personId, title } = draft
  const town = await townOf(tx)
  const { person, holder } = await holderOf(tx, house, personId)
  const validUntil = lastDay(tx.now, town.timeZone, draft.validDays)
  const code = newCode()
  const year = Number(dateIn(tx.now, town.timeZone).slice(0, 4))
  const number = await nextOutgoing(tx, year)
  const shown = outgoingNumber({ number, year })
  const form = draft.form ?? 'electronic'
  const facts = { ...draft, number: shown, code, signedAt: tx.now, validUntil, holder, form }
  const { pdf, pages } = renderPdf(draft.template, sheetInputs(house, town, facts), tx.now)
  const { sha256, size } = await house.files.put(tx.town, pdf)
  const documentId = await addDocument(tx, {
    admitted: { sha256, size, type: 'application/pdf', fileName: `${title} ${number}-${year}.pdf`, pages },
    kind: draft.kind,
    title: `${title} ${shown}`,
    ownerId: personId,
    issuedOn: dateIn(tx.now, town.timeZone),
    validUntil,
    source: 'issued',
    by: { kind: 'staff', id: signer.staffId },
  })
  const kept: Kept = {
    title,
    requestNumber: draft.requestNumber,
    validDays: draft.validDays ?? null,
    signer: { name: signer.name, title: signer.title },
    holder: { name: person.displayName, masked: maskName(person.kind, person.name) },
    body: draft.body,
  }
  const id = newId(tx.now)
  await insertCertificate(tx, {
    ...draft,
    id,
    year,
    number,
    code,
    kept,
    documentId,
    pdfSha256: sha256,
    signedAt: tx.now,
    validUntil,
  })
  await enterOutgoing(tx, {
    year,
    number,
    title,
    kind: draft.kind,
    certificateId: id,
    requestId: draft.requestId,
    personId,
    addressee: person.displayName,
    signedBy: signer.staffId,
    office: signer.office,
    form,
  })
  if (form === 'wet') await sendToHand(tx, id, draft.requestId)
  return { certificateId: id, code, number, year, documentId }
}

/** The paper as it would be set if it were signed now: without a number, and said to be a draft. Takes nothing and keeps nothing. */
export async function draftPaper(tx: Read, house: House, input: IssueInput): Promise<Buffer> {
  const town = await townOf(tx)
  const { data, template, title, validDays } = input
  const { holder } = await holderOf(tx, house, input.personId)
  const { pdf } = renderPdf(
    template,
    sheetInputs(house, town, {
      title,
      holder,
      signer: input.signer,
      signedAt: tx.now,
      number: '—',
      code: '',
      form: 'draft',
      requestNumber: typeof data.requestNumber === 'string' ? data.requestNumber : '',
      validUntil: lastDay(tx.now, town.timeZone, validDays),
      body: bodyFor(template, data, { levels: town.profile.levels, timeZone: town.timeZone }),
    }),
    tx.now,
  )
  return pdf
}

async function holderOf(
  tx: Read,
  house: House,
  personId: string,
): Promise<{ person: Person; holder: PaperHolder }> {
  const person = await getPerson(tx, personId)
  const { displayName: name, sex, idKind, motherName, birthDate } = person
  const idNumber = await idNumberOf(tx, house.crypto, personId)
  return { person, holder: { name, sex, idKind, idNumber, motherName, birthDate } }
}

/** Takes a certificate back: it verifies as revoked from now on, and its file stays. */
export async function revokeCertificate(
  tx: Write,
  act: { certificateId: string; reason: string; actor: Actor },
): Promise<Certificate> {
  const certificate = await endable(tx, act)
  const reason = readReason(act.reason)
  await endCertificate(tx, certificate.id, { state: 'revoked', reason })
  await record(tx, { ...entryOf(certificate, act.actor), act: 'certificate.revoked', cause: reason })
  return certificate
}

/** Issues the same paper again, with the holder's data of today and a number of its own; the old one verifies as replaced. */
export async function reissueCertificate(
  tx: Write,
  house: House,
  act: { certificateId: string; reason: string; actor: Actor },
): Promise<IssuedCertificate> {
  const old = await endable(tx, act)
  const reason = readReason(act.reason)
  const { kept, outputId, kind, template, requestId, personId } = old
  const signer = await signerOf(tx, act.actor, old.signer.office)
  const { title, requestNumber, body, validDays } = kept
  const form = await formOf(tx, old.id)
  const what = { outputId, kind, template, requestId, personId, title, requestNumber, body, signer, form }
  const issued = await issue(tx, house, { ...what, validDays: validDays ?? undefined })
  await endCertificate(tx, old.id, { state: 'replaced', reason, replacedBy: issued.certificateId })
  await record(tx, { ...entryOf(old, act.actor), act: 'certificate.replaced', cause: reason })
  await recordIssue(tx, what, issued)
  return issued
}

/** Whoever signs for the office that issued it may end it. */
export function mayEnd(actor: Actor, certificate: Certificate): boolean {
  return reachOf(actor, 'certificate.sign').taskOffices.includes(certificate.signer.office)
}

async function endable(tx: Write, act: { certificateId: string; actor: Actor }): Promise<Certificate> {
  const certificate = await getCertificate(tx, act.certificateId, true)
  if (!mayEnd(act.actor, certificate))
    throw new Forbidden('no-authority-to-sign', { office: certificate.signer.office })
  if (certificate.state !== 'valid') throw new Conflict('certificate-ended', { state: certificate.state })
  return certificate
}

function readReason(typed: string): string {
  const reason = typed.trim()
  if (reason === '') throw new InvalidInput([{ field: 'reason', code: 'reason-missing' }])
  if (reason.length > 500)
    throw new InvalidInput([{ field: 'reason', code: 'too-long', values: { max: 500 } }])
  return reason
}

async function signerOf(tx: Write, actor: Actor, office: string): Promise<Signer> {
  if (actor.kind !== 'staff') throw new Forbidden('no-authority-to-sign')
  const member = await getStaffMember(tx, actor.staffId)
  return { staffId: member.id, name: member.name.ar, title: member.title.ar, office }
}

function entryOf(certificate: Certificate, actor: Actor) {
  return {
    actor: {
      kind: actor.kind,
      id: actor.kind === 'staff' ? actor.staffId : actor.kind,
      office: certificate.signer.office,
    },
    subjectKind: 'certificate',
    subjectId: certificate.id,
    personId: certificate.personId,
    requestId: certificate.requestId,
  }
}

async function recordIssue(
  tx: Write,
  what: Pick<IssueInput, 'signer' | 'personId' | 'requestId'>,
  issued: IssuedCertificate,
): Promise<void> {
  await record(tx, {
    actor: { kind: 'staff', id: what.signer.staffId, office: what.signer.office },
    act: 'certificate.issued',
    subjectKind: 'certificate',
    subjectId: issued.certificateId,
    personId: what.personId,
    requestId: what.requestId,
  })
}
