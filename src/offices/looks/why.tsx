import { may } from '../../kernel/access/index.ts'
import { addresses, fillAddress } from '../../lib/addresses.ts'
import { oneLine } from '../../lib/arabic.ts'
import { timeOfDay } from '../../lib/dates.ts'
import { BadRequest, type Fault, Forbidden } from '../../lib/errors.ts'
import { isId } from '../../lib/ids.ts'
import { tooFewWords } from '../../lib/ready.ts'
import {
  Button,
  Form,
  faultOf,
  Head,
  LinkButton,
  Note,
  Pane,
  Row,
  Stack,
  StaffLayout,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../ui/index.ts'
import { actorKey } from '../../web/actor.ts'
import { type Call, read, typedText, write } from '../../web/call.ts'
import { flash, showPage } from '../../web/page.tsx'
import { parkForm } from '../../web/parked.tsx'
import { getPerson, localPath } from '../people/index.ts'
import type { CauseMissing } from './gate.ts'
import { grantReason } from './grants.ts'
import { type LookRules, lookRules } from './rules.ts'
import { lookText, lookTexts } from './strings.ts'

type View = {
  personId: string
  part: string
  /** Where the file waits: the page that was asked for, or the form that was being sent. */
  back: string
  /** A form that was being sent waits. */
  kept: boolean
  rules: LookRules
  /** Whoever serves at a window can have a code sent to the person, where the town wants presence proved. */
  proves: boolean
  typed: string
  faults: Fault[]
}

/** Who of the staff may say that somebody stands in front of them. */
const provesPresence = (call: Call, rules: LookRules, part: string): boolean =>
  rules.presence === 'code' && part === '' && may(call.visitor.actor, 'visit.call')

/** The answer to a look without a cause: the page that asks for one. A form that was being sent waits with all that was typed. */
export async function askWhy(call: Call, { personId, part = '' }: CauseMissing): Promise<Response> {
  const kept = call.request.method !== 'GET'
  const back = kept ? fillAddress(addresses.parked, { token: await parkForm(call) }) : call.here
  const rules = await read(call, lookRules)
  const proves = provesPresence(call, rules, part)
  return showWhy(call, { personId, part, back, kept, rules, proves, typed: '', faults: [] }, 403)
}

const showWhy = (call: Call, view: View, status: number): Promise<Response> | Response =>
  showPage(call, <WhyPage view={view} />, status)

/** POST: a reason was given. The file opens for some minutes, and the way goes on to where it was asked for. */
export async function sayWhy(call: Call): Promise<Response> {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  const personId = typedText(call, 'person')
  const back = localPath(typedText(call, 'back'))
  if (!isId(personId) || !back) throw new BadRequest('bad-form')
  const part = /^[a-z][a-z0-9.-]{0,80}$/.test(typedText(call, 'part')) ? typedText(call, 'part') : ''
  const typed = oneLine(typedText(call, 'words'), 300)
  const rules = await read(call, lookRules)
  const ready = rules.reasons.find(({ code }) => code === typedText(call, 'reason'))
  const faults = ready ? [] : tooFewWords('words', typed)
  if (faults.length > 0) {
    const proves = provesPresence(call, rules, part)
    return showWhy(call, { personId, part, back, kept: false, rules, proves, typed, faults }, 422)
  }
  const words = [ready?.ar, typed].filter(Boolean).join(': ')
  let until: Date | undefined
  const answer = await write(call, async tx => {
    await getPerson(tx, personId)
    const by = { ...actorKey(actor), office: actor.appointments[0]?.office }
    const reason = { reason: ready?.code ?? 'other', words, address: back, part }
    const granted = await grantReason(
      tx,
      call.house.events,
      { staffId: actor.staffId, personId, ...reason },
      by,
    )
    until = granted.until
    return { redirect: call.town.prefix + back }
  })
  const time = until && timeOfDay(until, { locale: call.locale, timeZone: call.town.timeZone })
  if (time)
    flash(call, { text: lookText(call.locale, 'opened-until', { time, reason: words }), tone: 'honey' })
  return answer
}

/** Before a reason is given the page names nobody: neither the name nor anything else of the person stands on it. */
function WhyPage({ view }: { view: View }) {
  const t = useTexts(lookTexts)
  const local = useLocalized()
  const { url } = usePage()
  const { rules, faults, personId, back, part } = view
  const title = t('why-title')
  return (
    <StaffLayout title={title} faults={faults}>
      <div className="read">
        <Head title={title} />
        {view.proves && (
          <Pane id="present" icon="phone" title={t('why-present')}>
            <Form action={url(addresses.counterPresence, { person: personId })} hidden={{ back, do: 'send' }}>
              <p className="mut">{t('why-present-body')}</p>
              <Button variant="quiet" hotkey="Digit0">
                {t('why-present-send')}
              </Button>
            </Form>
          </Pane>
        )}
        <Form action={url(addresses.why)} hidden={{ person: personId, back, part }}>
          <Stack>
            <Note tone="honey" icon="eye">
              {t(part ? 'why-part' : 'why-body', { minutes: rules.minutes })}
            </Note>
            {view.kept && <Note tone="info">{t('why-kept')}</Note>}
            <Pane id="why" title={t('why-ready')}>
              <div className="two-f">
                {rules.reasons.map(({ code, ...name }, at) => (
                  <Button
                    key={code}
                    name="reason"
                    value={code}
                    variant="quiet"
                    full
                    hotkey={`Digit${at + 1}`}
                  >
                    {local(name)}
                  </Button>
                ))}
              </div>
            </Pane>
            <Pane id="own">
              <TextField
                name="words"
                label={t('why-own')}
                hint={t('why-own-hint')}
                value={view.typed}
                fault={faultOf(faults, 'words')}
                optional
                maxLength={300}
                hotkey="Digit9"
              />
              <Row>
                <Button icon="eye">{t('why-open')}</Button>
                <LinkButton href={url(addresses.inbox)} variant="plain" hotkey="Escape">
                  {t('why-back')}
                </LinkButton>
              </Row>
            </Pane>
          </Stack>
        </Form>
      </div>
    </StaffLayout>
  )
}
