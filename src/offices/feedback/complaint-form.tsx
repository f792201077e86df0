import type { Fault } from '../../lib/errors.ts'
import { isId } from '../../lib/ids.ts'
import { faultOf, LongTextField, SelectField, TextField, useLocalized, useTexts } from '../../ui/index.ts'
import type { Colleague } from './colleagues.ts'
import { readWords } from './model.ts'
import { feedbackTexts } from './strings.ts'

type Typed = (name: string) => string
type Read = { words: string; staffId: string | undefined; requestNumber: string | undefined }

/** Reads a complaint: words, and whom or which request it is about. */
export function readComplaint(typed: Typed): { ok: true; value: Read } | { ok: false; faults: Fault[] } {
  const words = readWords(typed('words'), 'words')
  const staffId = isId(typed('staff')) ? typed('staff') : undefined
  const requestNumber = typed('request').trim() || undefined
  const faults: Fault[] = words.ok ? [] : [words.fault]
  if (!staffId && !requestNumber) faults.unshift({ field: 'staff', code: 'about-missing' })
  return words.ok && faults.length === 0
    ? { ok: true, value: { words: words.value, staffId, requestNumber } }
    : { ok: false, faults }
}

/** The fields of a complaint, on the portal and at the counter. */
export function ComplaintFields({
  colleagues,
  typed,
  faults,
}: {
  colleagues: Colleague[]
  typed: Typed
  faults: readonly Fault[]
}) {
  const t = useTexts(feedbackTexts)
  const local = useLocalized()
  return (
    <>
      <SelectField
        name="staff"
        label={t('complaint-staff')}
        none={t('complaint-staff-none')}
        value={typed('staff')}
        width="full"
        fault={faultOf(faults, 'staff')}
        options={colleagues.map(each => ({
          value: each.id,
          label: `${local(each.name)} · ${local(each.title)}`,
        }))}
      />
      <TextField
        name="request"
        label={t('complaint-request')}
        hint={t('complaint-request-hint')}
        optional
        value={typed('request')}
        fault={faultOf(faults, 'request')}
        ltr
        width="short"
        maxLength={20}
      />
      <LongTextField
        name="words"
        label={t('complaint-words')}
        value={typed('words')}
        rows={6}
        maxLength={4000}
        fault={faultOf(faults, 'words')}
      />
    </>
  )
}
