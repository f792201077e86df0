import { sql } from 'kysely'
import { readAsked } from '../../../kernel/messages/index.ts'
import { wordsOf } from '../../../lib/arabic.ts'
import { Conflict } from '../../../lib/errors.ts'
import type { Write } from '../../../platform/database/index.ts'
import { phoneOwners, phonesOf } from '../../people/index.ts'
import { planMessage } from '../plan.ts'
import type { Worded } from '../templates/registry.ts'
import { help, notUnderstood } from './help.ts'
import { listenersOf } from './listeners.ts'
import type { Desk, Heard, OpenQuestion, Reply } from './model.ts'
import { hearNumber } from './numbers.ts'
import { hearSwitch } from './switch.ts'
import type { Sender, Taken } from './take-in.ts'

/** What became of a text: whose words it was, and what is answered. */
export type Outcome = Reply & { by: string | undefined }

/** What the messaging office answers itself. */
const own = (reply: Reply['reply']): Outcome => ({ by: 'messaging', reply })

/**
 * Has a text that was taken in heard and answered, and notes whose it was. What nobody understands stays for the staff to read, and is
 * answered with help once a day: two machines must not write to each other for ever. @throws Conflict `text-heard` where it was heard already
 */
export async function hear(
  tx: Write,
  desk: Desk,
  sender: Sender,
  { id, sms }: Pick<Taken, 'id' | 'sms'>,
): Promise<Outcome> {
  const message = await heardFrom(tx, desk, sender, id, sms.text)
  const outcome = await outcomeOf(tx, desk, message)
  const reply =
    outcome.reply === undefined
      ? null
      : await send(tx, desk, message, outcome.by, outcome.reply, outcome.requestId)
  const noted = await sql`update incoming_message
               set handled_by = ${outcome.by ?? null}, reply_id = ${reply}, request_id = ${outcome.requestId ?? null}, heard_at = ${tx.now}
             where municipality_id = ${tx.town} and incoming_id = ${id} and heard_at is null`.execute(tx.q)
  // Another process heard it meanwhile, handed to it once more: what was done here is undone.
  if (noted.numAffectedRows === 0n) throw new Conflict('text-heard')
  return outcome
}

async function heardFrom(
  tx: Write,
  { house }: Desk,
  sender: Sender,
  id: string,
  text: string,
): Promise<Heard> {
  const owners = await phoneOwners(tx, house.crypto, sender.from)
  const [owner] = owners
  const alone = owners.length === 1 && owner && !owner.shared ? owner.personId : undefined
  const phones = alone === undefined ? [] : await phonesOf(tx, house.crypto, alone)
  return {
    id,
    ...sender,
    text,
    words: wordsOf(text),
    asked: readAsked(text),
    personId: alone,
    verified: phones.some(({ e164, verified, shared }) => e164 === sender.from && verified && !shared),
  }
}

async function outcomeOf(tx: Write, desk: Desk, message: Heard): Promise<Outcome> {
  const { asked } = message
  switch (asked.is) {
    case 'nothing':
      return own(undefined)
    case 'stop':
    case 'start':
      return own(await hearSwitch(tx, desk, message, asked))
    case 'help':
      return own(await help(tx, desk))
    case 'request':
    case 'number':
      return hearNumber(tx, desk, message, () => ask(tx, desk, message))
    case 'balance':
      if (asked.account !== undefined) return hearNumber(tx, desk, message, () => ask(tx, desk, message))
      break
    case 'answer': {
      const answered = await answerQuestion(tx, desk, message)
      if (answered) return answered
    }
  }
  return (
    (await ask(tx, desk, message)) ?? { by: undefined, reply: await notUnderstood(tx, desk, message.index) }
  )
}

/** Offers the text to the offices in turn. */
async function ask(tx: Write, desk: Desk, message: Heard): Promise<Outcome | undefined> {
  for (const { name, hear: listen } of listenersOf(desk.house)) {
    const heard = await listen?.(tx, desk, message)
    if (heard) return { by: name, ...heard }
  }
  return undefined
}

/** Of the questions that wait for this telephone's answer, the one asked last is answered. */
async function answerQuestion(tx: Write, desk: Desk, message: Heard): Promise<Outcome | undefined> {
  const open: (OpenQuestion & { name: string })[] = []
  for (const { name, asks } of listenersOf(desk.house)) {
    const question = await asks?.(tx, desk, message)
    if (question) open.push({ name, ...question })
  }
  const [last] = open.toSorted((a, b) => b.askedAt.getTime() - a.askedAt.getTime())
  return last && { by: last.name, ...(await last.take()) }
}

/** Plans the answer to a text for the telephone it came from. */
export async function send(
  tx: Write,
  { house }: Pick<Desk, 'house'>,
  to: Pick<Heard, 'personId' | 'sealed' | 'index'>,
  by: string | undefined,
  reply: string | Worded,
  requestId?: string,
): Promise<string> {
  const words: Pick<Worded, 'kind' | 'event' | 'body'> =
    typeof reply === 'string' ? { kind: 'reply', event: `incoming.${by ?? 'staff'}`, body: reply } : reply
  return planMessage(tx, house, {
    ...words,
    personId: to.personId,
    requestId,
    to: { sealed: to.sealed, index: to.index },
  })
}
