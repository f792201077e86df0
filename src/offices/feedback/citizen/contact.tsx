import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  CitizenLayout,
  Crumbs,
  DateText,
  Flag,
  Form,
  faultOf,
  Head,
  HowLink,
  LongTextField,
  Note,
  Pane,
  Read,
  Reply,
  Stack,
  TextField,
  Thread,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { type Contact, type ContactWord, contactsOf, getContact, openContact, sayMore } from '../contact.ts'
import { readWords, type WordState, wordNumber } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'
import { personOf } from './person.ts'

const longestSubject = 120

/** GET: what this person wrote to the management, and the form of a new message. */
export async function showContacts(call: Call, faults: Fault[] = []): Promise<Response> {
  const list = await read(call, tx => contactsOf(tx, personOf(call)))
  const typed = { subject: typedText(call, 'subject'), words: typedText(call, 'words') }
  const title = feedbackText(call.locale, 'contact-title')
  return showPage(
    call,
    <CitizenLayout title={title} faults={faults} unlisted>
      <Contacts list={list} typed={typed} faults={faults} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: a new message. */
export async function sendContact(call: Call): Promise<Response> {
  const subject = readWords(typedText(call, 'subject'), 'subject', longestSubject)
  const words = readWords(typedText(call, 'words'), 'words')
  if (!subject.ok || !words.ok)
    return showContacts(call, [...(subject.ok ? [] : [subject.fault]), ...(words.ok ? [] : [words.fault])])
  let number = ''
  const answer = await write(call, async tx => {
    const { actor } = call.visitor
    const input = { personId: personOf(call), subject: subject.value, words: words.value, actor }
    const id = await openContact(tx, call, input)
    number = wordNumber((await getContact(tx, actor, id)).contact)
    return { redirect: url(call, addresses.myContactThread, { id }) }
  })
  if (number) flash(call, { text: feedbackText(call.locale, 'contact-sent', { number }), tone: 'olive' })
  return answer
}

/** GET: one message with its answers. */
export async function showThread(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const { contact, words } = await read(call, tx => getContact(tx, call.visitor.actor, id))
  return showPage(
    call,
    <CitizenLayout title={contact.subject} faults={faults} unlisted>
      <ThreadPage contact={contact} words={words} value={typedText(call, 'text')} />
    </CitizenLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: another word of the writer's. */
export async function sendMore(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const words = readWords(typedText(call, 'text'), 'text')
  if (!words.ok) return showThread(call, [words.fault])
  return write(call, async tx => {
    await sayMore(tx, call, id, words.value, call.visitor.actor)
    return { redirect: url(call, addresses.myContactThread, { id }) }
  })
}

const looks = {
  open: { icon: 'clock', tone: 'honey' },
  answered: { icon: 'ok', tone: 'olive' },
  closed: { icon: 'no' },
} as const

export function WordFlag({ state }: { state: WordState }) {
  const t = useTexts(feedbackTexts)
  return <Flag {...looks[state]}>{t(`state-${state}`)}</Flag>
}

function Contacts({
  list,
  typed,
  faults,
}: {
  list: Contact[]
  typed: { subject: string; words: string }
  faults: Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const { url } = usePage()
  return (
    <Read>
      <Head title={t('contact-title')} sub={t('contact-lead')} />
      <HowLink topic="word" />
      <Stack>
        {list.length > 0 && (
          <Pane id="mine" title={t('contact-mine')}>
            <ul className="lines">
              {list.map(each => (
                <li key={each.id}>
                  <a href={url(addresses.myContactThread, { id: each.id })}>
                    <bdi>{each.subject}</bdi>
                  </a>
                  <small className="mut line-note">
                    <WordFlag state={each.state} /> <DateText value={each.movedAt} form="near" />
                  </small>
                </li>
              ))}
            </ul>
          </Pane>
        )}
        <Pane id="new" icon="chat" title={t('contact-new')}>
          <Form action={url(addresses.myContact)}>
            <TextField
              name="subject"
              label={t('contact-subject')}
              value={typed.subject}
              maxLength={longestSubject}
              fault={faultOf(faults, 'subject')}
            />
            <LongTextField
              name="words"
              label={t('contact-words')}
              value={typed.words}
              rows={6}
              maxLength={4000}
              fault={faultOf(faults, 'words')}
            />
            <Button>{t('contact-send')}</Button>
          </Form>
        </Pane>
        <p className="sm">
          {t('contact-complaint')} <a href={url(addresses.myComplaint)}>{t('contact-complaint-link')}</a>
        </p>
      </Stack>
    </Read>
  )
}

function ThreadPage({ contact, words, value }: { contact: Contact; words: ContactWord[]; value: string }) {
  const t = useTexts(feedbackTexts)
  const { url } = usePage()
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.myContact), label: t('contact-mine') }]} />
      <Head
        title={<bdi>{contact.subject}</bdi>}
        sub={
          <span className="row">
            <WordFlag state={contact.state} />
            <span>{t('contact-number', { number: wordNumber(contact) })}</span>
          </span>
        }
      />
      <Thread
        items={words.map(each => ({
          id: String(each.seq),
          from: t(each.byKind === 'staff' && contact.personId !== each.byId ? 'contact-town' : 'contact-you'),
          when: <DateText value={each.at} form="moment" />,
          mine: each.byKind === 'citizen',
          text: each.words,
        }))}
      />
      {contact.state === 'closed' ? (
        <Note small>{t('contact-closed')}</Note>
      ) : (
        <Reply
          action={url(addresses.myContactThread, { id: contact.id })}
          value={value}
          placeholder={t('contact-more')}
        />
      )}
    </Read>
  )
}
