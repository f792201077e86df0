import { may } from '../../../kernel/access/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import { stripControls } from '../../../lib/arabic.ts'
import { isCalendarDate } from '../../../lib/calendar.ts'
import { BadRequest, type Fault, Forbidden } from '../../../lib/errors.ts'
import {
  Button,
  DateField,
  DateText,
  Flag,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  Pane,
  Row,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { type Call, param, read, typedText, url, wholeOf, write } from '../../../web/call.ts'
import { flash, showPage } from '../../../web/page.tsx'
import type { AuditActor } from '../../audit/index.ts'
import { oversightText, oversightTexts } from '../strings.ts'
import { type Policy, policiesOf, reviewPolicy, writePolicy } from './store.ts'

const longest = 20_000

function staffIn(call: Call): AuditActor & { kind: 'staff' } {
  const { actor } = call.visitor
  if (actor.kind !== 'staff') throw new Forbidden('staff-only')
  return { kind: 'staff', id: actor.staffId, office: actor.appointments[0]?.office }
}

/** GET: the versions of the policy, and the form of a new one. */
export async function showManagePrivacy(call: Call, faults: Fault[] = []): Promise<Response> {
  const all = await read(call, policiesOf)
  const title = oversightText(call.locale, 'privacy-manage')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <ManagePage
        all={all}
        me={staffIn(call).id}
        mayWrite={may(call.visitor.actor, 'privacy.write')}
        mayReview={may(call.visitor.actor, 'privacy.review')}
        typed={name => typedText(call, name)}
        faults={faults}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** Days are typed as people write them. */
function dayOf(text: string): string | undefined {
  const [, day = '', month = '', year = ''] = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text.trim()) ?? []
  const iso =
    text.includes('-') && text.length === 10 && /^\d{4}/.test(text)
      ? text
      : `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`
  return isCalendarDate(iso) ? iso : undefined
}

/** POST: a new version, which another reviews. */
export async function sendPolicy(call: Call): Promise<Response> {
  const text = (name: string) => stripControls(typedText(call, name)).trim().slice(0, longest)
  const from = dayOf(typedText(call, 'from'))
  const policy = { ar: text('ar'), en: text('en'), decision: text('decision').slice(0, 80) }
  const faults: Fault[] = (['ar', 'decision'] as const)
    .filter(name => policy[name] === '')
    .map(field => ({ field, code: 'required' }))
  if (!from) faults.push({ field: 'from', code: 'required' })
  if (!from || faults.length > 0) return showManagePrivacy(call, faults)
  const answer = await write(call, async tx => {
    await writePolicy(tx, { ...policy, from }, staffIn(call))
    return { redirect: url(call, addresses.managePrivacy) }
  })
  flash(call, { text: oversightText(call.locale, 'privacy-sent'), tone: 'olive' })
  return answer
}

/** POST: adopts a version or returns it. */
export async function decidePolicy(call: Call): Promise<Response> {
  const version = wholeOf(param(call, 'version'))
  if (version < 1) throw new BadRequest('bad-address')
  const accept = typedText(call, 'do') === 'accept'
  const note = stripControls(typedText(call, 'note')).trim().slice(0, 500)
  const answer = await write(call, async tx => {
    await reviewPolicy(tx, { version, accept, note }, staffIn(call))
    return { redirect: url(call, addresses.managePrivacy) }
  })
  flash(call, { text: oversightText(call.locale, accept ? 'privacy-accepted' : 'privacy-returned') })
  return answer
}

function ManagePage(props: {
  all: Policy[]
  me: string
  mayWrite: boolean
  mayReview: boolean
  typed: (name: string) => string
  faults: Fault[]
}) {
  const { all, me, mayWrite, mayReview, typed, faults } = props
  const t = useTexts(oversightTexts)
  const { url } = usePage()
  const waits = all.some(each => each.accepted === undefined)
  return (
    <div className="read">
      <Head title={t('privacy-manage')} sub={t('privacy-manage-sub')} />
      <Stack>
        {all.map(each => (
          <Pane
            key={each.version}
            id={`v${each.version}`}
            title={t('privacy-version', { version: each.version })}
          >
            <p className="row">
              <Flag
                icon={each.accepted ? 'ok' : each.accepted === false ? 'no' : 'clock'}
                tone={each.accepted ? 'olive' : each.accepted === false ? 'sumac' : 'honey'}
              >
                {t(
                  each.accepted
                    ? 'privacy-accepted'
                    : each.accepted === false
                      ? 'privacy-returned'
                      : 'privacy-review',
                )}
              </Flag>
              <span>
                {t('privacy-decision', { decision: each.decision })} <DateText value={each.from} />
              </span>
            </p>
            {each.note && (
              <p>
                <bdi>{each.note}</bdi>
              </p>
            )}
            {each.accepted === undefined && <p className="written">{each.ar}</p>}
            {each.accepted === undefined && each.writtenBy === me && (
              <Note tone="honey" icon="lock">
                {t('privacy-own')}
              </Note>
            )}
            {each.accepted === undefined && mayReview && each.writtenBy !== me && (
              <Form action={url(addresses.managePrivacyReview, { version: each.version })}>
                <TextField name="note" label={t('privacy-note')} optional maxLength={500} />
                <Row>
                  <Button name="do" value="accept">
                    {t('privacy-accept')}
                  </Button>
                  <Button name="do" value="return" variant="stop">
                    {t('privacy-return')}
                  </Button>
                </Row>
              </Form>
            )}
          </Pane>
        ))}
        {mayWrite && !waits && (
          <Pane id="new" title={t('privacy-new')}>
            <Form action={url(addresses.managePrivacy)}>
              <LongTextField
                name="ar"
                label={t('privacy-ar')}
                rows={14}
                maxLength={longest}
                value={typed('ar') || all[0]?.ar}
                fault={faultOf(faults, 'ar')}
              />
              <LongTextField
                name="en"
                label={t('privacy-en')}
                rows={10}
                maxLength={longest}
                optional
                value={typed('en') || all[0]?.en}
              />
              <TextField
                name="decision"
                label={t('privacy-decision-number')}
                maxLength={80}
                value={typed('decision')}
                fault={faultOf(faults, 'decision')}
              />
              <DateField
                name="from"
                label={t('privacy-from')}
                value={typed('from')}
                fault={faultOf(faults, 'from')}
              />
              <Button>{t('privacy-send')}</Button>
            </Form>
          </Pane>
        )}
      </Stack>
    </div>
  )
}
