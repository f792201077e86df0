import { addresses } from '../../../lib/addresses.ts'
import { type Fault, InvalidInput, NotFound } from '../../../lib/errors.ts'
import type { Read } from '../../../platform/database/index.ts'
import {
  Button,
  Columns,
  Crumbs,
  DateText,
  Form,
  faultOf,
  Head,
  KeyValues,
  LinkButton,
  LongTextField,
  Money,
  Note,
  type Pair,
  Pane,
  PersonName,
  Row,
  Stack,
  StaffLayout,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { draftOutput, findingsOf, requestNumber } from '../../requests/index.ts'
import { sendBack } from './act.ts'
import { loadSheet, type Sheet } from './sheet.ts'
import { signingText, signingTexts, whyKey } from './strings.ts'

/** GET: one paper, to be read before it is signed. */
export async function showPaper(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const sheet = await read(call, tx => toSign(call, tx))
  return showPage(
    call,
    <Paper sheet={sheet} faults={faults} note={typedText(call, 'note')} />,
    faults.length > 0 ? 422 : 200,
  )
}

/** The paper that lies with whoever asks: that it waits for them is why they look. */
async function toSign(call: Call, tx: Read): Promise<Sheet> {
  const sheet = await loadSheet(tx, call, idParam(call, 'id'))
  if (!sheet) throw new NotFound('nothing-to-sign')
  const { id: requestId, applicantId: personId } = sheet.request
  const seen = { personId, requestId, subjectKind: 'request', subjectId: requestId }
  await lookInto(call, tx, { ...seen, cause: signingText('ar', 'title') }, { kind: 'task' })
  return sheet
}

/** GET: the document as it would be set if it were signed now. */
export async function showDraft(call: Call): Promise<Response> {
  const pdf = await read(call, async tx => {
    const { request, service, paper, signatory, values } = await toSign(call, tx)
    return draftOutput(tx, call, { request, service, output: paper.outputId, signer: signatory, values })
  })
  return new Response(new Uint8Array(pdf), {
    headers: {
      'content-type': 'application/pdf',
      'content-disposition': 'inline; filename="draft.pdf"',
      'cache-control': 'private, no-store',
      'x-content-type-options': 'nosniff',
    },
  })
}

/** POST: back to whoever did the step before, with a word. */
export async function sendPaperBack(call: Call): Promise<Response> {
  const requestId = idParam(call, 'id')
  const note = typedText(call, 'note')
  const sheet = await read(call, tx => loadSheet(tx, call, requestId))
  try {
    const answer = await write(call, async tx => {
      await sendBack(tx, call, call.visitor.actor, { requestId, note })
      return { redirect: url(call, addresses.sign) }
    })
    const number = sheet ? requestNumber(sheet.request) : ''
    flash(call, { text: signingText(call.locale, 'sent-back', { number }), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput && sheet) return showPaper(call, error.faults)
    throw error
  }
}

function Paper({ sheet, faults, note }: { sheet: Sheet; faults: readonly Fault[]; note: string }) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const { url, locale } = usePage()
  const { paper, request, service } = sheet
  const title = t('paper', { output: local(paper.output), number: requestNumber(paper) })
  const findings = findingsOf(service, request.projection.stepFields, locale)
  return (
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ href: url(addresses.sign), label: t('back-list') }]} />
      <Head title={title} sub={<PersonName>{paper.applicant}</PersonName>} />
      <Columns side={<Decide sheet={sheet} faults={faults} note={note} />}>
        <Stack>
          {!sheet.judged.ok && <Note tone="sumac">{t(whyKey(sheet.judged.code))}</Note>}
          {sheet.judged.ok && sheet.judged.deputy && <Note tone="honey">{t('on-behalf')}</Note>}
          {paper.note && (
            <Note title={paper.from ? t('with-word', { name: local(paper.from) }) : t('with-words')}>
              <Written>{paper.note}</Written>
            </Note>
          )}
          <Pane>
            <Facts sheet={sheet} />
          </Pane>
          <Pane id="document" title={t('read-title')}>
            <p className="sm mut mb-s">{t('read-hint')}</p>
            <LinkButton variant="quiet" icon="doc" newTab href={url(addresses.signDraft, { id: request.id })}>
              {t('read')}
            </LinkButton>
            <iframe
              className="draft-paper mt-s"
              src={url(addresses.signDraft, { id: request.id })}
              title={t('read-title')}
              loading="lazy"
            />
          </Pane>
          {request.frozen[locale].map((page, place) => (
            <Pane key={page.page} id={`answers-${place}`} title={page.page} pad={false}>
              <KeyValues
                kind="answers"
                pad
                pairs={page.items.map(({ label, value }) => ({ term: label, value: <bdi>{value}</bdi> }))}
              />
            </Pane>
          ))}
          {findings.length > 0 && (
            <Pane id="findings" title={t('findings')} pad={false}>
              {findings.map(({ page, items }) => (
                <KeyValues
                  key={page}
                  kind="answers"
                  pad
                  pairs={items.map(({ label, value }) => ({ term: label, value }))}
                />
              ))}
            </Pane>
          )}
          <Notes sheet={sheet} />
          <Papers sheet={sheet} />
        </Stack>
      </Columns>
    </StaffLayout>
  )
}

function Facts({ sheet: { paper, service, amounts, form } }: { sheet: Sheet }) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const pairs: Pair[] = [
    { term: t('request', { number: requestNumber(paper) }), value: local(service.definition.name) },
    { term: t('applicant'), value: <PersonName>{paper.applicant}</PersonName> },
    {
      term: t('amount'),
      value:
        amounts.length === 0
          ? t('amount-none')
          : amounts.map(sum => <Money key={sum.currency} value={sum} />),
    },
    { term: t('form'), value: t(`form-${form}`) },
    { term: t('since'), value: <DateText value={paper.openedAt} form="moment" /> },
    ...(paper.dueAt ? [{ term: t('due'), value: <DateText value={paper.dueAt} form="moment" /> }] : []),
  ]
  return <KeyValues pairs={pairs} />
}

/** What was written on the way, as on the paper file. */
function Notes({ sheet: { actions, names } }: { sheet: Sheet }) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const written = actions.filter(({ note }) => note !== undefined)
  if (written.length === 0) return null
  return (
    <Pane id="notes" title={t('notes')}>
      <ul className="lines">
        {written.map(action => {
          const writer = names.get(action.actor.id)
          return (
            <li key={action.seq}>
              <Written>{action.note ?? ''}</Written>
              <small className="mut line-note">
                {writer && <PersonName>{local(writer.name)}</PersonName>}{' '}
                <DateText value={action.at} form="moment" />
              </small>
            </li>
          )
        })}
      </ul>
    </Pane>
  )
}

function Papers({ sheet: { papers, service } }: { sheet: Sheet }) {
  const t = useTexts(signingTexts)
  const local = useLocalized()
  const { url } = usePage()
  if (papers.length === 0) return null
  const named = new Map(service.definition.papers.map(each => [each.id, local(each.name)]))
  return (
    <Pane id="papers" title={t('papers')}>
      <ul className="lines">
        {papers.map(paper => (
          <li key={`${paper.paperId} ${paper.documentId}`}>
            <a href={url(addresses.document, { id: paper.documentId })}>
              {named.get(paper.paperId) ?? paper.fileName}
            </a>
          </li>
        ))}
      </ul>
    </Pane>
  )
}

function Decide({ sheet, faults, note }: { sheet: Sheet; faults: readonly Fault[]; note: string }) {
  const t = useTexts(signingTexts)
  const { url } = usePage()
  const { id } = sheet.request
  return (
    <>
      {sheet.judged.ok && (
        <Form action={url(addresses.signConfirm)} hidden={{ requests: id }}>
          <Button icon="cert" full big hotkey="KeyA">
            {t('sign-one')}
          </Button>
        </Form>
      )}
      <Pane id="back" title={t('send-back')} icon="turn">
        <Form action={url(addresses.signBack, { id })}>
          <LongTextField
            name="note"
            label={t('back-note')}
            hint={t('back-hint')}
            value={note}
            maxLength={2000}
            fault={faultOf(faults, 'note')}
          />
          <Row>
            <Button variant="stop" icon="turn">
              {t('back-verb')}
            </Button>
          </Row>
        </Form>
      </Pane>
    </>
  )
}
