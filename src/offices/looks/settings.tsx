import { may } from '../../kernel/access/index.ts'
import { addresses } from '../../lib/addresses.ts'
import { oneLine } from '../../lib/arabic.ts'
import type { Fault } from '../../lib/errors.ts'
import { readReady, typedReady } from '../../lib/ready.ts'
import {
  Button,
  CheckField,
  ChoiceField,
  Form,
  faultOf,
  Head,
  LongTextField,
  NumberField,
  Pane,
  SegmentField,
  Stack,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../ui/index.ts'
import { type Call, read, type TypedBack, typedBack, typedText, url, write } from '../../web/call.ts'
import { flash, showPage } from '../../web/page.tsx'
import { setSetting, todayOf } from '../people/index.ts'
import { staffIn } from './releases/gate.tsx'
import { type LookRules, lookRules, presences, rulesKey, rulesShape } from './rules.ts'
import { lookText, lookTexts } from './strings.ts'

/** GET: what the town has settled about looks at people's data. */
export async function showRules(call: Call, faults: Fault[] = []): Promise<Response> {
  const rules = await read(call, lookRules)
  const title = lookText(call.locale, 'rules-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <RulesPage
        rules={rules}
        mayWrite={may(call.visitor.actor, 'look.rules')}
        typed={typedBack(call, faults)}
        faults={faults}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: from today on it is so; the rules before stay as they were. */
export async function saveRules(call: Call): Promise<Response> {
  const known = (await read(call, lookRules)).reasons
  const number = (name: string) => Number(typedText(call, name))
  const parsed = rulesShape.safeParse({
    minutes: number('minutes'),
    answerDays: number('answerDays'),
    name: typedText(call, 'name'),
    presence: typedText(call, 'presence'),
    monthly: typedText(call, 'monthly') === 'yes',
    idleADay: number('idleADay'),
    rowsADay: number('rowsADay'),
    reasons: readReady(typedText(call, 'reasons'), known),
  })
  if (!parsed.success)
    return showRules(
      call,
      [...new Set(parsed.error.issues.map(({ path: [field] }) => String(field)))].map(field => ({
        field,
        code: 'invalid',
      })),
    )
  const decision = oneLine(typedText(call, 'decision'), 60)
  const answer = await write(call, async tx => {
    await setSetting(tx, {
      key: rulesKey,
      from: await todayOf(tx),
      value: parsed.data,
      by: staffIn(call),
      decision: decision === '' ? undefined : decision,
    })
    return { redirect: url(call, addresses.manageLooks) }
  })
  flash(call, { text: lookText(call.locale, 'rules-saved'), tone: 'olive' })
  return answer
}

type PageProps = {
  rules: LookRules
  mayWrite: boolean
  typed: TypedBack
  faults: Fault[]
}

function RulesPage(props: PageProps) {
  const { rules, mayWrite, typed, faults } = props
  const t = useTexts(lookTexts)
  const { url } = usePage()
  const reasons = typedReady(rules.reasons)
  return (
    <div className="read">
      <Head title={t('rules-title')} sub={t('rules-sub')} />
      <Form action={url(addresses.manageLooks)}>
        <Stack>
          <Pane id="grounds" icon="eye" title={t('rules-reasons')}>
            <NumberField
              name="minutes"
              label={t('rules-minutes')}
              value={typed('minutes') ?? String(rules.minutes)}
              fault={faultOf(faults, 'minutes')}
            />
            <LongTextField
              name="reasons"
              label={t('rules-ready')}
              hint={t('rules-ready-hint')}
              rows={8}
              value={typed('reasons') ?? reasons}
              maxLength={2000}
              fault={faultOf(faults, 'reasons')}
            />
          </Pane>
          <Pane id="presence" icon="users" title={t('rules-presence')}>
            <ChoiceField
              name="presence"
              label={t('rules-number')}
              options={presences.map(value => ({ value, label: t(`rules-number-${value}`) }))}
              value={typed('presence') ?? rules.presence}
            />
            <NumberField
              name="idleADay"
              label={t('rules-idle')}
              value={typed('idleADay') ?? String(rules.idleADay)}
              fault={faultOf(faults, 'idleADay')}
            />
            <NumberField
              name="rowsADay"
              label={t('rules-rows')}
              value={typed('rowsADay') ?? String(rules.rowsADay)}
              fault={faultOf(faults, 'rowsADay')}
            />
          </Pane>
          <Pane id="people" icon="users" title={t('rules-people')}>
            <SegmentField
              name="name"
              label={t('rules-name')}
              options={(['role', 'name'] as const).map(value => ({ value, label: t(`rules-name-${value}`) }))}
              value={typed('name') ?? rules.name}
            />
            <NumberField
              name="answerDays"
              label={t('rules-days')}
              value={typed('answerDays') ?? String(rules.answerDays)}
              fault={faultOf(faults, 'answerDays')}
            />
            <CheckField
              name="monthly"
              label={t('rules-monthly')}
              checked={(typed('monthly') ?? (rules.monthly ? 'yes' : '')) === 'yes'}
            />
          </Pane>
          {mayWrite && (
            <Pane id="save">
              <TextField
                name="decision"
                label={t('rules-decision')}
                value={typed('decision')}
                maxLength={60}
                width="mid"
                optional
                tight
              />
              <Button>{t('rules-save')}</Button>
            </Pane>
          )}
        </Stack>
      </Form>
    </div>
  )
}
