import { createHash } from 'node:crypto'
import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  FileField,
  Form,
  faultOf,
  Head,
  HowLink,
  Read,
  Section,
  Stack,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { noteBudget } from '../../../web/budget.ts'
import { type Call, param, read, url } from '../../../web/call.ts'
import { redirect, showPage } from '../../../web/page.tsx'
import { everyone, nothing, type Route, route } from '../../../web/route.ts'
import { proofResponse, sealOf } from '../../audit/index.ts'
import { readCode } from '../code.ts'
import { type Certificate, type Standing, standingOn } from '../model.ts'
import { findByCode, findByFile } from '../store.ts'
import { certificateTexts } from '../strings.ts'
import { missAllowed } from './guesses.ts'
import { BusyPage, UnknownPage, VerdictPage } from './verdict.tsx'

const anyone = everyone(
  'whoever is shown a paper may ask whether it is good; they see what stands on it, less',
  { house: 'the code that stands on the paper opens what stands on it' },
)
const mostFileBytes = 26 * 1024 * 1024

/** What anybody may ask: by the code on the paper, or by the file itself. */
export const verifyRoutes: Route[] = [
  route({
    method: 'get',
    address: addresses.verify,
    access: anyone,
    audit: nothing('an empty form'),
    handle: call => (call.query.code === undefined ? showForm(call) : lookUp(call, call.query.code)),
  }),
  route({
    method: 'post',
    address: addresses.verify,
    access: anyone,
    audit: nothing('the file is compared and forgotten'),
    bodyLimit: mostFileBytes,
    handle: compareFile,
  }),
  route({
    method: 'get',
    address: addresses.verifyCode,
    access: anyone,
    audit: nothing('the paper’s own holder shows it; the page has less than the paper'),
    handle: showCode,
  }),
  route({
    method: 'get',
    address: addresses.verifyProof,
    access: anyone,
    audit: nothing('the paper’s own holder takes it; it says less than the paper'),
    handle: serveProof,
  }),
]

const showForm = (call: Call, code?: string, faults?: Fault[]) =>
  showPage(call, <VerifyForm code={code} faults={faults} />, faults ? 422 : 200)

function lookUp(call: Call, typed: string): Response {
  if (typed.trim() === '') return showForm(call, '', [{ field: 'code', code: 'required' }])
  const code = readCode(typed)
  return code ? redirect(url(call, addresses.verifyCode, { code })) : answerMiss(call)
}

/** Everything unknown is answered in the same words and way, whether it has the shape of a code or not. */
function answerMiss(call: Call): Response {
  if (missAllowed(call.town.id, call.now, () => noteBudget(call, 'certificate-codes')))
    return showPage(call, <UnknownPage what="code" />, 404)
  return showPage(call, <BusyPage />, 429)
}

async function showCode(call: Call): Promise<Response> {
  const code = readCode(param(call, 'code'))
  const certificate = code && (await read(call, tx => findByCode(tx, code)))
  if (!certificate) return answerMiss(call)
  const mark = await read(call, tx => sealOf(tx, 'certificate', certificate.id))
  return showPage(
    call,
    <VerdictPage certificate={certificate} standing={standing(call, certificate)} mark={mark} />,
  )
}

async function serveProof(call: Call): Promise<Response> {
  const code = readCode(param(call, 'code'))
  const certificate = code && (await read(call, tx => findByCode(tx, code)))
  if (!certificate) return answerMiss(call)
  const proof = await read(call, async tx => (await sealOf(tx, 'certificate', certificate.id))?.proof())
  return proof === undefined ? answerMiss(call) : proofResponse(proof, certificate.code)
}

async function compareFile(call: Call): Promise<Response> {
  const [file] = call.files.file ?? []
  if (!file || file.size === 0) return showForm(call, '', [{ field: 'file', code: 'required' }])
  const hash = createHash('sha256')
  for await (const chunk of file.stream()) hash.update(chunk)
  const sha256 = hash.digest()
  const certificate = await read(call, tx => findByFile(tx, sha256))
  if (!certificate) return showPage(call, <UnknownPage what="file" />, 404)
  return showPage(
    call,
    <VerdictPage certificate={certificate} standing={standing(call, certificate)} sameFile />,
  )
}

const standing = (call: Call, certificate: Certificate): Standing =>
  standingOn(certificate, dateIn(call.now, call.town.timeZone))

function VerifyForm({ code, faults }: { code?: string | undefined; faults?: Fault[] | undefined }) {
  const t = useTexts(certificateTexts)
  const page = usePage()
  return (
    <CitizenLayout title={t('verify-title')} faults={faults}>
      <Read>
        <Head title={t('verify-title')} sub={t('verify-intro')} />
        <Stack gap="large">
          <Form action={page.url(addresses.verify)} method="get" label={t('verify-title')}>
            <TextField
              name="code"
              label={t('verify-code')}
              hint={t('verify-code-hint')}
              value={code}
              fault={faultOf(faults, 'code')}
              ltr
              width="mid"
              maxLength={60}
              spellCheck={false}
            />
            <Button icon="lens">{t('verify-code-button')}</Button>
          </Form>
          <Section id="by-file" title={t('verify-or-file')}>
            <Form action={page.url(addresses.verify)} files>
              <FileField
                name="file"
                label={t('verify-file')}
                hint={t('verify-file-hint')}
                fault={faultOf(faults, 'file')}
                accept=".pdf,application/pdf"
                noCamera
              />
              <Button variant="quiet">{t('verify-file-button')}</Button>
            </Form>
          </Section>
        </Stack>
        <HowLink topic="verify" />
      </Read>
    </CitizenLayout>
  )
}
