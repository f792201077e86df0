import { addresses } from '../../../../lib/addresses.ts'
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
import type { PageNote } from '../../notes/store.ts'
import type { AttachedPaper } from '../../papers.ts'
import type { RequestView } from './load.ts'
import { noteField, placeNames } from './note-fields.ts'
import type { Shown } from './page.tsx'
import { typedOne } from './read-act.ts'
import { actTexts } from './strings.ts'

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
