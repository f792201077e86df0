import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import {
  Button,
  DateText,
  Form,
  faultOf,
  LongTextField,
  Pane,
  type PaneProps,
  Phrases,
  Thread,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { letterField, writeLetter } from '../../letters/acts.ts'
import { endedStates } from '../../model.ts'
import { getRequest } from '../../store.ts'
import { rightsOn } from '../rights.ts'
import { type RequestView, standingOf } from './load.ts'
import { type RequestPageProps, showRequest } from './page.tsx'
import { typedOne } from './read-act.ts'
import { actText, actTexts } from './strings.ts'

async function send(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  try {
    const answer = await write(call, async tx => {
      const rights = await rightsOn(tx, call.visitor.actor, id)
      if (!rights['request.act'] || !rights['messages.read']) throw new NotFound('no-such-request')
      const standing = await standingOf(tx, call, id, typedText(call, 'task') || undefined)
      // A copy is read; who writes to people is who works on their request.
      if (standing.task?.purpose === 'information') throw new Conflict('not-yours', { act: 'letter' })
      const phrase = standing.phrases.find(each => each.id === typedText(call, letterField.phrase))?.text
      const text = [phrase, typedText(call, letterField.text).trim()].filter(Boolean).join('\n')
      await writeLetter(tx, call, await getRequest(tx, id, true), call.visitor.actor, { text })
      const task = standing.task?.id
      return { redirect: `${url(call, addresses.officeRequest, { id }, { task })}#letters` }
    })
    flash(call, { text: actText(call.locale, 'letter-sent'), tone: 'olive' })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) {
      return showRequest(call, id, { typed: call.typed, faults: error.faults, status: 422 })
    }
    if (error instanceof Conflict && (error.code === 'request-ended' || error.code === 'not-yours')) {
      return showRequest(call, id, { typed: call.typed, refusal: error.code, status: 409 })
    }
    throw error
  }
}

/** What the town writes to the applicant in a request. */
export const letterRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.officeLetters,
    access: staff('request.act'),
    audit: acts('request.letter-written'),
    handle: send,
  }),
  route({
    method: 'get',
    address: addresses.officeLetters,
    access: staff('request.read'),
    audit: nothing('leads on to the request'),
    handle: call => redirect(url(call, addresses.officeRequest, { id: idParam(call, 'id') })),
  }),
]

/** The conversation with the applicant, and the box that writes. */
export function Letters({ view, shown, call, order }: RequestPageProps & { order: PaneProps['order'] }) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { request, letters, rights, task } = view
  if (!rights['messages.read']) return null
  const writes =
    rights['request.act'] &&
    task?.purpose !== 'information' &&
    !endedStates.includes(request.projection.state)
  if (letters.length === 0 && !writes) return null
  const nameOf = ({ from }: RequestView['letters'][number]) => {
    if (from.kind === 'citizen') return view.people.get(from.id)?.displayName ?? view.applicant.displayName
    const member = view.names.get(from.id)
    return member ? local(member.name) : t('somebody')
  }
  // A note of the staff reaches the applicant only as words somebody sends.
  const quoted = view.notes.find(({ id }) => id === call.query.letter)?.text
  const typed = (shown.act === undefined && typedOne(shown.typed, letterField.text)) || quoted || ''
  return (
    <Pane
      id="letters"
      icon="chat"
      title={t('letters')}
      end={request.unread?.town ? <b className="glass-c">{t('letters-new')}</b> : undefined}
      order={order}
    >
      {letters.length > 0 && (
        <Thread
          items={letters.map(letter => ({
            id: letter.id,
            from: nameOf(letter),
            when: <DateText value={letter.at} form="moment" />,
            about:
              letter.from.kind === 'staff' ? t(letter.readAt ? 'letter-read' : 'letter-unread') : undefined,
            mine: letter.from.kind === 'staff',
            text: letter.text,
            file: letter.documentId
              ? { href: url(addresses.document, { id: letter.documentId }), label: t('letter-file') }
              : undefined,
          }))}
        />
      )}
      {writes && (
        <Form action={url(addresses.officeLetters, { id: request.id })} hidden={{ task: task?.id }}>
          <LongTextField
            name={letterField.text}
            label={t('letter-text')}
            hint={t('letter-hint')}
            rows={2}
            maxLength={2000}
            value={typed}
            fault={shown.act === undefined ? faultOf(shown.faults, letterField.text) : undefined}
            tight
          />
          {view.phrases.length > 0 && (
            <details className="mb-s">
              <summary className="sm">{t('letter-phrases')}</summary>
              <Phrases
                phrases={view.phrases}
                field={letterField.text}
                name={letterField.phrase}
                value={typedOne(shown.typed, letterField.phrase)}
                manage={url(addresses.myDesk)}
                unkeyed
              />
            </details>
          )}
          <Button variant="quiet" icon="go">
            {t('letter-send')}
          </Button>
        </Form>
      )}
    </Pane>
  )
}
