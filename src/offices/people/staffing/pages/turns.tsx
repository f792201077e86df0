import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { Confirm, faultOf, LongTextField, StaffLayout, usePage, useTexts } from '../../../../ui/index.ts'
import { type Call, idParam, read, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { orFaults } from '../../../../web/refused.ts'
import { staffIdOf } from '../../ways-in/own.ts'
import { leave, returnToWork } from '../leaving.ts'
import { propose } from '../proposals.ts'
import { readReason } from '../read.ts'
import { resetWaysIn } from '../reset.ts'
import { staffingText, staffingTexts } from '../strings.ts'
import { loadMember, type Member } from './load.ts'
import { logInAt, type Slip, SlipPage } from './slip.tsx'

/** The three turns of somebody's log-in that ask before they are done. */
export type Turn = 'leave' | 'reset' | 'return'

const pages = { leave: addresses.staffLeave, reset: addresses.staffReset, return: addresses.staffReturn }

const load = (call: Call): Promise<Member> =>
  read(call, tx => loadMember(tx, idParam(call, 'staff'), call.locale))

/** GET: asks before it is done. */
export const showTurn =
  (turn: Turn) =>
  async (call: Call): Promise<Response> =>
    draw(call, turn, await load(call), [])

const draw = (call: Call, turn: Turn, of: Member, faults: readonly Fault[]): Response =>
  showPage(
    call,
    <TurnPage turn={turn} of={of} reason={typedText(call, 'reason')} faults={faults} />,
    faults.length > 0 ? 422 : 200,
  )

/** POST: does it; where a password comes of it, shows it this once. */
export const doTurn =
  (turn: Turn) =>
  async (call: Call): Promise<Response> => {
    const of = await load(call)
    const staffId = of.member.id
    const by = { kind: 'staff' as const, id: staffIdOf(call) }
    const reason = readReason(name => typedText(call, name))
    if (turn === 'reset' && !reason.ok) return draw(call, turn, of, reason.faults)
    const words = reason.ok ? reason.value : ''
    const proposed = turn === 'reset' && of.power
    let secret: string | undefined
    const { answer, faults } = await orFaults('refused', () =>
      write(call, async tx => {
        if (turn === 'leave') {
          await leave(tx, staffId, by)
          await call.house.events.publish(tx, 'people.posts-ended', { staffId })
        } else if (turn === 'return') secret = await returnToWork(tx, staffId, by)
        else if (proposed) {
          const id = await propose(tx, { kind: 'reset', what: {}, staffId, reason: words, by: by.id })
          return { redirect: url(call, addresses.staffProposal, { proposal: id }) }
        } else secret = await resetWaysIn(tx, staffId, by, words)
        return { redirect: url(call, addresses.staffMember, { staff: staffId }) }
      }),
    )
    if (!answer) return draw(call, turn, of, faults)
    const name = of.member.name[call.locale]
    if (secret !== undefined) {
      const slip: Slip = { staffId, name, login: of.member.login, secret, part: 'whole', at: logInAt(call) }
      return showPage(call, <SlipPage {...slip} />)
    }
    const said = turn === 'leave' ? 'left-done' : proposed ? 'proposal-made' : 'slip-already'
    flash(call, {
      text: staffingText(call.locale, said, { name }),
      tone: turn === 'leave' ? 'olive' : 'info',
    })
    return answer
  }

type View = { turn: Turn; of: Member; reason: string; faults: readonly Fault[] }

function TurnPage({ turn, of, reason, faults }: View) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const { member, power, keys } = of
  const name = member.name[page.locale]
  const title = t(`${turn}-title`, { name })
  const proposes = turn === 'reset' && power
  const working = keys.some(({ revokedAt }) => revokedAt === undefined)
  return (
    <StaffLayout title={title} faults={faults}>
      <Confirm
        title={title}
        action={page.url(pages[turn], { staff: member.id })}
        verb={t(proposes ? 'reset-propose' : `${turn}-verb`)}
        stops={turn === 'leave'}
        back={page.url(addresses.staffMember, { staff: member.id })}
        fields={
          turn === 'reset' && (
            <LongTextField
              name="reason"
              label={t('form-reason')}
              value={reason}
              fault={faultOf(faults, 'reason')}
              rows={2}
              maxLength={300}
            />
          )
        }
      >
        {t(`${turn}-body`)}
        {proposes && ` ${t('reset-power')}`}
        {turn === 'leave' && working && ` ${t('leave-keys')}`}
      </Confirm>
    </StaffLayout>
  )
}
