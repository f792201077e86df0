import { setTimeout as sleep } from 'node:timers/promises'
import { Unavailable } from '../../../lib/errors.ts'
import type { House } from '../../../platform/house.ts'
import type { Town } from '../../../web/town.ts'
import type { IncomingText } from '../carriers/model.ts'
import { hear } from './hear.ts'
import type { Desk, IncomingSms } from './model.ts'
import { type Sender, senderOf, takeIn } from './take-in.ts'

type Waiting = { sms: IncomingSms; done(): void; failed(error: unknown): void }
/** The texts of one number that wait for those before them. */
type Queue = { desk: Desk; sender: Sender; waiting: Waiting[]; busy: boolean }
type Intake = { queues: Map<string, Queue>; busy: number; waiting: number }

/** Numbers worked on at once: what comes in never takes more of the database than this from what goes out. */
const atOnce = 2
/** Texts of one number written down together, and texts that wait in all: beyond them the carrier is asked to come again. */
const mostTogether = 1_000
const mostWaiting = 20_000
/** How long a number rests that sent more than is heard: what it sends meanwhile is counted together. */
const restMs = 100

const intakes = new WeakMap<House, Intake>()

/**
 * Takes in a text as a carrier hands it over; kept once it is written down, heard and answered, and only then is the carrier told. Texts of
 * one number are gathered while those before them are worked on, so that a thousand a second are a few statements, and beyond the limits of
 * the number a count. A text from no telephone is dropped. What cannot be heard stays for the staff to read.
 * @throws Unavailable where too much waits; the carrier hands it over again.
 */
export async function takeIncoming(
  house: House,
  town: Town,
  provider: string,
  { ref: providerRef, ...text }: IncomingText,
): Promise<void> {
  const intake = intakes.get(house) ?? { queues: new Map(), busy: 0, waiting: 0 }
  intakes.set(house, intake)
  if (intake.waiting >= mostWaiting) throw new Unavailable('too-many-texts')
  const key = `${town.id} ${text.from}`
  const queue = intake.queues.get(key) ?? openQueue({ house, town }, text.from)
  if (!queue) {
    house.log.info({ part: 'messaging', provider }, 'a text that came from no telephone was dropped')
    return
  }
  intake.queues.set(key, queue)
  intake.waiting += 1
  await new Promise<void>((done, failed) => {
    queue.waiting.push({ sms: { provider, providerRef, ...text }, done, failed })
    goOn(intake)
  }).finally(() => {
    intake.waiting -= 1
  })
}

function openQueue(desk: Desk, from: string): Queue | undefined {
  const sender = senderOf(desk, desk.town.id, from)
  return sender && { desk, sender, waiting: [], busy: false }
}

/** Takes up the numbers that have waited longest, as many as are worked on at once. */
function goOn(intake: Intake): void {
  for (const [key, queue] of intake.queues) {
    if (intake.busy >= atOnce) return
    if (queue.busy) continue
    queue.busy = true
    intake.busy += 1
    void work(queue).then(async dropped => {
      intake.busy -= 1
      if (dropped) {
        goOn(intake)
        await sleep(restMs)
      }
      queue.busy = false
      // To the end of the line, behind all other numbers.
      intake.queues.delete(key)
      if (queue.waiting.length > 0) intake.queues.set(key, queue)
      goOn(intake)
    })
  }
}

/** Writes down what waits of one number, and hears it; true where some of it was dropped. Never throws. */
async function work({ desk, sender, waiting }: Queue): Promise<boolean> {
  const { house, town } = desk
  const texts = waiting.splice(0, mostTogether)
  try {
    const all = texts.map(({ sms }) => sms)
    const taken = await house.database.write(town.id, tx => takeIn(tx, desk, sender, all))
    for (const each of taken.filter(({ heard }) => !heard)) {
      await house.database
        .write(town.id, tx => hear(tx, desk, sender, each))
        .catch(error => house.log.error({ part: 'messaging', err: error }, 'a text could not be heard'))
    }
    for (const { done } of texts) done()
    return taken.length < texts.length
  } catch (error) {
    for (const { failed } of texts) failed(error)
    return false
  }
}
