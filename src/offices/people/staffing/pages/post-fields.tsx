import { shortDate } from '../../../../lib/dates.ts'
import type { Fault } from '../../../../lib/errors.ts'
import {
  DateField,
  faultOf,
  LongTextField,
  Note,
  SelectField,
  TextField,
  usePage,
  useTexts,
} from '../../../../ui/index.ts'
import type { Office } from '../../model.ts'
import { staffingTexts } from '../strings.ts'
import { roleOptions } from './words.tsx'

export type FormView = { typed: (name: string) => string; faults: readonly Fault[] }

/** What is asked of a post: where, as what, from when, until when, by which decision. */
export function PostFields({ typed, faults, offices }: FormView & { offices: readonly Office[] }) {
  const t = useTexts(staffingTexts)
  const page = usePage()
  const of = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <>
      <SelectField
        {...of('office')}
        label={t('form-office')}
        options={offices.map(each => ({ value: each.code, label: each.name[page.locale] }))}
      />
      <SelectField {...of('role')} label={t('form-role')} options={roleOptions(page.locale)} />
      <DateField {...of('from')} value={typed('from') || shortDate(page.now, page)} label={t('form-from')} />
      <DateField {...of('until')} label={t('form-until')} hint={t('form-until-hint')} optional />
      <TextField {...of('decision')} label={t('form-decision')} width="mid" maxLength={60} optional />
      <LongTextField
        {...of('reason')}
        label={t('form-reason')}
        hint={t('form-reason-hint')}
        rows={2}
        maxLength={300}
      />
      <Note small>{t('power-note')}</Note>
    </>
  )
}
