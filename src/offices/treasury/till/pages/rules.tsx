import { addresses } from '../../../../lib/addresses.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { formatFigures, parseAmount } from '../../../../lib/money.ts'
import {
  Button,
  Crumbs,
  Form,
  faultOf,
  Head,
  MoneyField,
  NumberField,
  Pane,
  Read as Reading,
  StaffLayout,
  usePage,
} from '../../../../ui/index.ts'
import { useTexts } from '../../../../ui/words.ts'
import { actorKey } from '../../../../web/actor.ts'
import { type Call, read, typedText, url } from '../../../../web/call.ts'
import { showPage } from '../../../../web/page.tsx'
import { dayOf } from '../ceiling.ts'
import { readWhole } from '../read.ts'
import { setTillSettings, type TillSettings, tillSettings } from '../settings.ts'
import { tillText, tillTexts } from '../strings.ts'
import { act } from './act.ts'

/** GET: what the town has decided of its tills. */
export async function showRules(call: Call, faults?: Fault[]): Promise<Response> {
  const settings = await read(call, async tx => tillSettings(tx, await dayOf(tx)))
  const title = tillText(call.locale, 'rules-title')
  return showPage(
    call,
    <StaffLayout title={title} faults={faults}>
      <Crumbs links={[{ label: tillText(call.locale, 'hub-title'), href: url(call, addresses.treasury) }]} />
      <Reading>
        <Head title={title} sub={tillText(call.locale, 'rules-sub')} />
        <Rules call={call} settings={settings} faults={faults} />
      </Reading>
    </StaffLayout>,
    faults ? 422 : 200,
  )
}

function Rules({
  call,
  settings,
  faults,
}: {
  call: Call
  settings: TillSettings
  faults: Fault[] | undefined
}) {
  const t = useTexts(tillTexts)
  const { url } = usePage()
  const said = (name: string, otherwise: string) => (faults ? typedText(call, name) : otherwise)
  return (
    <Pane id="rules" title={t('rules-title')} icon="settings">
      <Form action={url(addresses.treasuryRules)}>
        <NumberField
          name="past"
          label={t('rules-past')}
          hint={t('rules-past-hint')}
          value={said('past', String(settings.chequePastDays))}
          fault={faultOf(faults, 'past')}
        />
        <NumberField
          name="ahead"
          label={t('rules-ahead')}
          hint={t('rules-ahead-hint')}
          value={said('ahead', String(settings.chequeAheadDays))}
          fault={faultOf(faults, 'ahead')}
        />
        <MoneyField
          name="ceiling"
          label={t('rules-ceiling')}
          currency="ILS"
          value={said('ceiling', formatFigures(settings.reversalCeiling))}
          fault={faultOf(faults, 'ceiling')}
        />
        <Button>{t('rules-save')}</Button>
      </Form>
    </Pane>
  )
}

/** POST: the rules from today on. */
export async function saveRules(call: Call): Promise<Response> {
  const faults: Fault[] = []
  const days = (name: string): number => {
    const read = readWhole(typedText(call, name))
    if (read === undefined || read > 3_650) faults.push({ field: name, code: 'not-a-number' })
    return read ?? 0
  }
  const [past, ahead] = [days('past'), days('ahead')]
  const ceiling = parseAmount(typedText(call, 'ceiling'), 'ILS')
  if (!ceiling.ok) faults.push({ field: 'ceiling', code: ceiling.code })
  if (faults.length > 0 || !ceiling.ok) return showRules(call, faults)
  return act(call, {
    to: url(call, addresses.treasuryRules),
    said: tillText(call.locale, 'rules-saved'),
    work: async tx => {
      const from = await dayOf(tx)
      const settings = {
        ...(await tillSettings(tx, from)),
        chequePastDays: past,
        chequeAheadDays: ahead,
        reversalCeiling: ceiling.value,
      }
      await setTillSettings(tx, { from, settings, by: actorKey(call.visitor.actor) })
    },
    again: () => showRules(call, []),
  })
}
