import { may } from '../../../../kernel/access/index.ts'
import { addresses } from '../../../../lib/addresses.ts'
import { oneLine } from '../../../../lib/arabic.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { readReady, typedReady } from '../../../../lib/ready.ts'
import {
  Button,
  Form,
  faultOf,
  Head,
  LongTextField,
  Note,
  NumberField,
  Pane,
  Read,
  StaffLayout,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { type Call, read, type TypedBack, typedBack, typedText, url, write } from '../../../../web/call.ts'
import { flash, showPage } from '../../../../web/page.tsx'
import { setSetting, todayOf } from '../../../people/index.ts'
import { type RightsRules, rightsKey, rightsRules, rightsShape } from '../../rules.ts'
import { correctionText, correctionTexts } from '../strings.ts'
import { staffOf } from './staff.ts'

/** GET: terms of copies and corrections, and ready reasons. */
export async function showRules(call: Call, faults: Fault[] = []): Promise<Response> {
  const rules = await read(call, rightsRules)
  const title = correctionText(call.locale, 'rules-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <RulesPage
        rules={rules}
        faults={faults}
        typed={typedBack(call, faults)}
        mayWrite={may(call.visitor.actor, 'settings.write')}
      />
    </StaffLayout>,
    faults.length > 0 ? 422 : 200,
  )
}

/** POST: from today on it is so; what was before stays as it was. */
export async function saveRules(call: Call): Promise<Response> {
  const known = (await read(call, rightsRules)).refusals
  const parsed = rightsShape.safeParse({
    copyDays: Number(typedText(call, 'copyDays')),
    correctionDays: Number(typedText(call, 'correctionDays')),
    refusals: readReady(typedText(call, 'refusals'), known),
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
      key: rightsKey,
      from: await todayOf(tx),
      value: parsed.data,
      by: staffOf(call),
      decision: decision === '' ? undefined : decision,
    })
    return { redirect: url(call, addresses.manageRights) }
  })
  flash(call, { text: correctionText(call.locale, 'rules-saved'), tone: 'olive' })
  return answer
}

type PageProps = {
  rules: RightsRules
  mayWrite: boolean
  typed: TypedBack
  faults: Fault[]
}

function RulesPage(props: PageProps) {
  const { rules, mayWrite, typed, faults } = props
  const t = useTexts(correctionTexts)
  const { url } = usePage()
  const refusals = typedReady(rules.refusals)
  return (
    <Read>
      <Head title={t('rules-title')} sub={t('rules-sub')} />
      {!rules.confirmed && <Note tone="honey">{t('rules-unconfirmed')}</Note>}
      <Form action={url(addresses.manageRights)}>
        <Pane id="terms">
          <NumberField
            name="copyDays"
            label={t('rules-copy-days')}
            value={typed('copyDays') ?? String(rules.copyDays)}
            fault={faultOf(faults, 'copyDays')}
          />
          <NumberField
            name="correctionDays"
            label={t('rules-correction-days')}
            value={typed('correctionDays') ?? String(rules.correctionDays)}
            fault={faultOf(faults, 'correctionDays')}
          />
          <LongTextField
            name="refusals"
            label={t('rules-refusals')}
            hint={t('rules-refusals-hint')}
            rows={7}
            value={typed('refusals') ?? refusals}
            maxLength={2000}
            fault={faultOf(faults, 'refusals')}
          />
          {mayWrite && (
            <>
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
            </>
          )}
        </Pane>
      </Form>
    </Read>
  )
}
