import { aDoor } from '../../../../../test/builders/door.ts'
import { aHouse } from '../../../../../test/builders/house.ts'
import { aPerson, aTown, type BuiltPerson, logInAs } from '../../../../../test/builders/people.ts'
import { aWorkingTown, type Bench } from '../../../../../test/builders/requests.ts'
import type { TestDatabase } from '../../../../../test/database.ts'
import { showParked } from '../../../../web/parked.tsx'
import { catalogueRoutes } from '../../../catalogue/index.ts'
import { citizenRoutes } from '../routes.ts'
import { registerPaperUploads } from '../uploads.ts'

/** A working town with its portal open, and a citizen who is logged in. */
export async function aPortal(db: TestDatabase) {
  const house = aHouse(db)
  const bench: Bench = { house, town: await aTown(db) }
  await aWorkingTown(bench)
  registerPaperUploads()
  const { knock } = aDoor(house, [...citizenRoutes, ...catalogueRoutes, showParked])
  const at = { house, town: bench.town.id }
  const newcomer = async (): Promise<{ person: BuiltPerson; cookie: string }> => {
    const person = await aPerson(at)
    return { person, cookie: await logInAs(at, { personId: person.id }) }
  }
  return { house, bench, knock, newcomer }
}

export type Portal = Awaited<ReturnType<typeof aPortal>>

let sent = 0
/** What a form carries besides what is typed: a key of its own. */
export const aKey = (): string => `key-of-form-${++sent}`

/** Fields of a form, some several times, with files. */
export function aForm(
  fields: Record<string, string | string[]>,
  files: Record<string, { name: string; bytes: Uint8Array }> = {},
): FormData {
  const form = new FormData()
  for (const [name, value] of Object.entries(fields))
    for (const each of [value].flat()) form.append(name, each)
  for (const [name, { name: fileName, bytes }] of Object.entries(files))
    form.append(name, new File([bytes as Uint8Array<ArrayBuffer>], fileName))
  return form
}

/** Begins a form for a service; gives the id of the draft. */
export async function begin(
  { knock }: Portal,
  cookie: string,
  code: string,
  capacity = 'principal',
): Promise<string> {
  const answer = await knock(`/my/file/${code}`, {
    cookie,
    form: { capacity, 'own.validUntil': '31/12/2030', _key: aKey() },
  })
  const [, id] = /\/my\/drafts\/([^/]+)\//.exec(answer.headers.get('location') ?? '') ?? []
  if (!id) throw new Error(`no draft was begun: ${answer.status}`)
  return id
}

export const residence = {
  'residence.block': '3',
  'residence.quarter': 'حي السوق',
  'residence.parcel': '118',
  'residence.landmark': '',
  livingSince: '1/5/2015',
  housing: 'owned',
  townAccount: 'yes',
}

/** Fills a residence certificate's form as far as its papers. */
export async function fillResidence(portal: Portal, cookie: string): Promise<string> {
  const draft = await begin(portal, cookie, 'ADM-01')
  await portal.knock(`/my/drafts/${draft}/pages/purpose`, {
    cookie,
    form: { purpose: 'school', _key: aKey() },
  })
  await portal.knock(`/my/drafts/${draft}/pages/residence`, { cookie, form: { ...residence, _key: aKey() } })
  return draft
}

/** The words of a page: tags and direction marks away, spaces made one. */
export async function wordsOf(answer: Response): Promise<string> {
  const html = await answer.text()
  return html
    .replace(/<(script|style|template)[\s\S]*?<\/\1>/g, ' ')
    .replace(/<!-- -->/g, '')
    .replace(/<[^>]+>/g, '')
    .replace(/&#x27;/g, "'")
    .replace(/\s+/g, ' ')
}
