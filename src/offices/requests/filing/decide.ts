import { renderAnswers } from '../../../kernel/form/index.ts'
import { type Consequence, type Decision, decide, unfiled } from '../../../kernel/workflow/index.ts'
import { Conflict } from '../../../lib/errors.ts'
import { newId } from '../../../lib/ids.ts'
import type { Money } from '../../../lib/money.ts'
import { type LinkRow, linkRow } from '../../messaging/index.ts'
import { type PlannedCharge, planCharge } from '../../treasury/index.ts'
import type { Desk } from '../desk.ts'
import { assessFees, mayBeDue, namedTariffs } from '../fees.ts'
import { linkFor, linksIn } from '../links/plan.ts'
import { type PlannedMessage, planFilingMessage } from '../messages.ts'
import type { Frozen } from '../model.ts'
import { beneficiaryOf } from '../parties/model.ts'
import type { Checked } from './check.ts'
import type { Standing } from './standing.ts'

type Accepted = Extract<Decision, { ok: true }>

/** Everything a filing consists of, before its number: what is written in one statement. */
export type Decided = Checked &
  Pick<Accepted, 'action' | 'projection'> & {
    requestId: string
    trackingToken: string
    now: Date
    frozen: Frozen
    charges: PlannedCharge[]
    /** Each with the short link it carries, where it does. */
    messages: (PlannedMessage & { link?: LinkRow })[]
    /** What follows once it is written: effects for the system, and requests filed as its parts. */
    later: Consequence[]
  }

/** Lets the workflow open the first step and plans what follows from it: charges, and words to the applicant. */
export function decideFiling(
  desk: Desk,
  checked: Checked,
  { offices, wording }: Pick<Standing, 'offices' | 'wording'>,
  now: Date,
): Decided {
  const { service, filing, values, exemptions } = checked
  const { action, projection, consequences } = openCase(desk, checked, offices, now)
  const requestId = newId(now)
  // What an agent files for is owed by whoever it is for.
  const debtorId = beneficiaryOf(filing)
  const amounts: Money[] = []
  const charges: PlannedCharge[] = []
  const messages: Decided['messages'] = []
  for (const each of consequences) {
    if (each.kind !== 'raise-fees') continue
    for (const { fee, amount, exemption } of assessFees(service, each.feePoint, values, exemptions)) {
      const { name, dueKind, refundable = false, amount: formula } = fee.fee
      amounts.push(amount)
      charges.push(
        planCharge(
          { town: desk.town.id, now, requestId },
          { kind: dueKind, objectKind: 'person', objectId: debtorId },
          {
            debtorId,
            feeId: fee.id,
            feePoint: fee.at,
            dueKind,
            label: name,
            amount,
            refundable,
            reasons: {
              formula,
              tariffs: namedTariffs(formula, values.tariffs ?? {}),
              today: values.today,
              ...(exemption && { exemption }),
            },
            dueOn: values.today,
            by: { kind: action.actor.kind, id: action.actor.id },
          },
        ),
      )
    }
  }
  for (const each of consequences) {
    if (each.kind === 'raise-fees' || each.kind === 'auto-effect' || each.kind === 'file-part') continue
    if (each.kind !== 'message') throw new Error(`filing ${filing.serviceCode} cannot ${each.kind}`)
    if (each.event === 'fee-due' && filing.tellsFee === false) continue
    const at = { now, timeZone: desk.town.timeZone, wording }
    const link = linkFor(desk, each.event, requestId)
    const message = planFilingMessage(
      at,
      service,
      each.event,
      { answers: filing.answers, projection },
      { amounts, link: link?.url },
    )
    if (!message) continue
    const [carried] = linksIn(message.body, link)
    const row = carried && linkRow(desk.house, { town: desk.town.id, now }, carried)
    messages.push({ ...message, ...(row && { link: row }) })
  }
  const frozen: Frozen = {
    ar: renderAnswers(service, filing.answers, 'ar'),
    en: renderAnswers(service, filing.answers, 'en'),
  }
  const later = consequences.filter(({ kind }) => kind === 'auto-effect' || kind === 'file-part')
  const made = {
    later,
    requestId,
    trackingToken: trackingToken(desk, requestId),
    now,
    frozen,
    charges,
    messages,
  }
  return { ...checked, action, projection, ...made }
}

function openCase(
  { town }: Pick<Desk, 'town'>,
  { service, filing, values, exemptions }: Checked,
  offices: readonly string[],
  now: Date,
): Accepted {
  const decision = decide(
    service,
    unfiled,
    { name: 'file', actor: filing.by, at: now, data: {}, newTaskIds: () => newId(now) },
    {
      answers: filing.answers,
      capacity: filing.capacity,
      channel: filing.channel,
      calendar: town.calendar,
      feesDue: (point, stepFields) => mayBeDue(service, point, { ...values, stepFields }, exemptions),
      offices,
    },
  )
  if (!decision.ok) throw new Conflict(decision.code, { act: 'file' })
  return decision
}

/** What other offices and open pages are told of a filing. */
export function filedEvent({ requestId, projection }: Decided) {
  const offices = [...new Set(projection.tasks.map(task => task.office))]
  return { requestId, act: 'file', state: projection.state, offices }
}

/**
 * The token of the address that shows where a request stands to whoever has it: 128 bits made from the town's secret, of which the
 * database keeps the hash alone. The server can make it again, for who asks a second time with the same key.
 */
export const trackingToken = ({ house, town }: Desk, requestId: string): string =>
  house.crypto.steadyIndex(town.id, 'tracking', requestId).subarray(0, 16).toString('base64url')
