import { sql } from 'kysely'
import { Conflict, Forbidden, NotFound } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Localized } from '../../../lib/localized.ts'
import type { Read, Write } from '../../../platform/database/index.ts'
import { type AuditActor, record } from '../../audit/index.ts'

/** How long a released file may be taken, once. */
const openMs = 60 * 60_000

/** A file of many people's data that one asked for and another decides on. */
export type Release = {
  id: string
  kind: string
  title: Localized
  /** Where it is taken, inside the town. */
  address: string
  people: number | undefined
  why: string
  askedBy: string
  askedAt: Date
  decidedBy: string | undefined
  granted: boolean | undefined
  refusal: string | undefined
  until: Date | undefined
  takenAt: Date | undefined
}

type Row = {
  release_id: string
  kind: string
  title_ar: string
  title_en: string
  address: string
  people: number | null
  why: string
  asked_by: string
  asked_at: Date
  decided_by: string | null
  is_granted: boolean | null
  refusal: string | null
  until: Date | null
  taken_at: Date | null
}

const columns = sql.raw(
  'release_id, kind, title_ar, title_en, address, people, why, asked_by, asked_at, decided_by, is_granted, refusal, until, taken_at',
)

const releaseOf = (row: Row): Release => ({
  id: row.release_id,
  kind: row.kind,
  title: { ar: row.title_ar, en: row.title_en },
  address: row.address,
  people: row.people ?? undefined,
  why: row.why,
  askedBy: row.asked_by,
  askedAt: row.asked_at,
  decidedBy: row.decided_by ?? undefined,
  granted: row.is_granted ?? undefined,
  refusal: row.refusal ?? undefined,
  until: row.until ?? undefined,
  takenAt: row.taken_at ?? undefined,
})

/** Those that wait, the latest first. */
export async function waitingReleases(tx: Read): Promise<Release[]> {
  const { rows } = await sql<Row>`select ${columns} from look_release
     where municipality_id = ${tx.town} and decided_at is null order by asked_at desc, release_id desc limit 100`.execute(
    tx.q,
  )
  return rows.map(releaseOf)
}

/** What one of the staff asked for, the latest first. */
export async function releasesOf(tx: Read, staffId: string): Promise<Release[]> {
  const { rows } = await sql<Row>`select ${columns} from look_release
     where municipality_id = ${tx.town} and asked_by = ${staffId} order by asked_at desc, release_id desc limit 30`.execute(
    tx.q,
  )
  return rows.map(releaseOf)
}

/** What was asked of late, whoever asked and whatever came of it. */
export async function latestReleases(tx: Read): Promise<Release[]> {
  const { rows } = await sql<Row>`select ${columns} from look_release
     where municipality_id = ${tx.town} order by asked_at desc, release_id desc limit 50`.execute(tx.q)
  return rows.map(releaseOf)
}

export type NewRelease = Pick<Release, 'kind' | 'title' | 'address' | 'people' | 'why'>

/** Asks for a file of many people's data; another than the asker decides. Gives its id. */
export async function askRelease(
  tx: Write,
  of: NewRelease,
  by: AuditActor & { kind: 'staff' },
): Promise<string> {
  const id = newId(tx.now)
  await sql`
    insert into look_release (municipality_id, release_id, kind, title_ar, title_en, address, people, why, asked_by, asked_office, asked_at)
    values (${tx.town}, ${id}, ${of.kind}, ${of.title.ar}, ${of.title.en}, ${of.address}, ${of.people ?? null}, ${of.why}, ${by.id},
            ${by.office ?? null}, ${tx.now})`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'release.asked',
    subjectKind: 'release',
    subjectId: id,
    cause: `${of.title.ar}: ${of.why}`,
  })
  return id
}

async function held(tx: Write, id: string): Promise<Release> {
  const { rows } = await sql<Row>`select ${columns} from look_release
     where municipality_id = ${tx.town} and release_id = ${id} for update`.execute(tx.q)
  const [row] = rows
  if (!row) throw new NotFound('no-such-release')
  return releaseOf(row)
}

/** Decides on a file, once (Conflict `release-decided`), by another than who asked (Forbidden `own-release`). Granted, it is open an hour. */
export async function decideRelease(
  tx: Write,
  of: { id: string; grant: boolean; note: string },
  by: AuditActor & { kind: 'staff' },
): Promise<void> {
  const release = await held(tx, of.id)
  if (release.askedBy === by.id) throw new Forbidden('own-release')
  if (release.granted !== undefined) throw new Conflict('release-decided')
  const until = of.grant ? new Date(tx.now.getTime() + openMs) : null
  await sql`
    update look_release set decided_by = ${by.id}, decided_at = ${tx.now}, is_granted = ${of.grant}, refusal = ${of.note || null}, until = ${until}
     where municipality_id = ${tx.town} and release_id = ${of.id}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: of.grant ? 'release.granted' : 'release.refused',
    subjectKind: 'release',
    subjectId: of.id,
    cause: of.note || release.why,
  })
}

/**
 * Takes a released file, once, by who asked and at its own address, within the hour; Forbidden `release-closed` else. The audit row names
 * both: who took it, and who let it go.
 */
export async function takeRelease(
  tx: Write,
  of: { id: string; address: string },
  by: AuditActor & { kind: 'staff' },
): Promise<Release> {
  const release = await held(tx, of.id)
  const open = release.granted && !release.takenAt && release.until && release.until > tx.now
  if (!open || release.askedBy !== by.id || release.address !== of.address)
    throw new Forbidden('release-closed')
  await sql`update look_release set taken_at = ${tx.now}
             where municipality_id = ${tx.town} and release_id = ${of.id}`.execute(tx.q)
  await record(tx, {
    actor: by,
    act: 'release.taken',
    subjectKind: 'release',
    subjectId: of.id,
    cause: `${release.why} · ${release.decidedBy}`,
    personal: { address: release.address },
  })
  return release
}
