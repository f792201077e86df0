import { renderAnswers } from '../../../kernel/form/index.ts'
import { addresses } from '../../../lib/addresses.ts'
import {
  Button,
  CheckField,
  faultOf,
  KeyValues,
  LinkButton,
  Note,
  Pane,
  Row,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import { confirmedHow } from '../confirm/confirmed.ts'
import { confirmTexts } from '../confirm/strings.ts'
import { counterTexts } from '../strings.ts'
import { isBill } from '../till.ts'
import { owesFee, serviceOf } from './open.ts'
import type { CaseView } from './page.tsx'

/** Step 6: the summary is read out, confirmed, and the request goes in. */
export function FilingPane({ view }: { view: CaseView }) {
  const t = useTexts(counterTexts)
  const { locale } = usePage()
  const { of, mayTake } = view
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
      <Confirmed view={view} />
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

/** That the applicant has confirmed it: read out under one tick, or on the screen, a sheet, or by a code. */
function Confirmed({ view: { of, faults, typed } }: { view: CaseView }) {
  const t = useTexts(confirmTexts)
  const counter = useTexts(counterTexts)
  const { url } = usePage()
  const { draft } = of.form
  const how = confirmedHow(draft)
  const action = url(addresses.counterDraftConfirm, { draft: draft.id })
  if (how && how !== 'old') return <p className="ok-c">{t(`done-${how}`)}</p>
  const sent = draft.confirmation?.codeHash !== undefined
  return (
    <>
      {how === 'old' && (
        <Note tone="honey" small>
          {t('done-old')}
        </Note>
      )}
      <CheckField
        name="confirmed"
        label={counter('confirmed')}
        checked={typed.confirmed === true}
        fault={faultOf(faults, 'confirmed')}
      />
      <details className="digest" open={sent || faultOf(faults, 'code') !== undefined}>
        <summary>{t('other-ways')}</summary>
        <Row>
          <LinkButton
            href={url(addresses.counterDraftScreen, { draft: draft.id })}
            variant="quiet"
            icon="eye"
          >
            {t('turn-screen')}
          </LinkButton>
          {of.phones.some(phone => phone.primary && !phone.shared) && (
            <Button variant="quiet" icon="phone" name="do" value="send" formAction={action}>
              {t('send-code')}
            </Button>
          )}
        </Row>
        {sent && (
          <div className="find-row mt-s">
            <TextField
              name="code"
              label={t('code')}
              fault={faultOf(faults, 'code')}
              inputMode="numeric"
              maxLength={8}
              width="short"
              ltr
              tight
            />
            <Button variant="quiet" formAction={action}>
              {t('code-check')}
            </Button>
          </div>
        )}
      </details>
    </>
  )
}

/** Why it cannot be filed yet, whatever is typed: only what no box of this page can put right at once. */
function useBlocked({ of }: CaseView): string | undefined {
  const t = useTexts(counterTexts)
  if (of.form.retired) return t('blocked-retired')
  if (of.judgement.outcome === 'hold') return t('blocked-dues')
  return undefined
}
