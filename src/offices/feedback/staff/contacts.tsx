import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  type Column,
  Crumbs,
  DateText,
  Empty,
  FilterBar,
  Form,
  faultOf,
  Head,
  LongTextField,
  Pane,
  PersonName,
  Read,
  Stack,
  StaffLayout,
  Table,
  Thread,
  useLocalized,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { lookInto } from '../../looks/index.ts'
import { type StaffMember, staffById } from '../../people/index.ts'
import { WordFlag } from '../citizen/contact.tsx'
import { type Contact, type ContactWord, closeContact, contactsFor, getContact, sayMore } from '../contact.ts'
import { readWords, wordNumber } from '../model.ts'
import { feedbackText, feedbackTexts } from '../strings.ts'

/** GET: messages to the management; those that wait first. */
export async function showStaffContacts(call: Call): Promise<Response> {
  const which = call.query.all === '1' ? 'all' : 'open'
  const list = await read(call, tx => contactsFor(tx, which))
  const title = feedbackText(call.locale, 'staff-contacts')
  return showPage(
    call,
    <StaffLayout title={title}>
      <Contacts list={list} which={which} />
    </StaffLayout>,
  )
}

function Contacts({ list, which }: { list: Contact[]; which: 'open' | 'all' }) {
  const t = useTexts(feedbackTexts)
  const { url } = usePage()
  const columns: Column<Contact>[] = [
    {
      id: 'subject',
      head: t('staff-subject'),
      heads: true,
      phone: 'line' as const,
      cell: each => (
        <a href={url(addresses.contact, { id: each.id })}>
          <bdi>{each.subject}</bdi>
        </a>
      ),
    },
    { id: 'from', head: t('staff-from'), cell: each => <PersonName>{each.person}</PersonName> },
    { id: 'state', head: t('staff-state'), cell: each => <WordFlag state={each.state} /> },
    {
      id: 'when',
      head: t('staff-when'),
      phone: 'end' as const,
      dim: true,
      tight: true,
      cell: each => <DateText value={each.movedAt} form="dense" />,
    },
  ]
  return (
    <>
      <Head title={t('staff-contacts')} />
      <FilterBar
        chips={[
          { label: t('staff-contacts-open'), href: url(addresses.contacts), on: which === 'open' },
          {
            label: t('staff-contacts-all'),
            href: url(addresses.contacts, {}, { all: 1 }),
            on: which === 'all',
          },
        ]}
      />
      {list.length === 0 ? (
        <Empty title={t('staff-contacts-none')} level={2}>
          {t('staff-contacts-none-why')}
        </Empty>
      ) : (
        <Pane pad={false}>
          <Table caption={t('staff-contacts')} columns={columns} rows={list} rowId={each => each.id} />
        </Pane>
      )}
    </>
  )
}

/** GET: one message, with the box that answers it. */
export async function showStaffContact(call: Call, faults: Fault[] = []): Promise<Response> {
  const id = idParam(call, 'id')
  const view = await read(call, async tx => {
    const found = await getContact(tx, call.visitor.actor, id)
    // They wrote to whoever reads it here.
    await lookInto(
      call,
      tx,
      {
        personId: found.contact.personId,
        subjectKind: 'contact',
        subjectId: id,
        cause: feedbackText('ar', 'contact-title'),
      },
      { kind: 'task' },
    )
    const writers = found.words.filter(({ byKind }) => byKind === 'staff').map(({ byId }) => byId)
    return { ...found, names: await staffById(tx, writers) }
  })
  return showPage(
    call,
    <StaffLayout title={view.contact.subject} faults={faults}>
      <ContactPage {...view} typed={typedText(call, 'text')} faults={faults} />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: answers a message, or closes it. */
export async function answerStaffContact(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  const { actor } = call.visitor
  const closes = typedText(call, 'act') === 'close'
  const words = readWords(typedText(call, 'text'), 'text')
  if (!closes && !words.ok) return showStaffContact(call, [words.fault])
  const { contact } = await read(call, tx => getContact(tx, actor, id))
  const answer = await write(call, async tx => {
    if (closes) await closeContact(tx, id, actor)
    else if (words.ok) await sayMore(tx, call, id, words.value, actor)
    return { redirect: url(call, addresses.contacts) }
  })
  const number = wordNumber(contact)
  flash(call, {
    text: feedbackText(call.locale, closes ? 'staff-closed' : 'staff-replied', { number }),
    tone: 'olive',
  })
  return answer
}

function ContactPage({
  contact,
  words,
  names,
  typed,
  faults,
}: {
  contact: Contact
  words: ContactWord[]
  names: Map<string, StaffMember>
  typed: string
  faults: Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  const { url } = usePage()
  const action = url(addresses.contact, { id: contact.id })
  return (
    <Read>
      <Crumbs links={[{ href: url(addresses.contacts), label: t('staff-contacts') }]} />
      <Head
        title={<bdi>{contact.subject}</bdi>}
        sub={
          <span className="row">
            <PersonName>{contact.person}</PersonName>
            <span>{t('contact-number', { number: wordNumber(contact) })}</span>
            <WordFlag state={contact.state} />
          </span>
        }
      />
      <Stack>
        <Thread
          items={words.map(each => {
            const member = names.get(each.byId)
            return {
              id: String(each.seq),
              from: <PersonName>{member ? local(member.name) : contact.person}</PersonName>,
              when: <DateText value={each.at} form="moment" />,
              mine: each.byKind === 'staff',
              text: each.words,
            }
          })}
        />
        {contact.state !== 'closed' && (
          <Pane id="reply" title={t('staff-reply')}>
            <Form action={action}>
              <LongTextField
                name="text"
                label={t('staff-reply')}
                labelHidden
                hint={t('staff-reply-hint')}
                value={typed}
                rows={5}
                maxLength={4000}
                fault={faultOf(faults, 'text')}
              />
              <Button hotkey="Ctrl+Enter">{t('staff-reply-send')}</Button>
            </Form>
            <Form action={action} hidden={{ act: 'close' }} inline>
              <Button variant="plain">{t('staff-close')}</Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </Read>
  )
}
