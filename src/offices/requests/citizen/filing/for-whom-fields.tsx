import type { Capacity } from '../../../../kernel/definition/index.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { DateField, faultOf, NationalIdField, TextField, useTexts } from '../../../../ui/index.ts'
import { actsForAnother } from '../../parties/model.ts'
import { boxesOfCapacity } from '../../parties/read.ts'
import { ownPrefix } from './for-whom.ts'
import { forWhomTexts } from './for-whom-strings.ts'

type Props = {
  capacities: readonly Capacity[]
  typed: Readonly<Record<string, string>>
  faults: readonly Fault[]
}

/** Whom it is for and by which paper, asked of whoever does not file for themselves. */
export function ForWhom({ capacities, typed, faults }: Props) {
  const t = useTexts(forWhomTexts)
  const names = [...new Set(capacities.flatMap(boxesOfCapacity))]
  if (names.length === 0) return null
  const asksWhom = capacities.some(each => actsForAnother(each) || each === 'heir')
  const box = (name: string) => ({
    name,
    value: typed[name],
    fault: faultOf(faults, name),
    tight: true,
  })
  return (
    <details className="digest" open={Object.values(typed).some(text => text !== '') || faults.length > 0}>
      <summary>{t('title')}</summary>
      <p className="sm mut mb-s">{t('lead')}</p>
      {asksWhom && (
        <div className="names">
          <NationalIdField {...box('principalNumber')} label={t('principal-number')} />
          <TextField {...box('principalFamily')} label={t('principal-family')} />
        </div>
      )}
      <div className="names">
        {names.map(name => {
          const shared = { ...box(ownPrefix + name), label: t(name as 'number') }
          if (name === 'issuedOn' || name === 'validUntil') return <DateField key={name} {...shared} />
          return <TextField key={name} {...shared} hint={name === 'share' ? t('share-hint') : undefined} />
        })}
      </div>
    </details>
  )
}
