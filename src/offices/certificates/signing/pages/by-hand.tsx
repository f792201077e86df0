import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, type Fault, NotFound } from '../../../../lib/errors.ts'
import {
  Button,
  Crumbs,
  DateText,
  FileField,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  Note,
  Pane,
  PersonName,
  Read,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { aside, type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { admitForm, mostMegabytes, readContent } from '../../../archive/index.ts'
import { lookInto } from '../../../looks/index.ts'
import { type Certificate, outgoingNumber } from '../../model.ts'
import { getCertificate } from '../../store.ts'
import { type HandSigning, handSigningOf, markPrinted, takeBack } from '../by-hand.ts'
import { authorityText, authorityTexts } from '../strings.ts'

type View = { certificate: Certificate; hand: HandSigning }

async function load(call: Call): Promise<View> {
  const id = idParam(call, 'id')
  const view = await read(call, async tx => {
    const hand = await handSigningOf(tx, id)
    if (!hand) return undefined
    const certificate = await getCertificate(tx, id)
    const { personId, requestId } = certificate
    const seen = { personId, requestId, subjectKind: 'certificate', subjectId: id }
    // Until its scan is back the paper is work of whoever sends papers out.
    const open = hand.returnedAt ? undefined : ({ kind: 'task' } as const)
    await lookInto(call, tx, { ...seen, cause: authorityText('ar', 'at-hand') }, open)
    return { hand, certificate }
  })
  if (!view) throw new NotFound('not-by-hand')
  return view
}

/** GET: a paper that is signed by hand; with `print=1` the sheet itself, to be printed. */
export async function showByHand(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const view = await load(call)
  return showPage(
    call,
    <ByHand {...view} faults={faults} code={typedText(call, 'code')} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: prints the sheet, or takes it back signed. */
export async function actByHand(call: Call): Promise<Response> {
  return typedText(call, 'act') === 'print' ? print(call) : giveBack(call)
}

async function print(call: Call): Promise<Response> {
  const { certificate } = await load(call)
  await aside(call, tx => markPrinted(tx, certificate.id, actorKey(call.visitor.actor)))
  const content = await readContent(call.house, call.town.id, certificate.pdfSha256)
  return new Response(content, {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="paper.pdf"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

async function giveBack(call: Call): Promise<Response> {
  const { certificate } = await load(call)
  const code = typedText(call, 'code')
  const faults: Fault[] = []
  if (code.trim() === '') faults.push({ field: 'code', code: 'paper-code-missing' })
  const taken = await admitForm(call, 'scan')
  faults.push(
    ...taken.faults.map(fault => ({
      field: 'scan',
      code: fault.code,
      ...(fault.values && { values: fault.values }),
    })),
  )
  const [scan] = taken.admitted
  if (!scan && taken.faults.length === 0) faults.push({ field: 'scan', code: 'file-missing' })
  if (!scan || faults.length > 0) return showByHand(call, faults)
  try {
    const answer = await write(call, async tx => {
      const { requestId } = await takeBack(tx, certificate.id, { scan, code }, actorKey(call.visitor.actor))
      await call.house.events.publish(tx, 'certificates.hand-signed', {
        certificateId: certificate.id,
        requestId,
      })
      return { redirect: url(call, addresses.outgoing) }
    })
    flash(call, {
      text: authorityText(call.locale, 'hand-done', { number: outgoingNumber(certificate) }),
      tone: 'olive',
    })
    return answer
  } catch (error) {
    if (error instanceof Conflict && error.code === 'another-paper')
      return showByHand(call, [{ field: 'code', code: 'another-paper' }])
    throw error
  }
}

function ByHand({ certificate, hand, faults, code }: View & { faults: readonly Fault[]; code: string }) {
  const t = useTexts(authorityTexts)
  const { url } = usePage()
  const number = outgoingNumber(certificate)
  const title = t('hand-title', { title: certificate.kept.title, number })
  const action = url(addresses.handPaper, { id: certificate.id })
  return (
    <StaffLayout title={title} faults={[...faults]}>
      <Crumbs links={[{ href: url(addresses.outgoing), label: t('hand-back') }]} />
      <Read>
        <Head title={title} sub={<PersonName>{certificate.kept.holder.name}</PersonName>} />
        <Stack>
          <Pane>
            <KeyValues
              pairs={[
                { term: t('hand-since'), value: <DateText value={hand.since} form="moment" /> },
                ...(hand.printedAt
                  ? [{ term: t('hand-printed'), value: <DateText value={hand.printedAt} form="moment" /> }]
                  : []),
                ...(hand.returnedAt
                  ? [{ term: t('hand-returned'), value: <DateText value={hand.returnedAt} form="moment" /> }]
                  : []),
              ]}
            />
          </Pane>
          {hand.scanId ? (
            <LinkButton icon="doc" href={url(addresses.document, { id: hand.scanId })}>
              {t('hand-open-scan')}
            </LinkButton>
          ) : (
            <>
              <Pane
                id="print"
                icon="print"
                title={t('hand-print')}
                step={{ number: 1, state: hand.printedAt ? 'met' : 'now' }}
              >
                <p className="sm mut mb-s">{t('hand-print-note')}</p>
                <Form action={action} hidden={{ act: 'print' }}>
                  <Button variant={hand.printedAt ? 'quiet' : 'main'} icon="print">
                    {t('hand-print')}
                  </Button>
                </Form>
              </Pane>
              <Pane
                id="return"
                icon="scan"
                title={t('hand-return')}
                step={{ number: 2, state: hand.printedAt ? 'now' : 'waiting' }}
              >
                <Form action={action} files hidden={{ act: 'return' }}>
                  <FileField
                    name="scan"
                    label={t('hand-scan')}
                    limit={t('hand-limit', { megabytes: mostMegabytes })}
                    fault={faultOf(faults, 'scan')}
                  />
                  <TextField
                    name="code"
                    label={t('hand-code')}
                    hint={t('hand-code-hint')}
                    value={code}
                    fault={faultOf(faults, 'code')}
                    ltr
                    width="mid"
                    maxLength={300}
                  />
                  <Button>{t('hand-save')}</Button>
                </Form>
              </Pane>
              <Note tone="honey" small>
                {t('hand-waiting-note')}
              </Note>
            </>
          )}
        </Stack>
      </Read>
    </StaffLayout>
  )
}
