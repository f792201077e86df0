import { type RawBuilder, sql } from 'kysely'
import { type AccessName, type Actor, reachOf } from '../../kernel/access/index.ts'
import { samePerson } from '../people/index.ts'

/**
 * The one access predicate, as SQL over a request row. `request` is the alias of the row in the statement around it. Used by every list,
 * search, count and relation that shows requests or anything that hangs on them; `kernel/access` says the same plainly, and a property
 * test holds the two together.
 */
export function requestVisible(actor: Actor, name: AccessName, request = 'r'): RawBuilder<boolean> {
  const reach = reachOf(actor, name)
  const row = sql.ref(`${request}.request_id`)
  const town = sql.ref(`${request}.municipality_id`)
  const open = reach.closedTo === undefined ? undefined : notClosedTo(reach.closedTo, row)
  if (reach.town) return open ?? sql<boolean>`true`
  const ways: RawBuilder<unknown>[] = []
  if (reach.own !== undefined)
    ways.push(sql`${sql.ref(`${request}.applicant_id`)} = any(${samePerson(reach.own)})`)
  const [principal] = reach.principals
  if (principal !== undefined) {
    const theirs = sql`${sql.ref(`${request}.applicant_id`)} = any(${samePerson(principal)})`
    const { services } = reach
    ways.push(
      services === undefined
        ? theirs
        : sql`(${theirs} and ${sql.ref(`${request}.service_code`)} = any(${[...services]}))`,
    )
  }
  if (reach.party !== undefined) {
    ways.push(sql`exists (select 1 from request_party p
      where p.municipality_id = ${town} and p.person_id = any(${samePerson(reach.party)}) and p.request_id = ${row}
        and p.ended_at is null and p.capacity <> 'collector')`)
  }
  if (reach.partner !== undefined) {
    ways.push(
      sql`(${sql.ref(`${request}.filed_by_kind`)} = 'partner' and ${sql.ref(`${request}.filed_by`)} = ${reach.partner})`,
    )
  }
  if (reach.concernedOffices.length > 0)
    ways.push(sql`${sql.ref(`${request}.offices`)} && ${[...reach.concernedOffices]}::text[]`)
  // An office with a task is concerned (`shubbak verify` holds it so): asked once.
  const taskOffices = reach.taskOffices.filter(office => !reach.concernedOffices.includes(office))
  if (taskOffices.length > 0) {
    ways.push(sql`exists (select 1 from task t
      where t.municipality_id = ${town} and t.request_id = ${row} and t.closed_at is null
        and t.office_code = any(${taskOffices}))`)
  }
  if (ways.length === 0) return sql<boolean>`false`
  const reached = sql<boolean>`(${sql.join(ways, sql` or `)})`
  return open ? sql<boolean>`(${reached} and ${open})` : reached
}

/** The offices by which alone an actor reaches requests under a name: those it is or was with. Nothing where they reach otherwise too. */
export function throughOffices(actor: Actor, name: AccessName): readonly string[] | undefined {
  const { town, own, party, principals, partner, taskOffices, concernedOffices } = reachOf(actor, name)
  const otherwise =
    town || own !== undefined || party !== undefined || principals.length > 0 || partner !== undefined
  const waiting = taskOffices.some(office => !concernedOffices.includes(office))
  return otherwise || waiting || concernedOffices.length === 0 ? undefined : concernedOffices
}

/**
 * A request closed to somebody of the staff is closed to them whatever they are. For lists that reach requests by another way than the
 * predicate. Which ones they are is asked once for a statement.
 */
export const notClosedTo = (staffId: string, request: RawBuilder<unknown>): RawBuilder<boolean> =>
  sql<boolean>`${request} <> all((select closed_to(${staffId}::uuid))::uuid[])`

/** Documents are seen with the request they belong to, and by the person they are of. `document` is the alias of the row. */
export function documentVisible(actor: Actor, document = 'd'): RawBuilder<boolean> {
  const own = reachOf(actor, 'paper.read').own
  const throughRequest = sql`exists (select 1 from request_paper rp
    join request r on r.municipality_id = rp.municipality_id and r.request_id = rp.request_id
   where rp.municipality_id = ${sql.ref(`${document}.municipality_id`)} and rp.document_id = ${sql.ref(`${document}.document_id`)}
     and ${requestVisible(actor, 'paper.read')})`
  const throughCertificate = sql`exists (select 1 from certificate c
    join request r on r.municipality_id = c.municipality_id and r.request_id = c.request_id
   where c.municipality_id = ${sql.ref(`${document}.municipality_id`)} and c.document_id = ${sql.ref(`${document}.document_id`)}
     and ${requestVisible(actor, 'certificate.read')})`
  const throughHand = sql`exists (select 1 from hand_signing h
    join request r on r.municipality_id = h.municipality_id and r.request_id = h.request_id
   where h.municipality_id = ${sql.ref(`${document}.municipality_id`)} and h.scan_document_id = ${sql.ref(`${document}.document_id`)}
     and ${requestVisible(actor, 'certificate.read')})`
  const mine = sql`(${sql.ref(`${document}.added_by`)} = ${adderOf(actor)} or ${sql.ref(`${document}.owner_id`)} = any(${own === undefined ? sql`'{}'::uuid[]` : samePerson(own)}))`
  const seen = sql<boolean>`(${mine} or ${throughRequest} or ${throughCertificate} or ${throughHand})`
  if (actor.kind !== 'staff') return seen
  // Whoever added a file sees it no more once the request it hangs on is closed to them.
  return sql<boolean>`(${seen} and not closes_document(${sql.ref(`${document}.document_id`)}, (select closed_to(${actor.staffId}::uuid))))`
}

/** Whoever added a document sees it before it belongs to a request: the clerk who scans, the citizen who uploads. */
function adderOf(actor: Actor): string {
  switch (actor.kind) {
    case 'citizen':
      return actor.personId
    case 'staff':
      return actor.staffId
    case 'partner':
      return actor.keyId
    default:
      return ''
  }
}
