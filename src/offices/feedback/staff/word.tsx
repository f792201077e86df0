import { addresses } from '../../../lib/addresses.ts'
import { dateIn } from '../../../lib/calendar.ts'
import { type Fault, InvalidInput } from '../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  Crumbs,
  Form,
  faultOf,
  Head,
  Note,
  Pane,
  Read,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { getPerson } from '../../people/index.ts'
import { type Colleague, colleaguesOn } from '../colleagues.ts'
import { complain } from '../complaint.ts'
import { ComplaintFields, readComplaint } from '../complaint-form.tsx'
import { openContact } from '../contact.ts'
import { readWords } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

/** GET: what somebody at the window has to say to the management, or about somebody. */
export async function showWord(call: Call, faults: readonly Fault[] = []): Promise<Response> {
  const personId = idParam(call, 'person')
  const view = await read(call, async tx => {
    await lookInto(call, tx, {
      personId,
      subjectKind: 'person',
      subjectId: personId,
      cause: feedbackText('ar', 'contact-title'),
    })
    return {
      name: (await getPerson(tx, personId)).displayName,
      colleagues: await colleaguesOn(tx, dateIn(tx.now, call.town.timeZone)),
    }
  })
  const title = feedbackText(call.locale, 'word-title', { name: view.name })
  return showPage(
    call,
    <StaffLayout title={title} faults={[...faults]}>
      <Word {...view} id={personId} title={title} typed={name => typedText(call, name)} faults={faults} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: writes it down in the person's name. */
export async function saveWord(call: Call): Promise<Response> {
  const personId = idParam(call, 'person')
  const typed = (name: string) => typedText(call, name)
  const { actor } = call.visitor
  const complains = typed('kind') === 'complaint'
  const subject = readWords(typed('subject') || feedbackText('ar', 'contact-title'), 'subject', 120)
  const words = readWords(typed('words'), 'words')
  const complaint = readComplaint(typed)
  if (complains && !complaint.ok) return showWord(call, complaint.faults)
  if (!complains && !words.ok) return showWord(call, [words.fault])
  try {
    const answer = await write(call, async tx => {
      // Somebody of another town, or nobody, is not there to have said anything.
      await getPerson(tx, personId)
      if (complains && complaint.ok) await complain(tx, call, { ...complaint.value, personId, actor })
      else if (words.ok && subject.ok)
        await openContact(tx, call, { personId, subject: subject.value, words: words.value, actor })
      return { redirect: url(call, addresses.counterPerson, { person: personId }) }
    })
    flash(call, { text: feedbackText(call.locale, 'word-saved'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showWord(call, error.faults)
    throw error
  }
}

function Word({
  id,
  title,
  colleagues,
  typed,
  faults,
}: {
  id: string
  title: string
  colleagues: Colleague[]
  typed: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const { url } = usePage()
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.counterPerson, { person: id }), label: title }]} />
      <Head title={title} />
      <Stack>
        <Note small>{t('word-note')}</Note>
        <Pane>
          <Form action={url(addresses.counterWord, { person: id })}>
            <ChoiceField
              name="kind"
              label={t('word-kind')}
              value={typed('kind') || 'contact'}
              columns={2}
              options={[
                { value: 'contact', label: t('word-contact') },
                { value: 'complaint', label: t('word-complaint') },
              ]}
            />
            <TextField
              name="subject"
              label={t('contact-subject')}
              optional
              value={typed('subject')}
              maxLength={120}
              fault={faultOf(faults, 'subject')}
            />
            <ComplaintFields colleagues={colleagues} typed={typed} faults={faults} />
            <Button>{t('word-save')}</Button>
          </Form>
        </Pane>
      </Stack>
    </Read>
  )
}
