import type { ReactNode } from 'react'
import { DateText, useLocalized, useTexts, Written } from '../../../../ui/index.ts'
import { Chain, referralsUnder } from '../request/chain.tsx'
import type { RequestView } from '../request/load.ts'
import { usePaperName } from '../request/paper-viewer.tsx'
import { staffTexts } from '../strings.ts'

/** What the staff noted on the pages of papers. */
export function PageNotes({ view }: { view: RequestView }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const nameOf = usePaperName(view)
  if (view.notes.length === 0) return null
  return (
    <Part title={t('sheet-notes')}>
      <ol className="list">
        {view.notes.map(note => {
          const paper = view.papers.find(({ documentId }) => documentId === note.documentId)
          const member = view.names.get(note.by.id)
          return (
            <li key={note.id}>
              {t('sheet-note-on', { paper: paper ? nameOf(paper.paperId) : '', page: note.page })}{' '}
              <Written>{note.text}</Written>
              <span className="xs">
                {member && local(member.name)} · <DateText value={note.at} form="paper" />
              </span>
            </li>
          )
        })}
      </ol>
    </Part>
  )
}

/** Who asked whom, and what came back. */
export function Referred({ view }: { view: RequestView }) {
  const t = useTexts(staffTexts)
  const roots = referralsUnder(view, undefined)
  if (roots.length === 0) return null
  return (
    <Part title={t('sheet-referrals')}>
      <Chain view={view} tasks={roots} bare />
    </Part>
  )
}

/** What the town and the applicant wrote each other. */
export function Correspondence({ view }: { view: RequestView }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  if (view.letters.length === 0) return null
  return (
    <Part title={t('sheet-letters')}>
      <ol className="list">
        {view.letters.map(({ id, from, at, text }) => {
          const member = from.kind === 'staff' ? view.names.get(from.id) : undefined
          const name = member ? local(member.name) : (view.people.get(from.id) ?? view.applicant).displayName
          return (
            <li key={id}>
              <bdi>{name}</bdi> · <DateText value={at} form="paper" />
              <Written>{text}</Written>
            </li>
          )
        })}
      </ol>
    </Part>
  )
}

/** A line to sign on for each who decided on the way, and the place of the seal. */
export function Signatures({ view }: { view: RequestView }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const deciding = view.actions.filter(
    ({ name, actor }) =>
      actor.kind === 'staff' &&
      ['approve', 'reject', 'sign', 'run-effect', 'hand-over', 'opine', 'record'].includes(name),
  )
  const signers = [...new Map(deciding.map(({ actor }) => [`${actor.id} ${actor.office ?? ''}`, actor]))]
  return (
    <div className="signs">
      {signers.map(([key, actor]) => {
        const member = view.names.get(actor.id)
        const office = actor.office === undefined ? undefined : view.offices.get(actor.office)
        return (
          <p key={key}>
            {member && <bdi>{local(member.name)}</bdi>}
            {office && (
              <>
                <br />
                {local(office.name)}
              </>
            )}
          </p>
        )
      })}
      {signers.length === 0 && <p>{t('sheet-signature')}</p>}
      <p>{t('sheet-stamp')}</p>
    </div>
  )
}

/** A part of the sheet under its title. */
export function Part({ title, children }: { title: string; children: ReactNode }) {
  return (
    <section>
      <h2>{title}</h2>
      {children}
    </section>
  )
}
