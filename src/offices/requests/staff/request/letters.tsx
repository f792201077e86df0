import { addresses } from '../../../../lib/addresses.ts'
import { Conflict, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import { translate } from '../../../../lib/texts.ts'
import {
  Button,
  DateText,
  Form,
  faultOf,
  Pane,
  type PaneProps,
  Phrases,
  SmsEditor,
  Thread,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { flash, redirect } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { letterField, writeLetter } from '../../letters/acts.ts'
import { longestTold } from '../../letters/told.ts'
import { letterTexts } from '../../letters/words.ts'
import { endedStates } from '../../model.ts'
import { getRequest } from '../../store.ts'
import { rightsOn } from '../rights.ts'
import { type RequestView, standingOf } from './load.ts'
import { type RequestPageProps, showRequest } from './page.tsx'
import { typedOne } from './read-act.ts'
import { actText, actTexts } from './strings.ts'

async function send(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  let held = false
  try {
    const answer = await write(call, async tx => {
      const rights = await rightsOn(tx, call.visitor.actor, id)
      if (!rights['request.act'] || !rights['messages.read']) throw new NotFound('no-such-request')
      const standing = await standingOf(tx, call, id, typedText(call, 'task') || undefined)
      // A copy is read; who writes to people is who works on their request.
      if (standing.task?.purpose === 'information') throw new Conflict('not-yours', { act: 'letter' })
      const phrase = standing.phrases.find(each => each.id === typedText(call, letterField.phrase))?.text
      const text = [phrase, typedText(call, letterField.text).trim()].filter(Boolean).join('\n')
      held = (await writeLetter(tx, call, await getRequest(tx, id, true), call.visitor.actor, { text })).held
      const task = standing.task?.id
      return { redirect: `${url(call, addresses.officeRequest, { id }, { task })}#letters` }
    })
    const said = held ? translate(letterTexts, call.locale, 'held') : actText(call.locale, 'letter-sent')
    flash(call, { text: said, tone: 'olive' })
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
    access: staff('request.act', 'request.read'),
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
  const say = useTexts(letterTexts)
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
  // What was sent back is put right and sent anew.
  const again = letters.find(({ id, state }) => state === 'returned' && id === call.query.again)?.text
  const typed = (shown.act === undefined && typedOne(shown.typed, letterField.text)) || quoted || again || ''
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
            about: <Standing letter={letter} call={call} />,
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
          <SmsEditor
            name={letterField.text}
            label={t('letter-text')}
            hint={say(view.writing?.reviewed ? 'will-arrive-held' : 'will-arrive')}
            rows={3}
            maxLength={2000}
            value={typed}
            fault={shown.act === undefined ? faultOf(shown.faults, letterField.text) : undefined}
            frame={view.writing?.frame}
            price={view.writing?.price}
            tight
          />
          <p className="sm mut mb-s">{say('too-long', { max: longestTold })}</p>
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

/** What became of a letter: of one of ours, how it stands on the telephone and on the portal. */
function Standing({ letter, call }: { letter: RequestView['letters'][number]; call: Call }) {
  const t = useTexts(actTexts)
  const say = useTexts(letterTexts)
  const { url } = usePage()
  if (letter.from.kind === 'citizen') return letter.channel === 'sms' ? say('by-sms') : null
  if (letter.state === 'held') return <b className="warn-c">{say('state-held')}</b>
  if (letter.state === 'returned') {
    const { actor } = call.visitor
    const isMine = actor.kind === 'staff' && actor.staffId === letter.from.id
    const note = letter.note ?? ''
    if (!isMine) return <b className="stop-c">{say('state-returned-other', { note })}</b>
    const again = url(addresses.officeRequest, { id: String(call.params.id) }, { again: letter.id })
    return (
      <>
        <b className="stop-c">{say('state-returned', { note })}</b>{' '}
        <a href={`${again}#letters`}>{say('write-again')}</a>
      </>
    )
  }
  const { sms } = letter
  return (
    <>
      {sms && (
        <span className={toneOf[sms.state]}>
          {say(`sent-${sms.state}`)} <DateText value={sms.at} form="moment" />
          {' \u00b7 '}
        </span>
      )}
      {t(letter.readAt ? 'letter-read' : 'letter-unread')}
    </>
  )
}

const toneOf: Partial<Record<NonNullable<RequestView['letters'][number]['sms']>['state'], string>> = {
  delivered: 'ok-c',
  failed: 'stop-c',
  uncertain: 'warn-c',
  unaddressed: 'warn-c',
}
