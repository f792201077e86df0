import { addresses, fillAddress } from '../../src/lib/addresses.ts'
import { openWindow } from '../../src/server.ts'
import type { Door } from '../../src/web/door.ts'
import type { Knock } from '../builders/door.ts'
import { everyCause } from '../builders/looks.ts'
import { logInAs } from '../builders/people.ts'
import { aLife } from '../journeys/life.ts'
import { aMoneyLife, type MoneyLife } from '../journeys/life-money.ts'
import { anOfficesLife, type OfficesLife } from '../journeys/life-offices.ts'
import type { PeopledTown, Post } from '../journeys/peopled.ts'
import { citizenStops, openStops, staffStops } from '../journeys/stops.ts'
import { citizenMoneyStops, moneyStops } from '../journeys/stops-money.ts'
import { citizenOfficeStops, officeStops } from '../journeys/stops-offices.ts'
import type { Stop } from '../journeys/walk.ts'
import { type Form, formsOf } from './forms-of-pages.ts'

export type Answered = { status: number; html: string; headers: Headers }

/** Whoever knocks: a post of the staff, the citizen, or nobody. */
export type Who = Post | 'citizen' | 'anybody'

export type LivingTown = {
  town: PeopledTown
  life: MoneyLife
  offices: OfficesLife
  window: Door
  knock(path: string, knock?: Knock): Promise<Answered>
  cookies: Map<Who, string>
  /** The pages each of them reaches. */
  pages: Map<Who, string[]>
}

/** A town in the middle of its life whose window answers here, without a server between; `opened` where a neighbour has opened it. */
export async function aLivingTown(peopled: PeopledTown, opened?: Door): Promise<LivingTown> {
  const { house, town } = peopled
  const window = opened ?? (await openWindow(house))
  everyCause()
  const life = await aMoneyLife(peopled, await aLife(peopled))
  const offices = await anOfficesLife(peopled, life)
  const host = town.hosts[0] ?? 'town.test'
  const knock = async (path: string, { method, cookie, headers = {}, body, form }: Knock = {}) => {
    const pairs = Object.entries(form ?? {}).flatMap(([name, value]) =>
      [value].flat().map((each): [string, string] => [name, each as string]),
    )
    const sent = form ? new URLSearchParams(pairs) : body
    const answer = await window.fetch(
      new Request(`http://${host}${path}`, {
        method: method ?? (sent === undefined ? 'GET' : 'POST'),
        headers: { host, ...(cookie ? { cookie } : {}), ...headers },
        ...(sent === undefined ? {} : { body: sent, duplex: 'half' }),
      } as RequestInit),
    )
    const live = answer.headers.get('content-type')?.startsWith('text/event-stream')
    if (live) await answer.body?.cancel()
    return { status: answer.status, html: live ? '' : await answer.text(), headers: answer.headers }
  }
  const cookies = new Map<Who, string>()
  const place = { house, town: town.id }
  cookies.set('citizen', await logInAs(place, { personId: life.person.id }))
  for (const [post, { id }] of Object.entries(peopled.staff))
    cookies.set(post as Post, await logInAs(place, { staffId: id }))
  const living = { town: peopled, life, offices, window, knock, cookies }
  const draft = await begun(living, 'citizen', fillAddress(addresses.startDraft, { code: 'ELE-01' }))
  const start = fillAddress(addresses.counterStart, { person: life.person.id, code: 'ELE-01' })
  const counterDraft = await begun(living, 'clerk', start)
  const pages = new Map<Who, string[]>([['anybody', paths(openStops(life, 'x'.repeat(20)))]])
  const mine = [citizenStops(life, draft), citizenMoneyStops(life), citizenOfficeStops(life, offices)]
  pages.set('citizen', [...new Set(mine.flatMap(paths))])
  const perPost = [staffStops(life, counterDraft), moneyStops(life, counterDraft), officeStops(life, offices)]
  for (const stops of perPost)
    for (const [post, each] of Object.entries(stops))
      pages.set(post as Post, [...new Set([...(pages.get(post as Post) ?? []), ...paths(each)])])
  return { ...living, pages }
}

const paths = (stops: readonly Stop[]): string[] => stops.map(({ path }) => path)

/** Begins a form of a service; gives the id of its draft. */
async function begun(living: Omit<LivingTown, 'pages'>, who: Who, path: string): Promise<string> {
  const form = { capacity: 'principal', seen: 'yes' }
  const { headers, status } = await living.knock(path, { ...cookieOf(living, who), form })
  const [, draft] = /drafts\/([\w-]+)/.exec(headers.get('location') ?? '') ?? []
  if (!draft) throw new Error(`no draft was begun at ${path}: ${status}`)
  return draft
}

/** A form as it stands on a page, and who saw it there. */
export type SeenForm = Form & { who: Who; page: string }

/** Every form that stands on the pages somebody reaches, once each: by where it goes and what it asks. */
export async function formsSeen(living: LivingTown, only?: readonly Who[]): Promise<SeenForm[]> {
  const seen = new Map<string, SeenForm>()
  for (const [who, pages] of living.pages) {
    if (only && !only.includes(who)) continue
    for (const page of pages) {
      const { html } = await living.knock(page, cookieOf(living, who))
      for (const form of formsOf(html, page)) {
        const key = `${form.method} ${form.action.replace(/[0-9a-f-]{36}/g, ':id')} ${form.fields.map(({ name }) => name).join(' ')}`
        if (!seen.has(key)) seen.set(key, { ...form, who, page })
      }
    }
  }
  return [...seen.values()]
}

export const cookieOf = ({ cookies }: Pick<LivingTown, 'cookies'>, who: Who): Knock => {
  const cookie = cookies.get(who)
  return cookie ? { cookie } : {}
}
