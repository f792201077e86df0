import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Empty,
  Form,
  faultOf,
  Head,
  KeyValues,
  LongTextField,
  Note,
  Pane,
  PersonName,
  Read,
  Stack,
  StaffLayout,
  Table,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { WordFlag } from '../citizen/contact.tsx'
import { answerComplaint, type Complaint, complaintsFor, getComplaint } from '../complaint.ts'
import { readWords, tidy, wordNumber } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

/** GET: the complaints this reader may read. */
export async function showStaffComplaints(call: Call): Promise<Response> {
  const list = await read(call, tx => complaintsFor(tx, call, call.visitor.actor))
  const title = feedbackText(call.locale, 'staff-complaints')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Complaints list={list} />
    </StaffLayout>,
  )
}

function Complaints({ list }: { list: Complaint[] }) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  const columns: Column<Complaint>[] = [
    {
      id: 'number',
      head: t('complaint-title'),
      heads: true,
      phone: 'line' as const,
      cell: each => (
        <a href={url(addresses.complaint, { id: each.id })}>
          {t('complaint-number', { number: wordNumber(each) })}
        </a>
      ),
    },
    {
      id: 'about',
      head: t('staff-about'),
      cell: each => (each.about.length > 0 ? each.about.map(local).join('، ') : t('staff-nobody')),
    },
    { id: 'from', head: t('staff-from'), cell: each => <PersonName>{each.person}</PersonName> },
    { id: 'state', head: t('staff-state'), cell: each => <WordFlag state={each.state} /> },
    {
      id: 'when',
      head: t('staff-when'),
      phone: 'end' as const,
      dim: true,
      tight: true,
      cell: each => <DateText value={each.filedAt} form="dense" />,
    },
  ]
  return (
    <>
      <Head title={t('staff-complaints')} sub={t('staff-complaints-sub')} />
      {list.length === 0 ? (
        <Empty title={t('staff-complaints-none')} level={2}>
          {t('staff-complaints-none-why')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table caption={t('staff-complaints')} columns={columns} rows={list} rowId={each => each.id} />
        </Pane>
      )}
    </>
  )
}

/** GET: one complaint, with the form that answers it. */
export async function showStaffComplaint(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const complaint = await read(call, async tx => {
    const found = await getComplaint(tx, call, call.visitor.actor, id)
    // Whoever may read a complaint was asked by the one who wrote it.
    await lookInto(
      call,
      tx,
      {
        personId: found.personId,
        subjectKind: 'complaint',
        subjectId: id,
        cause: feedbackText('ar', 'complaint-title'),
      },
      { kind: 'task' },
    )
    return found
  })
  const title = feedbackText(call.locale, 'complaint-number', { number: wordNumber(complaint) })
  return showPage(
    call,
    <StaffLayout title={title} faults={[...faults]}>
      <ComplaintPage
        complaint={complaint}
        title={title}
        typed={name => typedText(call, name)}
        faults={faults}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: answers a complaint and ends it. */
export async function answerStaffComplaint(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const { actor } = call.visitor
  const complaint = await read(call, tx => getComplaint(tx, call, actor, id))
  const words = readWords(typedText(call, 'answer'), 'answer')
  if (!words.ok) return showStaffComplaint(call, [words.fault])
  const answer = await write(call, async tx => {
    await answerComplaint(tx, call, {
      id,
      finding: tidy(typedText(call, 'finding')),
      answer: words.value,
      actor,
    })
    return { redirect: url(call, addresses.complaints) }
  })
  const number = wordNumber(complaint)
  flash(call, { text: feedbackText(call.locale, 'staff-answered', { number }), tone: 'olive' })
  return answer
}

function ComplaintPage({
  complaint,
  title,
  typed,
  faults,
}: {
  complaint: Complaint
  title: string
  typed: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { requestId, requestNumber } = complaint
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.complaints), label: t('staff-complaints') }]} />
      <Head title={title} sub={<WordFlag state={complaint.state} />} />
      <Stack>
        <Pane>
          <KeyValues
            pairs={[
              { term: t('staff-from'), value: <PersonName>{complaint.person}</PersonName> },
              {
                term: t('staff-about'),
                value: complaint.about.length > 0 ? complaint.about.map(local).join('، ') : t('staff-nobody'),
              },
              ...(requestId && requestNumber
                ? [
                    {
                      term: t('staff-request'),
                      value: <a href={url(addresses.officeRequest, { id: requestId })}>{requestNumber}</a>,
                    },
                  ]
                : []),
              { term: t('staff-when'), value: <DateText value={complaint.filedAt} form="full" /> },
            ]}
          />
        </Pane>
        <Pane id="words" title={t('complaint-words')}>
          <Written>{complaint.words}</Written>
        </Pane>
        {complaint.answer ? (
          <Pane id="answer" title={t('complaint-answer')}>
            <Written>{complaint.answer}</Written>
            {complaint.finding && (
              <Note small title={t('staff-finding')}>
                <Written>{complaint.finding}</Written>
              </Note>
            )}
          </Pane>
        ) : (
          <Pane id="answer" title={t('staff-answer')}>
            <Form action={url(addresses.complaint, { id: complaint.id })}>
              <LongTextField
                name="finding"
                label={t('staff-finding')}
                hint={t('staff-finding-hint')}
                optional
                value={typed('finding')}
                maxLength={4000}
              />
              <LongTextField
                name="answer"
                label={t('staff-answer')}
                hint={t('staff-answer-hint')}
                value={typed('answer')}
                maxLength={4000}
                fault={faultOf(faults, 'answer')}
              />
              <Button>{t('staff-answer-send')}</Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
