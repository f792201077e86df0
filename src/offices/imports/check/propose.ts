import { sql } from 'kysely'
import { normaliseForSearch } from '../../../lib/arabic.ts'
import type { Read } from '../../../platform/database/index.ts'
import type { House } from '../../../platform/house.ts'
import { type Match, matchIdNumbers, matchNames, matchPhones } from '../../people/index.ts'
import type { Candidate } from '../model.ts'
import { ask, decisionsOn, type NewQuestion } from '../questions.ts'
import { namesAgree } from '../reading/name.ts'
import type { SourceKeys } from '../sealed.ts'
import type { Book, Someone } from './book.ts'
import { holdRows } from './stage.ts'

const batch = 1000

export type Of = { house: House; town: string; sourceId: string; runId: string; keys: SourceKeys }

/**
 * Finds who of a file may be somebody the town knows, or somebody else of the file, and asks: the same number is the same person when the
 * names agree, and everything else is for a person to say.
 */
export async function proposeMatches(of: Of, book: Book): Promise<void> {
  const doubles = book.doubles()
  const wanted = [...book.people.values()].filter(each => each.wanted)
  for (let at = 0; at < wanted.length; at += batch) {
    const some = wanted.slice(at, at + batch)
    const { questions, left } = await of.house.database.read(of.town, tx =>
      questionsAbout(tx, of, some, doubles),
    )
    if (questions.length + left.length === 0) continue
    await of.house.database.write(of.town, async tx => {
      await ask(tx, of.keys, of, questions)
      await holdRows(tx, of.runId, [
        ...questions.map(each => ({
          ident: each.subject,
          verdict: 'undecided' as const,
          reason: each.reason,
        })),
        ...left.map(ident => ({ ident, verdict: 'refused' as const, reason: 'left-by-decision' })),
      ])
    })
  }
}

async function questionsAbout(
  tx: Read,
  { house, sourceId }: Of,
  people: readonly Someone[],
  doubles: ReturnType<Book['doubles']>,
): Promise<{ questions: NewQuestion[]; left: Buffer[] }> {
  const idents = people.map(each => each.ident)
  const settled = await settledIdents(tx, sourceId, idents)
  const decided = await decisionsOn(tx, sourceId, 'person', idents)
  const open = people.filter(each => {
    const hex = each.ident.toString('hex')
    return !settled.has(hex) && !decided.has(hex)
  })
  const left = people
    .filter(each => decided.get(each.ident.toString('hex'))?.choice === 'leave')
    .map(each => each.ident)
  const numbers = open.flatMap(({ idKind, id }) => (idKind && id ? [{ idKind, idNumber: id }] : []))
  const byNumber = await matchIdNumbers(tx, house.crypto, numbers)
  const byName = await matchNames(
    tx,
    open.filter(each => each.mother !== '' && each.birthYear !== '').map(each => each.compared),
  )
  const byPhone = await matchPhones(
    tx,
    house.crypto,
    open.flatMap(each => each.phone ?? []),
  )
  const earlier = await settledIdents(
    tx,
    sourceId,
    open.flatMap(each => (doubles.get(each.ident.toString('hex')) ?? []).map(({ of }) => of.ident)),
  )
  const questions = open.flatMap((someone): NewQuestion[] => {
    const same = someone.id ? byNumber.get(`${someone.idKind}:${someone.id}`) : undefined
    if (same && namesAgree(same.displayName, someone.name)) return []
    const found = new Map<string, Candidate>()
    const add = (match: Match, reason: string) => {
      if (!found.has(match.personId))
        found.set(match.personId, { reason, name: match.displayName, personId: match.personId })
    }
    if (same) add(same, 'same-id-other-name')
    const mayBe = (match: Match) => !(match.hasNumber && someone.id)
    for (const match of byName.get(someone.compared) ?? []) {
      const born = match.birthDate?.slice(0, 4) === someone.birthYear
      if (mayBe(match) && born && normaliseForSearch(match.motherName) === someone.mother)
        add(match, 'same-name-mother-birth')
    }
    for (const match of someone.phone ? (byPhone.get(someone.phone) ?? []) : [])
      if (mayBe(match) && namesAgree(match.displayName, someone.name)) add(match, 'same-phone')
    const inFile = (doubles.get(someone.ident.toString('hex')) ?? []).map(
      ({ of, reason }): Candidate => ({ reason, name: of.name, ident: of.ident.toString('hex') }),
    )
    const against = someone.against?.toString('hex')
    const candidates: Candidate[] = [
      ...(against ? [{ reason: 'same-id-other-name', name: '', ident: against }] : []),
      ...found.values(),
      ...inFile.filter(each => each.ident !== against && !found.has(earlier.get(each.ident ?? '') ?? '')),
    ].slice(0, 8)
    const [first] = candidates
    if (!first) return []
    const { rowNo, name, mother, birth, id, phone } = someone
    return [
      {
        kind: 'person',
        subject: someone.ident,
        reason: first.reason,
        candidates,
        told: { rowNo, name, mother, birth, id, phone },
      },
    ]
  })
  return { questions, left }
}

/** Which of these people of a source are somebody here already. */
export async function settledIdents(
  tx: Read,
  sourceId: string,
  idents: readonly Buffer[],
): Promise<Map<string, string>> {
  if (idents.length === 0) return new Map()
  const { rows } = await sql<{ ident: string; person_id: string }>`
    select encode(i.ident, 'hex') as ident, coalesce(p.survivor_id, p.person_id) as person_id
      from import_person i
      join person p on p.municipality_id = i.municipality_id and p.person_id = i.person_id and p.destroyed_at is null
     where i.municipality_id = ${tx.town} and i.source_id = ${sourceId}
       and i.ident = any(array(select decode(x, 'hex') from unnest(${idents.map(each => each.toString('hex'))}::text[]) x))`.execute(
    tx.q,
  )
  return new Map(rows.map(row => [row.ident, row.person_id]))
}
