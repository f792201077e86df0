import { aHouse } from '../../../../test/builders/house.ts'
import { everyCause } from '../../../../test/builders/looks.ts'
import {
  aPerson,
  aTown,
  type BuiltPerson,
  type BuiltStaff,
  logInAs,
} from '../../../../test/builders/people.ts'
import {
  aFiledRequest,
  aWorker,
  aWorkingTown,
  type Bench,
  completeAnswers,
  neededPapers,
} from '../../../../test/builders/requests.ts'
import type { TestDatabase } from '../../../../test/database.ts'
import type { Actor, Role } from '../../../kernel/access/index.ts'
import type { ActName } from '../../../kernel/definition/index.ts'
import type { ActData } from '../../../kernel/workflow/index.ts'
import { openWindow } from '../../../server.ts'
import { totpCode } from '../../people/index.ts'
import { getRequest, performAct } from '../../requests/index.ts'

const posts = {
  clerk: ['clerk', 'service-centre'],
  accountant: ['officer', 'finance'],
  financeHead: ['head', 'finance'],
  mayor: ['mayor', 'mayor-office'],
  manager: ['manager', 'service-centre'],
  supervisor: ['supervisor', 'service-centre'],
  admin: ['admin', 'mayor-office'],
  auditor: ['auditor', 'mayor-office'],
  lawyer: ['legal-adviser', 'legal'],
} as const satisfies Record<string, readonly [Role, string]>
export type Post = keyof typeof posts
export type CentreTown = Awaited<ReturnType<typeof aCentreTown>>

export const actorOf = (who: BuiltStaff): Actor & { kind: 'staff' } => ({
  kind: 'staff',
  staffId: who.id,
  appointments: [{ role: who.role, office: who.office }],
})

/** A town at work, with its door, where requests are brought to wherever a test begins. */
export async function aCentreTown(db: TestDatabase) {
  const house = aHouse(db)
  const bench: Bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  const door = await openWindow(house)
  everyCause()
  const place = { house, town: bench.town.id }
  const staff = {} as Record<Post, BuiltStaff>
  for (const [name, [role, office]] of Object.entries(posts))
    staff[name as Post] = await aWorker(bench, role, office)
  const person: BuiltPerson = await aPerson(place)
  const write: typeof db.database.write = (_town, work) => db.database.write(bench.town.id, work)
  const read: typeof db.database.read = (_town, work) => db.database.read(bench.town.id, work)

  async function act(id: string, by: Post, name: ActName, more: { note?: string; data?: ActData } = {}) {
    const { projection } = await db.database.read(bench.town.id, tx => getRequest(tx, id))
    const task = projection.tasks.find(each => each.state !== 'closed')
    const input = { requestId: id, name, actor: actorOf(staff[by]), taskId: task?.id, ...more }
    await db.database.write(bench.town.id, tx => performAct(tx, bench, input))
  }

  /** A residence certificate, its fee let pass, brought as far as is said. */
  async function aRequest(
    to: 'desk' | 'finance' | 'signature' | 'handover' | 'done' = 'desk',
    of = person,
    serviceCode = 'ADM-01',
  ) {
    const { requestId: id } = await aFiledRequest(bench, of.id, {
      serviceCode,
      answers: completeAnswers['ADM-01'] ?? {},
      papers: neededPapers['ADM-01'] ?? [],
    })
    await act(id, 'manager', 'pay', {
      data: { feePoint: 'before-filing', exception: { by: 'x', reason: 'x' } },
    })
    if (to === 'desk') return id
    await act(id, 'clerk', 'approve')
    if (to === 'finance') return id
    await act(id, 'accountant', 'approve')
    if (to === 'signature') return id
    await act(id, 'mayor', 'sign')
    if (to === 'handover') return id
    await act(id, 'clerk', 'hand-over')
    return id
  }

  async function knock(cookie: string | undefined, path: string, form?: Record<string, string | string[]>) {
    const headers = { host: 'localhost', origin: 'http://localhost', ...(cookie && { cookie }) }
    let body: URLSearchParams | undefined
    if (form) {
      body = new URLSearchParams()
      for (const [name, value] of Object.entries(form))
        for (const each of [value].flat()) body.append(name, each)
    }
    const answer = await door.fetch(
      new Request(`http://localhost${path.startsWith('/~') ? '' : `/~${bench.town.slug}`}${path}`, {
        headers,
        ...(body && { method: 'POST', body }),
      }),
    )
    const html = (answer.headers.get('content-type') ?? '').includes('html') ? await answer.text() : ''
    const text = html
      .replace(/<head>.*?<\/head>/s, '')
      .replace(/<[^>]+>/g, '')
      .replace(/\s+/g, ' ')
    return { status: answer.status, location: answer.headers.get('location') ?? '', html, text, answer }
  }

  const cookieOf = (who: BuiltStaff) => logInAs(place, { staffId: who.id })
  return {
    bench,
    house,
    place,
    staff,
    person,
    write,
    read,
    act,
    aRequest,
    knock,
    cookieOf,
    as: async (by: Post, path: string, form?: Record<string, string | string[]>) =>
      knock(await cookieOf(staff[by]), path, form),
    asCitizen: async (of: BuiltPerson, path: string, form?: Record<string, string | string[]>) =>
      knock(await logInAs(place, { personId: of.id }), path, form),
    /** Sends a form with files as one of the staff. */
    send: async (by: Post, path: string, body: FormData) =>
      door.fetch(
        new Request(`http://localhost/~${bench.town.slug}${path}`, {
          method: 'POST',
          headers: { host: 'localhost', origin: 'http://localhost', cookie: await cookieOf(staff[by]) },
          body,
        }),
      ),
    /** Password and a code that was not used before. */
    proof(by: BuiltStaff) {
      db.clock.advance(60_000)
      return { password: by.password, code: totpCode(by.totpSecret, db.clock.now()) }
    },
    request: (id: string) => db.database.read(bench.town.id, tx => getRequest(tx, id)),
  }
}
