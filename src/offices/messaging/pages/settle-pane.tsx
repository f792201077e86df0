import { addresses } from '../../../lib/addresses.ts'
import type { Fault } from '../../../lib/errors.ts'
import {
  Button,
  ChoiceField,
  Form,
  faultOf,
  Note,
  type Option,
  Pane,
  TextField,
  usePage,
  useTexts,
} from '../../../ui/index.ts'
import type { Settling } from '../proof/model.ts'
import type { WholeMessage } from '../proof/one.ts'
import { waysToSettle } from '../proof/settle.ts'
import { proofTexts } from '../proof/strings.ts'

export type SettleTyped = { how: string; note: string; faults: Fault[] }

export const longestNote = 300
const hinted: readonly Settling[] = ['post', 'sent-again', 'left']

/** What somebody did about a message that reached nobody, or may not have. */
export function SettlePane({ message, typed }: { message: WholeMessage; typed: SettleTyped | undefined }) {
  const t = useTexts(proofTexts)
  const { url } = usePage()
  const options = waysToSettle(message).map(
    (how): Option => ({
      value: how,
      label: t(`settle-${how}`),
      hint: hinted.includes(how) ? t(`settle-${how as 'post' | 'sent-again' | 'left'}-hint`) : undefined,
    }),
  )
  return (
    <Pane id="settle" title={t('settle-title')} icon="call" tone="stop">
      {message.state === 'uncertain' && (
        <Note tone="honey" small>
          {t('settle-uncertain')}
        </Note>
      )}
      <Form action={url(addresses.messageSettle, { id: message.id })}>
        <ChoiceField
          name="how"
          label={t('settle-choose')}
          hint={t('settle-why')}
          options={options}
          value={typed?.how}
          fault={faultOf(typed?.faults, 'how')}
        />
        <TextField
          name="note"
          label={t('settle-note')}
          value={typed?.note}
          maxLength={longestNote}
          optional
        />
        <Button icon="check">{t('settle-save')}</Button>
      </Form>
    </Pane>
  )
}
