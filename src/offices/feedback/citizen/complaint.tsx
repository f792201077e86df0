import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  DateText,
  Form,
  Head,
  Note,
  Pane,
  Read,
  Stack,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../ui/index.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type Colleague, colleaguesOn } from '../colleagues.ts'
import { type Complaint, complain, complaintsFor, getComplaint } from '../complaint.ts'
import { ComplaintFields, readComplaint } from '../complaint-form.tsx'
import { wordNumber } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'
import { WordFlag } from './contact.tsx'
import { personOf } from './person.ts'

/** GET: one's complaints with their answers, and the form of a new one. */
export async function showComplaints(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const view = await read(call, async tx => ({
    list: await complaintsFor(tx, call, call.visitor.actor),
    colleagues: await colleaguesOn(tx, dateIn(tx.now, call.town.timeZone)),
  }))
  const title = feedbackText(call.locale, 'complaint-title')
  return showPage(
    call,
    <CitizenLayout title={title} faults={[...faults]} unlisted>
      <Complaints {...view} typed={name => typedText(call, name)} faults={faults} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: a new complaint. */
export async function sendComplaint(call: Call): Promise<Response> {
  const reading = readComplaint(name => typedText(call, name))
  if (!reading.ok) return showComplaints(call, reading.faults)
  let number = ''
  try {
    const { actor } = call.visitor
    const answer = await write(call, async tx => {
      const id = await complain(tx, call, { ...reading.value, personId: personOf(call), actor })
      number = wordNumber(await getComplaint(tx, call, actor, id))
      return { redirect: url(call, addresses.myComplaint) }
    })
    if (number) flash(call, { text: feedbackText(call.locale, 'complaint-sent', { number }), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showComplaints(call, error.faults)
    throw error
  }
}

function Complaints({
  list,
  colleagues,
  typed,
  faults,
}: {
  list: Complaint[]
  colleagues: Colleague[]
  typed: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.myContact), label: t('contact-title') }]} />
      <Head title={t('complaint-title')} />
      <Stack>
        <Note icon="eye">{t('complaint-lead')}</Note>
        <Pane id="new">
          <Form action={url(addresses.myComplaint)}>
            <ComplaintFields colleagues={colleagues} typed={typed} faults={faults} />
            <Button>{t('complaint-send')}</Button>
          </Form>
        </Pane>
        {list.length > 0 && (
          <Pane id="mine" title={t('complaint-mine')}>
            <ul className="lines">
              {list.map(each => (
                <li key={each.id}>
                  <b>{t('complaint-number', { number: wordNumber(each) })}</b>
                  <small className="mut line-note">
                    <WordFlag state={each.state} /> <DateText value={each.filedAt} form="near" />
                  </small>
                  {each.about.length > 0 && (
                    <p className="sm mut">
                      {t('complaint-about', { names: each.about.map(local).join('، ') })}
                    </p>
                  )}
                  {each.answer && (
                    <>
                      <p className="sm mut mt-s">{t('complaint-answer')}</p>
                      <Written>{each.answer}</Written>
                    </>
                  )}
                </li>
              ))}
            </ul>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
