import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import { Conflict, InvalidInput, NotFound } from '../../../../lib/errors.ts'
import type { Write } from '../../../../platform/database/transaction.ts'
import {
  Button,
  DateText,
  Form,
  faultOf,
  LinkButton,
  LongTextField,
  Num,
  NumberField,
  Row,
  SelectField,
  useLocalized,
  usePage,
  useTexts,
  Written,
} from '../../../../ui/index.ts'
import { type Call, idParam, typedText, url, write } from '../../../../web/call.ts'
import { redirect } from '../../../../web/page.tsx'
import { acts, nothing, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import { addNote, type PageNote, removeNote } from '../../notes/store.ts'
import { type AttachedPaper, papersOf } from '../../papers.ts'
import { auditActorOf, staffActor } from '../desk/rights.ts'
import { type RequestView, type Standing, standingOf } from './load.ts'
import { type Shown, showRequest } from './page.tsx'
import { typedOne } from './read-act.ts'
import { actTexts } from './strings.ts'

/** Names of a note's fields. */
export const noteField = {
  document: 'note.document',
  page: 'note.page',
  place: 'note.place',
  x: 'note.x',
  y: 'note.y',
  text: 'note.text',
} as const

/** Where on a page, for who does not point: thousandths from the top left corner. */
const places = {
  'top-right': [880, 80],
  top: [500, 80],
  'top-left': [120, 80],
  right: [880, 500],
  middle: [500, 500],
  left: [120, 500],
  'bottom-right': [880, 920],
  bottom: [500, 920],
  'bottom-left': [120, 920],
} as const
type PlaceName = keyof typeof places
const placeNames = Object.keys(places) as PlaceName[]

/** The paper under a note, for whoever works on the request: a copy is read, and not written on. */
async function paperToNote(
  tx: Write,
  call: Call,
  requestId: string,
): Promise<{ standing: Standing; papers: AttachedPaper[] }> {
  const standing = await standingOf(tx, call, requestId, typedText(call, 'task') || undefined)
  if (!standing.rights['paper.read'] || !standing.rights['request.act']) throw new NotFound('no-such-request')
  if (!standing.task || standing.task.purpose === 'information')
    throw new Conflict('not-yours', { act: 'note' })
  return { standing, papers: await papersOf(tx, requestId) }
}

async function take(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  try {
    return await write(call, async tx => {
      const { standing, papers } = await paperToNote(tx, call, id)
      const documentId = typedText(call, noteField.document)
      const paper = papers.find(each => each.documentId === documentId)
      if (!paper) throw new NotFound('no-such-paper')
      const actor = auditActorOf(staffActor(call.visitor.actor))
      const noteId = await addNote(
        tx,
        id,
        {
          ...{ documentId, ...pointOf(call), text: typedText(call, noteField.text) },
          page: Number(toWesternDigits(typedText(call, noteField.page)).trim() || '1'),
          by: { id: actor.id, office: standing.task?.office },
        },
        paper.pages ?? 1,
      )
      await record(tx, {
        actor: { ...actor, office: standing.task?.office },
        act: 'request.page-noted',
        subjectKind: 'document',
        subjectId: documentId,
        personId: standing.request.applicantId,
        requestId: id,
        cause: noteId,
      })
      const query = { task: standing.task?.id, document: documentId }
      return { redirect: `${url(call, addresses.officeRequest, { id }, query)}#papers` }
    })
  } catch (error) {
    if (error instanceof InvalidInput) {
      return showRequest(call, id, { typed: call.typed, faults: error.faults, status: 422 })
    }
    if (error instanceof Conflict && error.code === 'not-yours') {
      return showRequest(call, id, { typed: call.typed, refusal: error.code, status: 409 })
    }
    throw error
  }
}

/** Where the officer pointed, or the part of the page they named. */
function pointOf(call: Call): { x: number; y: number } {
  const [x, y] = [typedText(call, noteField.x), typedText(call, noteField.y)]
  if (/^\d{1,4}$/.test(x) && /^\d{1,4}$/.test(y)) return { x: Number(x), y: Number(y) }
  const named = placeNames.find(name => name === typedText(call, noteField.place))
  const [across, down] = places[named ?? 'middle']
  return { x: across, y: down }
}

async function takeOff(call: Call): Promise<Response> {
  const id = idParam(call, 'id')
  return write(call, async tx => {
    const { standing } = await paperToNote(tx, call, id)
    const actor = auditActorOf(staffActor(call.visitor.actor))
    await removeNote(tx, id, idParam(call, 'note'), actor.id)
    await record(tx, {
      actor,
      act: 'request.page-note-removed',
      subjectKind: 'request',
      subjectId: id,
      personId: standing.request.applicantId,
      requestId: id,
      cause: idParam(call, 'note'),
    })
    const query = { task: standing.task?.id, document: typedText(call, noteField.document) || undefined }
    return { redirect: `${url(call, addresses.officeRequest, { id }, query)}#papers` }
  })
}

const again = (address: Route['address']): Route =>
  route({
    method: 'get',
    address,
    access: staff('request.read'),
    audit: nothing('leads on to the request'),
    handle: call => redirect(url(call, addresses.officeRequest, { id: idParam(call, 'id') })),
  })

/** Notes on the pages of papers. */
export const noteRoutes: Route[] = [
  route({
    method: 'post',
    address: addresses.officeNotes,
    access: staff('request.act'),
    audit: acts('request.page-noted'),
    handle: take,
  }),
  again(addresses.officeNotes),
  route({
    method: 'post',
    address: addresses.officeNoteRemove,
    access: staff('request.act'),
    audit: acts('request.page-note-removed'),
    handle: takeOff,
  }),
  again(addresses.officeNoteRemove),
]

/** The notes of one paper under its pages, and the box for another. */
export function Notes({
  view,
  paper,
  shown,
  readOnly,
}: {
  view: RequestView
  paper: AttachedPaper
  shown: Shown
  readOnly?: boolean
}) {
  const t = useTexts(actTexts)
  const { url } = usePage()
  const notes = view.notes.filter(({ documentId }) => documentId === paper.documentId)
  const writes =
    !readOnly && view.rights['request.act'] && view.task !== undefined && view.task.purpose !== 'information'
  if (notes.length === 0 && !writes) return null
  const typed = typedOne(shown.typed, noteField.document) === paper.documentId ? shown.typed : {}
  const hasFault = (shown.faults ?? []).some(({ field }) => field.startsWith('note.'))
  return (
    <div className="pad bound">
      {notes.length > 0 && (
        <ol className="notes">
          {notes.map((note, place) => (
            <Note key={note.id} view={view} note={note} number={place + 1} removable={writes} />
          ))}
        </ol>
      )}
      {writes && (
        <details className="note-form" open={hasFault} data-note-form="">
          <summary className="sm">{t('note-on-page')}</summary>
          <Form
            action={url(addresses.officeNotes, { id: view.request.id })}
            hidden={{
              task: view.task?.id,
              [noteField.document]: paper.documentId,
              [noteField.x]: typedOne(typed, noteField.x),
              [noteField.y]: typedOne(typed, noteField.y),
            }}
            label={t('note-on-page')}
          >
            <LongTextField
              name={noteField.text}
              label={t('note-text')}
              hint={t('note-hint')}
              rows={2}
              maxLength={1000}
              value={typedOne(typed, noteField.text)}
              fault={faultOf(shown.faults, noteField.text)}
              tight
            />
            <Row>
              {(paper.pages ?? 1) > 1 && (
                <NumberField
                  name={noteField.page}
                  label={t('note-page')}
                  value={typedOne(typed, noteField.page) || '1'}
                  fault={faultOf(shown.faults, noteField.page)}
                  tight
                />
              )}
              <SelectField
                name={noteField.place}
                label={t('note-place')}
                options={placeNames.map(name => ({ value: name, label: t(`place-${name}`) }))}
                none={t('place-pointed')}
                value={typedOne(typed, noteField.place)}
                fault={faultOf(shown.faults, noteField.place)}
                tight
              />
            </Row>
            <Button variant="quiet" icon="pin">
              {t('note-add')}
            </Button>
          </Form>
        </details>
      )}
    </div>
  )
}

function Note({
  view,
  note,
  number,
  removable,
}: {
  view: RequestView
  note: PageNote
  number: number
  removable: boolean
}) {
  const t = useTexts(actTexts)
  const local = useLocalized()
  const { url } = usePage()
  const member = view.names.get(note.by.id)
  const office = note.by.office === undefined ? undefined : view.offices.get(note.by.office)
  const name = member ? local(member.name) : t('somebody')
  const isMine = view.who.kind === 'staff' && view.who.staffId === note.by.id
  return (
    <li>
      <span className="pin-no">
        <Num>{number}</Num>
      </span>
      <div>
        <Written>{note.text}</Written>
        <p className="xs mut">
          {office ? t('who-at', { name, office: local(office.name) }) : name} ·{' '}
          <DateText value={note.at} form="moment" /> · {t('note-on', { page: note.page })}
        </p>
      </div>
      {removable && (
        <Row>
          {view.rights['messages.read'] && (
            <LinkButton
              variant="plain"
              icon="chat"
              href={`${url(addresses.officeRequest, { id: view.request.id }, { task: view.task?.id, document: note.documentId, letter: note.id })}#letters`}
            >
              {t('note-to-letter')}
            </LinkButton>
          )}
          {isMine && (
            <Form
              action={url(addresses.officeNoteRemove, { id: view.request.id, note: note.id })}
              hidden={{ task: view.task?.id, [noteField.document]: note.documentId }}
              inline
              label={t('note-remove')}
            >
              <Button variant="plain" icon="bin">
                {t('note-remove')}
              </Button>
            </Form>
          )}
        </Row>
      )}
    </li>
  )
}
