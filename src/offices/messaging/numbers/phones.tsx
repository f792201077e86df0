import type { ReactNode } from 'react'
import {
  DateText,
  FaultText,
  Flag,
  faultOf,
  fieldId,
  Note,
  Pane,
  SegmentField,
  Tag,
  useTexts,
} from '../../../ui/index.ts'
import { type Phone, phoneLabels } from '../../people/index.ts'
import type { ContactPart } from './parts.tsx'
import { contactTexts } from './strings.ts'

/** How a number stands, in words with signs. */
export function NumberState({ phone }: { phone: Phone }) {
  const t = useTexts(contactTexts)
  return (
    <span className="row">
      {phone.primary && (
        <Flag icon="tel" tone="glass">
          {t('state-primary')}
        </Flag>
      )}
      {phone.asleepAt && (
        <Flag icon="pause" tone="sumac">
          {t('state-asleep')}
        </Flag>
      )}
      {phone.shared && (
        <Flag icon="users" tone="honey">
          {t('state-shared')}
        </Flag>
      )}
      {phone.verified ? (
        <Flag icon="ok" tone="olive">
          {t('state-verified')}
        </Flag>
      ) : (
        <Tag>{t('state-unverified')}</Tag>
      )}
    </span>
  )
}

/** Somebody's numbers, each with what may be done with it, and what was wrong with what was asked of them. */
export function NumbersPane({
  view: { phones },
  faults,
  title,
  none,
  note,
  children,
}: Pick<ContactPart, 'view' | 'faults'> & {
  title: string
  none: string
  note?: ReactNode
  children: (phone: Phone) => ReactNode
}) {
  const fault = faultOf(faults, 'numbers')
  return (
    <Pane id="numbers" title={title} icon="phone">
      {fault && (
        <div id={fieldId('numbers')} className="mb-s">
          <Note tone="sumac">
            <FaultText fault={fault} />
          </Note>
        </div>
      )}
      {phones.length === 0 && <p className="mut">{none}</p>}
      {note}
      <ul className="lines">
        {phones.map(phone => (
          <li key={phone.key}>{children(phone)}</li>
        ))}
      </ul>
    </Pane>
  )
}

/** Whose a number is: theirs, the house's, that of their work. */
export function LabelField(field: {
  name: string
  label: string
  value: string
  labelHidden?: boolean
  tight?: boolean
}) {
  const t = useTexts(contactTexts)
  return (
    <SegmentField
      {...field}
      options={phoneLabels.map(each => ({ value: each, label: t(`label-${each}`) }))}
    />
  )
}

/** What a number's state means for whoever has it. */
export function NumberNote({ phone }: { phone: Phone }) {
  const t = useTexts(contactTexts)
  if (phone.asleepAt) {
    return (
      <Note tone="sumac" small>
        {t('note-asleep-before')} <DateText value={phone.asleepAt} form="plain" />
        {t('note-asleep-after')}
      </Note>
    )
  }
  if (phone.shared) return <Note small>{t('note-shared')}</Note>
  return phone.failures > 1 ? (
    <Note tone="honey" small>
      {t('note-failing')}
    </Note>
  ) : null
}
