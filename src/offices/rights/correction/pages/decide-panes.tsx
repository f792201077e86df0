import type { ReactNode } from 'react'
import { addresses } from '../../../../lib/addresses.ts'
import {
  Button,
  ChoiceField,
  Fold,
  Form,
  faultOf,
  KeyValues,
  LongTextField,
  Note,
  Pane,
  SelectField,
  TextField,
  useLocalized,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import { idKinds } from '../../../people/index.ts'
import { type Box, boxesOf, changedFields, inBoxes } from '../record.ts'
import { correctionTexts } from '../strings.ts'
import type { StaffView } from './one.tsx'

function Act({ view, act, children }: { view: StaffView; act: string; children: ReactNode }) {
  const { url } = usePage()
  return (
    <Form action={url(addresses.correction, { correction: view.correction.id })} hidden={{ act }}>
      {children}
    </Form>
  )
}

/** The record as it stands with boxes to correct it in, or, where it stands elsewhere, what was done. */
export function AcceptPane({ view }: { view: StaffView }) {
  const t = useTexts(correctionTexts)
  const { correction, record, typed, faults } = view
  const boxes = record ? boxesOf(correction.fact) : []
  const stands = record && inBoxes(record)
  const twice = correction.fact === 'name' || correction.fact === 'identity'
  return (
    <Pane id="accept" icon="ok" title={t('accept-title')}>
      <Act view={view} act="accept">
        <p className="sm mut mb-s">{t(stands ? 'accept-note' : 'accept-elsewhere')}</p>
        {stands && <Before boxes={boxes} stands={stands} />}
        {boxes.map(box => {
          const field = { name: box, label: t(`box-${box}`), value: typed(box) || stands?.[box] }
          const fault = faultOf(faults, box)
          if (box === 'idKind')
            return (
              <SelectField
                key={box}
                {...field}
                fault={fault}
                options={idKinds.map(value => ({ value, label: t(`id-${value}`) }))}
              />
            )
          return <TextField key={box} {...field} fault={fault} width="mid" maxLength={120} />
        })}
        <LongTextField
          name="words"
          label={t(stands ? 'accept-words' : 'accept-did')}
          rows={2}
          maxLength={1000}
          value={typed('act') === 'accept' ? typed('words') : ''}
          optional={stands !== undefined}
          fault={typed('act') === 'accept' ? faultOf(faults, 'words') : undefined}
        />
        {twice && <Note small>{t('accept-two')}</Note>}
        <p className="mt">
          <Button icon="ok" hotkey="Ctrl+Enter">
            {t('accept')}
          </Button>
        </p>
      </Act>
    </Pane>
  )
}

function Before({ boxes, stands }: { boxes: readonly Box[]; stands: Record<Box, string> }) {
  const t = useTexts(correctionTexts)
  return (
    <div className="mb-s">
      <p className="sm mut">{t('in-record')}</p>
      <KeyValues
        pairs={boxes.map(box => ({ term: t(`box-${box}`), value: <Shown box={box} value={stands[box]} /> }))}
      />
    </div>
  )
}

function Shown({ box, value }: { box: Box; value: string }) {
  const t = useTexts(correctionTexts)
  if (value === '') return <span className="mut">{t('nothing')}</span>
  if (box === 'idKind') return t(`id-${value as (typeof idKinds)[number]}`)
  return <bdi>{value}</bdi>
}

/** What somebody would write in the record, beside what stands; another agrees or gives it back. */
export function ProposalPane({ view }: { view: StaffView }) {
  const t = useTexts(correctionTexts)
  const local = useLocalized()
  const { correction, record, proposed, staff, faults, typed } = view
  const by = correction.proposed && staff.get(correction.proposed.by)
  if (!record || !proposed) return null
  const [was, is] = [inBoxes(record), inBoxes(proposed)]
  const changed = changedFields(record, proposed)
  return (
    <Pane id="proposal" icon="users" title={t('proposal-title')}>
      {by && <p className="sm mut mb-s">{t('proposal-by', { name: local(by.name) })}</p>}
      <KeyValues
        pairs={changed.map(box => ({
          term: t(`box-${box}`),
          value: (
            <>
              <del>
                <Shown box={box} value={was[box]} />
              </del>{' '}
              <b>
                <Shown box={box} value={is[box]} />
              </b>
            </>
          ),
        }))}
      />
      {!view.may.approve && <Note icon="lock">{t('proposal-wait')}</Note>}
      {view.may.approve && view.may.own && <Note icon="lock">{t('proposal-own')}</Note>}
      {view.may.approve && !view.may.own && (
        <>
          <Act view={view} act="agree">
            <Button icon="ok" hotkey="Ctrl+Enter">
              {t('agree')}
            </Button>
          </Act>
          <Fold kind="rare" title={t('give-back')}>
            <Act view={view} act="give-back">
              <LongTextField
                name="words"
                label={t('give-back-words')}
                rows={2}
                maxLength={1000}
                value={typed('words')}
                fault={faultOf(faults, 'words')}
              />
              <Button variant="quiet">{t('give-back')}</Button>
            </Act>
          </Fold>
        </>
      )}
    </Pane>
  )
}

/** What is still needed of the person. */
export function AskPane({ view }: { view: StaffView }) {
  const t = useTexts(correctionTexts)
  const { typed, faults } = view
  const mine = typed('act') === 'ask'
  return (
    <Pane id="ask" icon="chat" title={t('ask-title')}>
      <Act view={view} act="ask">
        <LongTextField
          name="words"
          label={t('ask-words')}
          rows={2}
          maxLength={1000}
          value={mine ? typed('words') : ''}
          fault={mine ? faultOf(faults, 'words') : undefined}
        />
        <Button variant="quiet">{t('ask')}</Button>
      </Act>
    </Pane>
  )
}

/** A reason the person reads, ready or in one's own words. */
export function RefusePane({ view }: { view: StaffView }) {
  const t = useTexts(correctionTexts)
  const local = useLocalized()
  const { typed, faults, refusals } = view
  const mine = typed('act') === 'refuse'
  return (
    <Pane id="refuse" icon="no" title={t('refuse-title')}>
      <Act view={view} act="refuse">
        <ChoiceField
          name="refusal"
          label={t('refuse-reason')}
          value={mine ? typed('refusal') : ''}
          options={[
            ...refusals.map(each => ({ value: each.code, label: local(each) })),
            { value: 'other', label: t('fact-other') },
          ]}
          fault={mine ? faultOf(faults, 'refusal') : undefined}
        />
        <LongTextField
          name="words"
          label={t('refuse-words')}
          rows={2}
          maxLength={1000}
          value={mine ? typed('words') : ''}
          fault={mine ? faultOf(faults, 'words') : undefined}
        />
        <Button variant="stop">{t('refuse')}</Button>
      </Act>
    </Pane>
  )
}
