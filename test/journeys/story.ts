import { sql } from 'kysely'
import { test } from 'vitest'
import type { MessageEvent } from '../../src/kernel/definition/index.ts'
import { addresses } from '../../src/lib/addresses.ts'
import { ar as logInTexts } from '../../src/offices/messaging/log-ins/strings.ar.ts'
import type { PersonOverrides } from '../builders/people.ts'
import type { Citizen, JourneyTown, Post } from './town.ts'
import { aVisitor, desk, leaving, logInCitizen, logInStaff, phone, type Visitor } from './visitor.ts'
import { type ServiceWords, words } from './words.ts'

type PageOfRequest = 'officeRequest' | 'counterCollect' | 'counterReceived'

/** One request on its way, with everybody who has to do with it and what the applicant's telephone said. */
export type Story = {
  applicant: Citizen
  /** The applicant's telephone, whose browser runs no script. */
  citizen: Visitor
  /** The names of the messages heard, in order. */
  heard: string[]
  /** Lets one of the staff, at their desk or on a telephone, do something on a page of the request. */
  at(
    post: Post,
    page: PageOfRequest,
    work: (visitor: Visitor) => Promise<void>,
    size?: { width: number; height: number },
  ): Promise<void>
  /** The applicant comes back to a page of theirs, logging in again where it was asked. */
  visits(page: 'my' | 'myRequest', work: () => Promise<void>): Promise<void>
  /** Reads the telephone: nothing but these messages came since it was read last. Gives the last one. */
  hears(service: ServiceWords, ...events: MessageEvent[]): Promise<string>
  /** Somebody without a log-in. */
  stranger(): Promise<Visitor>
  assignee(step: string): Promise<string | undefined>
  contract(): Promise<string>
  /** The number of the subscription that has a meter. */
  subscription(meter: string): Promise<string>
  /** The story of another request of the same applicant. */
  next(number: string): Promise<Story>
  /** What any browser of the story complained of. */
  troubles(): string[]
}

export async function aStory(town: JourneyTown, over: PersonOverrides = {}): Promise<Story> {
  const applicant = await town.citizen(over)
  const citizen = await aVisitor(town, { script: false, viewport: phone, hasTouch: true })
  return tell(town, applicant, citizen, new Map(), await aVisitor(town, { script: false, viewport: phone }))
}

function tell(
  town: JourneyTown,
  applicant: Citizen,
  citizen: Visitor,
  people: Map<string, Visitor>,
  pocket: Visitor,
  since = 0,
): Story {
  const heard: string[] = []
  let read = since

  const requestId = async (): Promise<string> => {
    const { rows } = await town.read(tx =>
      sql<{ request_id: string }>`select request_id from request where municipality_id = ${town.town.id}
        and applicant_id = ${applicant.id} order by filed_at desc, number desc limit 1`.execute(tx.q),
    )
    return rows[0]?.request_id ?? ''
  }

  async function person(post: Post, size: { width: number; height: number }): Promise<Visitor> {
    const key = `${post} ${size.width}`
    const known = people.get(key)
    if (known) return known
    const visitor = await aVisitor(town, { viewport: size })
    people.set(key, visitor)
    return visitor
  }

  return {
    applicant,
    citizen,
    heard,
    async at(post, page, work, size = desk) {
      town.pass(7)
      const visitor = await person(post, size)
      await visitor.go(addresses[page], { id: await requestId() })
      if (visitor.page.url().includes(addresses.staffLogIn.pattern)) await logInStaff(visitor, town, post)
      await pictured(visitor, `broken-${post}`, work)
    },
    async visits(page, work) {
      town.pass(7)
      if (page === 'my') await citizen.go(addresses.my, {})
      else await citizen.go(addresses.myRequest, { id: await requestId() })
      if (citizen.page.url().includes(addresses.citizenLogIn.pattern)) await logInCitizen(citizen, applicant)
      await pictured(citizen, 'broken-citizen', work)
    },
    async hears(service, ...events) {
      await town.settle()
      await pocket.go(addresses.demoPhones, {})
      await leaving(pocket.page, () => pocket.page.getByRole('link', { name: applicant.displayName }).click())
      const bubbles = await pocket.page.locator('.phone .sms').allTextContents()
      const fresh = bubbles
        .slice(read)
        .map(plain)
        .filter(words => !words.startsWith(ofLogIns))
      const wanted = events.map(event => patternOf(service, event))
      if (fresh.length !== wanted.length || !wanted.every((each, at) => each.test(fresh[at] ?? '')))
        throw new Error(`the telephone was to say ${events.join(', ')}, and said:\n${fresh.join('\n')}`)
      read = bubbles.length
      heard.push(...events)
      return fresh.at(-1) ?? ''
    },
    stranger: () => aVisitor(town, { viewport: phone, script: false }),
    async assignee(step) {
      const id = await requestId()
      const { rows } = await town.read(tx =>
        sql<{ assignee: string | null }>`select assignee from task where municipality_id = ${town.town.id}
          and request_id = ${id} and step = ${step} and closed_at is null`.execute(tx.q),
      )
      return rows[0]?.assignee ?? undefined
    },
    async contract() {
      const id = await requestId()
      const { rows } = await town.read(tx =>
        sql<{
          document_id: string
        }>`select document_id from certificate where municipality_id = ${town.town.id}
          and request_id = ${id}`.execute(tx.q),
      )
      return rows[0]?.document_id ?? ''
    },
    async subscription(meter) {
      const { rows } = await town.read(tx =>
        sql<{ number: string }>`select number from subscription where municipality_id = ${town.town.id}
          and meter_number = ${meter}`.execute(tx.q),
      )
      return rows[0]?.number ?? ''
    },
    async next(number) {
      if (number === '') throw new Error('nothing was filed')
      return tell(town, applicant, citizen, people, pocket, read)
    },
    troubles: () => [citizen, pocket, ...people.values()].flatMap(each => each.troubles),
  }
}

const pressVerb = ({ page }: Visitor, verb: string): Promise<void> =>
  leaving(page, () => page.getByRole('button', { name: new RegExp(`^\\s*${verb}`) }).click())

/** Presses the button that approves, wherever it says the request goes next. */
export const approve = (visitor: Visitor): Promise<void> => pressVerb(visitor, words.act['act-approve'])

/** Sends the report of a visit, in the same way. */
export const report = (visitor: Visitor): Promise<void> => pressVerb(visitor, words.act['act-report'])

/** Does something in a browser; where it breaks off, its last page is kept as a picture. */
async function pictured(visitor: Visitor, name: string, work: (visitor: Visitor) => Promise<void>) {
  try {
    await work(visitor)
  } catch (error) {
    await visitor.shot(name)
    throw error
  }
}

/** A message without the marks of direction that keep its numbers in place. */
const plain = (text: string): string =>
  text
    .replace(/[\u2066-\u2069\u200e\u200f]/g, '')
    .replace(/\s+/g, ' ')
    .trim()

/** What is told of a log-in is no part of the story of a request. */
const ofLogIns = plain(logInTexts['sms-device-unproven']).slice(0, 24)

/** A service's message, with anything in the places of its figures. */
function patternOf(service: ServiceWords, event: MessageEvent): RegExp {
  const text = service.definition.messages[event]?.ar ?? ''
  if (text === '') throw new Error(`${service.definition.code} says nothing on ${event}`)
  const pieces = plain(text).split(/\{\w+\}/)
  return new RegExp(`^${pieces.map(piece => piece.replace(/[.*+?^${}()|[\]\\]/g, '\\$&')).join('.+')}$`)
}

/** Tests that are one story in order: where one breaks off, those after it are left out and not counted as broken too. */
export function chapters(): (name: string, tell: () => Promise<void>) => void {
  let broken = false
  return (name, tellIt) =>
    test(name, async context => {
      if (broken) context.skip('an earlier chapter broke off')
      broken = true
      await tellIt()
      broken = false
    })
}
