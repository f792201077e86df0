import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { DomainError, type Fault, InvalidInput } from '../../../lib/errors.ts'
import { isId } from '../../../lib/ids.ts'
import { parsePhone } from '../../../lib/phone.ts'
import { type Call, read, typedText, url, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import { doorKey } from '../hall/door-key.ts'
import { turnName } from '../model.ts'
import { readDay } from '../queue.ts'
import { atWindow } from '../staff.ts'
import { groundsOf, today } from '../store.ts'
import { type VisitText, visitText } from '../strings.ts'
import { takeTurn } from '../turns.ts'
import { callOutOfTurn, comeBack } from '../window.ts'
import { QueuePage } from './queue-page.tsx'
import { refusalOf } from './refusals.ts'
import { stripOf } from './strip.tsx'

type Again = { faults?: readonly Fault[]; refusal?: VisitText }

/** Who waits, whom one may call out of turn and why, who missed their call, and a turn for somebody without one. */
export async function showQueue(call: Call, again: Again = {}, status = 200): Promise<Response> {
  const view = await read(call, async tx => {
    const day = await readDay(tx, today(tx, call))
    const grace = day.rules.graceMinutes * 60_000
    const back = url(call, addresses.counterVisits)
    return {
      waiting: day.waiting,
      purposes: day.purposes,
      grounds: await groundsOf(tx),
      missed: day.visits.filter(
        ({ state, endedAt, returnedAt }) =>
          state === 'no-show' && !returnedAt && endedAt && tx.now.getTime() - endedAt.getTime() <= grace,
      ),
      strip: await stripOf(tx, { town: call.town, staffId: atWindow(call).staffId, back }),
    }
  })
  const typed = Object.fromEntries(Object.keys(call.typed).map(name => [name, typedText(call, name)]))
  const door = url(call, addresses.hallTurn, {}, { key: doorKey(call) })
  return showPage(
    call,
    <QueuePage
      view={{ ...view, ...again, typed, door, mayReadTexts: may(call.visitor.actor, 'incoming.read') }}
    />,
    status,
  )
}

export async function postQueue(call: Call): Promise<Response> {
  let said: string | undefined
  try {
    const answer = await write(call, async tx => {
      const who = atWindow(call)
      const visitId = typedText(call, 'visit')
      switch (typedText(call, 'do')) {
        case 'out-of-turn': {
          if (!isId(visitId)) throw new InvalidInput([{ field: 'visit', code: 'required' }])
          const reason = typedText(call, 'reason') || typedText(call, 'ready')
          const visit = await callOutOfTurn(tx, call, { ...who, visitId, reason })
          said = visitText(call.locale, 'called', { turn: turnName(visit), window: visit.window ?? 0 })
          break
        }
        case 'came-back':
          if (isId(visitId)) await comeBack(tx, call, { visitId, by: who.by })
          break
        default:
          said = visitText(call.locale, 'given', { turn: await give(call, tx) })
      }
      return { redirect: url(call, addresses.counterVisits) }
    })
    if (said) flash(call, { text: said })
    return answer
  } catch (error) {
    if (error instanceof InvalidInput) return showQueue(call, { faults: error.faults }, 422)
    if (error instanceof DomainError) return showQueue(call, { refusal: refusalOf(error) }, 409)
    throw error
  }
}

async function give(call: Call, tx: Parameters<typeof takeTurn>[0]): Promise<string> {
  const typed = typedText(call, 'phone').trim()
  const phone = typed === '' ? undefined : parsePhone(typed)
  if (phone && !phone.ok) throw new InvalidInput([{ field: 'phone', code: phone.code }])
  const ground = typedText(call, 'ground')
  const known = (await groundsOf(tx)).find(each => each.open && each.code === ground)
  const taken = await takeTurn(
    tx,
    call,
    {
      purpose: typedText(call, 'purpose'),
      channel: 'clerk',
      ground: known?.code,
      phone: phone?.ok ? phone.value.e164 : undefined,
    },
    atWindow(call).by,
  )
  return turnName(taken.visit)
}
