import { sql } from 'kysely'
import { type Actor, may, reachOf } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { toWesternDigits } from '../../../../lib/arabic.ts'
import type { Read, Write } from '../../../../platform/database/transaction.ts'
import {
  Empty,
  type Found,
  FoundList,
  Head,
  Note,
  StaffLayout,
  StateBadge,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { actorKey } from '../../../../web/actor.ts'
import { aside, type Call, read } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { looks, type Route, route, staff } from '../../../../web/route.ts'
import { record } from '../../../audit/index.ts'
import type { Catalogue } from '../../../catalogue/index.ts'
import { type FoundPerson, findPeople } from '../../../people/index.ts'
import { requestVisible } from '../../access.ts'
import { catalogueFor, keptCatalogue } from '../../filing/standing.ts'
import { findByNumber, type RequestLine, requestsVisibleOf } from '../../lists.ts'
import { readRequestNumber, requestNumber } from '../../model.ts'
import { staffText, staffTexts } from '../strings.ts'

type Findings = {
  requests: RequestLine[]
  people: FoundPerson[]
  more: boolean
  certificates: { id: string; number: string; name: string }[]
  catalogue: Catalogue
}

/** One box for everything; it finds only what the reader may see. */
export const searchRoute: Route = route({
  method: 'get',
  address: addresses.search,
  access: staff('request.read', 'person.read', 'certificate.read'),
  audit: looks('request.searched'),
  handle: async call => {
    const text = (call.query.q ?? '').slice(0, 120)
    const kept = await keptCatalogue(call)
    const found = await read(call, tx => search(tx, call, text, kept))
    // Looking for people is itself written down, with the words: leafing through the town's people leaves a trace.
    if (found.people.length > 0) {
      await aside(call, tx => noteSearch(tx, call.visitor.actor, text, found.people.length))
    }
    return showPage(
      call,
      <SearchPage title={staffText(call.locale, 'search-title')} text={text} found={found} />,
    )
  },
})

async function search(tx: Read, call: Call, text: string, kept: Catalogue): Promise<Findings> {
  const { actor } = call.visitor
  const nothing = { requests: [], people: [], more: false, certificates: [], catalogue: kept }
  if (text.trim() === '') return nothing
  const number = readRequestNumber(toWesternDigits(text))
  const byNumber = number && (await findByNumber(tx, actor, number.number, number.year))
  if (byNumber)
    return { ...nothing, requests: [byNumber], catalogue: await catalogueFor(tx, kept, [byNumber]) }
  const [{ people, more }, certificates] = await Promise.all([
    peopleFor(tx, call, text),
    certificatesFor(tx, actor, text),
  ])
  const requests = await requestsVisibleOf(
    tx,
    actor,
    people.map(({ id }) => id),
  )
  return { people, more, requests, certificates, catalogue: await catalogueFor(tx, kept, requests) }
}

/** People by name, identity or phone. Those who know people only by their tasks find only these. */
async function peopleFor(
  tx: Read,
  call: Call,
  text: string,
): Promise<{ people: FoundPerson[]; more: boolean }> {
  const { actor } = call.visitor
  if (!may(actor, 'person.read')) return { people: [], more: false }
  const found = await findPeople(tx, call.house.crypto, text)
  if (found.people.length === 0 || reachOf(actor, 'person.read').town) return found
  const ids = found.people.map(({ id }) => id)
  const { rows } = await sql<{ applicant_id: string }>`
    select distinct r.applicant_id from request r
     where r.municipality_id = ${tx.town} and r.applicant_id = any(${ids}::uuid[]) and ${requestVisible(actor, 'person.read')}`.execute(
    tx.q,
  )
  const known = new Set(rows.map(row => row.applicant_id))
  return { people: found.people.filter(({ id }) => known.has(id)), more: false }
}

/** By its code, which stands on the paper in fours. */
async function certificatesFor(tx: Read, actor: Actor, text: string): Promise<Findings['certificates']> {
  const signs = toWesternDigits(text)
    .toUpperCase()
    .replace(/[\s-]/g, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1')
  if (!/^[0-9A-Z]{16}$/.test(signs)) return []
  const code = signs.replace(/.{4}(?=.)/g, '$&-')
  const { rows } = await sql<{ certificate_id: string; number: number; year: number; display_name: string }>`
    select c.certificate_id, c.number, c.year, s.display_name
      from certificate c
      join request r on r.municipality_id = c.municipality_id and r.request_id = c.request_id
      join person s on s.municipality_id = c.municipality_id and s.person_id = c.person_id
     where c.municipality_id = ${tx.town} and c.code = ${code} and ${requestVisible(actor, 'certificate.read')}`.execute(
    tx.q,
  )
  return rows.map(row => ({
    id: row.certificate_id,
    number: `${row.number}/${row.year}`,
    name: row.display_name,
  }))
}

async function noteSearch(tx: Write, actor: Actor, text: string, count: number): Promise<void> {
  await record(tx, {
    actor: { ...actorKey(actor), office: actor.kind === 'staff' ? actor.appointments[0]?.office : undefined },
    act: 'people.searched',
    subjectKind: 'search',
    subjectId: String(count),
    personal: { text },
  })
}

function SearchPage({ title, text, found }: { title: string; text: string; found: Findings }) {
  const t = useTexts(staffTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { catalogue } = found
  const requests = found.requests.map(
    (line): Found => ({
      id: line.id,
      href: url(addresses.officeRequest, { id: line.id }),
      icon: 'doc',
      title: local(catalogue.get(line.serviceCode, line.serviceVersion).service.definition.name),
      note: t('found-request', { number: requestNumber(line), name: line.applicant }),
      end: <StateBadge state={line.state} bare />,
    }),
  )
  const people = found.people.map(
    (person): Found => ({
      id: person.id,
      href: url(addresses.person, { person: person.id }),
      icon: 'user',
      title: person.displayName,
      note: t('found-person', {
        id: person.maskedId,
        mother: person.motherName,
        year: person.birthYear ?? '',
      }),
      end: person.quarter,
    }),
  )
  const certificates = found.certificates.map(
    (each): Found => ({
      id: each.id,
      href: url(addresses.certificate, { id: each.id }),
      icon: 'cert',
      title: each.number,
      note: each.name,
    }),
  )
  const services = (text.trim() === '' ? [] : catalogue.search(text)).map(
    ({ code, service }): Found => ({
      id: code,
      href: url(addresses.service, { code }),
      icon: 'list',
      title: local(service.definition.name),
      note: code,
    }),
  )
  const groups = [
    { id: 'people', label: t('search-people'), items: people },
    { id: 'requests', label: t('search-requests'), items: requests },
    { id: 'certificates', label: t('search-certificates'), items: certificates },
    { id: 'services', label: t('search-services'), items: services },
  ].filter(({ items }) => items.length > 0)
  return (
    <StaffLayout title={title}>
      <Head title={text.trim() === '' ? title : t('search-for', { text })} sub={t('search-hint')} />
      {groups.length > 0 && <FoundList groups={groups} />}
      {found.more && <Note small>{t('search-more')}</Note>}
      {groups.length === 0 && text.trim() !== '' && (
        <Empty title={t('search-none', { text })} level={2}>
          {t('search-none-why')}
        </Empty>
      )}
    </StaffLayout>
  )
}
