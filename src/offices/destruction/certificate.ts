import { sql } from 'kysely'
import { shortDate } from '../../lib/dates.ts'
import type { Read } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { addDocument } from '../archive/index.ts'
import { record } from '../audit/index.ts'
import { renderPdf, townHead } from '../certificates/index.ts'
import { staffById } from '../people/index.ts'
import { lastSeal } from '../seal/index.ts'
import { type Act, actNumber, type Progress } from './model.ts'
import { getAct, setAct } from './store.ts'
import { type DestructionText, destructionText } from './strings.ts'

const by = { kind: 'system', id: 'destruction' } as const

/** Writes the certificate of an act whose list is worked off, puts it into the archive and ends the act; once. */
export async function keepCertificate(
  house: Pick<House, 'database' | 'files'>,
  town: string,
  id: string,
): Promise<void> {
  const { act, inputs, progress, at } = await house.database.read(town, tx => paperOf(tx, id))
  if (act.state !== 'acting') return
  const { pdf, pages } = renderPdf('destruction', inputs, at)
  const stored = await house.files.put(town, pdf)
  await house.database.write(town, async tx => {
    const now = await getAct(tx, id, true)
    if (now.state !== 'acting') return
    const documentId = await addDocument(tx, {
      admitted: {
        ...stored,
        type: 'application/pdf',
        fileName: `destruction-${act.number}-${act.year}.pdf`,
        pages,
      },
      kind: 'destruction-certificate',
      title: actNumber(act),
      source: 'issued',
      by,
    })
    await setAct(
      tx,
      id,
      sql`state = 'done', done_at = ${tx.now}, certificate_document_id = ${documentId}, progress = ${JSON.stringify(progress)}::jsonb`,
    )
    await record(tx, {
      actor: by,
      act: 'destruction.done',
      subjectKind: 'destruction',
      subjectId: id,
      cause: `${progress.done} ${act.minutes?.number ?? ''}`,
    })
  })
}

/** A number among Arabic words, kept left to right. */
const isolated = (text: string): string => `\u2066${text}\u2069`

/** Everything the certificate says; it names the committee and nobody else. */
async function paperOf(tx: Read, id: string) {
  const act = await getAct(tx, id)
  const { zone, ...town } = await townHead(tx)
  const progress = await progressOf(tx, act)
  const staff = await staffById(tx, [act.proposedBy, ...act.members.map(each => each.staffId)])
  const seal = await lastSeal(tx)
  const at = seal?.at ?? tx.now
  const day = (value: Date | string) => shortDate(value, { locale: 'ar', timeZone: zone })
  const sat = act.minutes ? day(act.minutes.date) : ''
  const say = (key: DestructionText, values?: Record<string, string | number>) =>
    destructionText('ar', key, values)
  const row = (key: DestructionText, value: string | number, latin = true) => ({
    label: say(key),
    value: String(value),
    latin,
  })
  const inputs = {
    town,
    title: say('paper-title'),
    number: actNumber(act),
    date: day(at),
    numberLabel: say('paper-number'),
    dateLabel: say('paper-date'),
    body: say('paper-body', { minutes: isolated(act.minutes?.number ?? ''), date: isolated(sat) }),
    rows: [
      row('paper-kind', `${say(`kind-${act.kind}`)}${act.scope === '' ? '' : ` (${act.scope})`}`, false),
      row('paper-until', day(act.until)),
      row('paper-done', progress.done),
      row('paper-dropped', progress.dropped),
      row('paper-excluded', act.counts.excluded),
      row('paper-files', progress.files),
      row('paper-minutes', `${act.minutes?.number ?? ''} — ${sat}`),
    ],
    membersTitle: say('paper-members'),
    members: act.members.map(each => ({
      name: staff.get(each.staffId)?.name.ar ?? '',
      title: staff.get(each.staffId)?.title.ar ?? '',
      day: each.decidedAt ? day(each.decidedAt) : '',
    })),
    sealTitle: say('paper-seal'),
    seal: seal ? { size: say('paper-seal-size', { size: seal.size }), groups: seal.groups.join(' ') } : null,
    foot: say('paper-foot'),
  }
  return { act, inputs, progress, at }
}

/** What an act came to, from its own list. */
async function progressOf(tx: Read, act: Act): Promise<Progress> {
  const { rows } = await sql<Progress>`
    select (select count(*) from destruction_item i where i.municipality_id = ${tx.town} and i.act_id = ${act.id} and i.state = 'done')::int as done,
           (select count(*) from destruction_item i where i.municipality_id = ${tx.town} and i.act_id = ${act.id} and i.state = 'dropped')::int as dropped,
           (select count(*) from destruction_file f where f.municipality_id = ${tx.town} and f.act_id = ${act.id})::int as files,
           (select coalesce(sum(size), 0) from destruction_file f where f.municipality_id = ${tx.town} and f.act_id = ${act.id})::bigint as bytes`.execute(
    tx.q,
  )
  return rows[0] ?? act.progress
}
