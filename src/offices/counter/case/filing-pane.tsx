import { renderAnswers } from '../../../kernel/form/index.ts'
import { Button, CheckField, faultOf, KeyValues, Pane, usePage, useTexts } from '../../../ui/index.ts'
import { counterTexts } from '../strings.ts'
import { isBill } from '../till.ts'
import { owesFee, serviceOf } from './open.ts'
import type { CaseView } from './page.tsx'

/** Step 6: the summary is read out, confirmed, and the request goes in. */
export function FilingPane({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { locale } = usePage()
  const { of, faults, typed, mayTake } = view
  const pages = renderAnswers(serviceOf(of), of.form.simulation.pruned, locale)
  const items = pages.flatMap(page => page.items)
  const blocked = useBlocked(view)
  const collects = owesFee(of) && mayTake && isBill(of.bill)
  return (
    <Pane id="filing" title={t('filing')} step={{ number: 6, state: blocked ? 'waiting' : 'now' }}>
      <details className="digest">
        <summary>{t('summary', { count: items.length })}</summary>
        <KeyValues kind="answers" pairs={items.map(item => ({ term: item.label, value: item.value }))} />
      </details>
      <CheckField
        name="confirmed"
        label={t('confirmed')}
        checked={typed.confirmed === true}
        fault={faultOf(faults, 'confirmed')}
      />
      <div className="mt-s">
        <Button
          big
          full
          hotkey="F10"
          name="do"
          value={collects ? 'collect' : 'file'}
          variant={collects ? 'quiet' : 'main'}
          disabledBecause={blocked}
        >
          {t(collects ? 'file-and-collect' : 'file')}
        </Button>
      </div>
      {collects && !blocked && (
        <div className="mt-s">
          <Button variant="plain" full name="do" value="file">
            {t('file-unpaid')}
          </Button>
        </div>
      )}
      <p className="sm mut mt-s">
        {t(owesFee(of) && !collects ? 'file-then-pay' : of.phones.length > 0 ? 'file-told' : 'file-untold')}
      </p>
    </Pane>
  )
}

/** Why it cannot be filed yet, whatever is typed: only what no box of this page can put right at once. */
function useBlocked({ of }: CaseView): string | undefined {
  const t = useTexts(counterTexts)
  if (of.form.retired) return t('blocked-retired')
  if (of.judgement.outcome === 'hold') return t('blocked-dues')
  return undefined
}
