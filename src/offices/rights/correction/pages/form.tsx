import { stripControls } from '../../../../lib/arabic.ts'
import type { Fault } from '../../../../lib/errors.ts'
import { ChoiceField, FileField, faultOf, LongTextField, TextField, useTexts } from '../../../../ui/index.ts'
import { type Call, typedText } from '../../../../web/call.ts'
import { type AdmittedFile, admitForm, mostMegabytes } from '../../../archive/index.ts'
import { type Fact, facts, isFact } from '../store.ts'
import { correctionTexts } from '../strings.ts'

const longest = 1000

/** What was typed, tidied: controls and what is too long fall away. */
export const words = (call: Call, name: string, most = longest): string =>
  stripControls(typedText(call, name)).trim().slice(0, most)

/** The proofs of a form, and what is wrong with them. */
export async function readPapers(call: Call): Promise<{ papers: AdmittedFile[]; faults: Fault[] }> {
  const { admitted, faults } = await admitForm(call, 'proof')
  return {
    papers: admitted,
    faults: faults.map(({ code, values }) => ({
      field: 'proof',
      code,
      values: { ...values, max: values?.megabytes ?? mostMegabytes },
    })),
  }
}

export type Typed = { fact: Fact; standsIn: string; wrong: string; correct: string }

/** Reads what is wrong and what is right. Both are asked for; where it stands only of answers and amounts. */
export function readCorrection(call: Call): { ok: true; value: Typed } | { ok: false; faults: Fault[] } {
  const faults: Fault[] = []
  const fact = typedText(call, 'fact')
  const [standsIn, wrong, correct] = [
    words(call, 'standsIn', 60),
    words(call, 'wrong'),
    words(call, 'correct'),
  ]
  if (!isFact(fact)) faults.push({ field: 'fact', code: 'required' })
  if ((fact === 'answer' || fact === 'amount') && standsIn === '')
    faults.push({ field: 'standsIn', code: 'required' })
  if (wrong === '') faults.push({ field: 'wrong', code: 'required' })
  if (correct === '') faults.push({ field: 'correct', code: 'required' })
  if (!isFact(fact) || faults.length > 0) return { ok: false, faults }
  return { ok: true, value: { fact, standsIn, wrong, correct } }
}

/** The boxes of a correction, the same on the portal and at the counter. */
export function CorrectionFields({
  typed,
  faults,
}: {
  typed: (name: string) => string
  faults: readonly Fault[]
}) {
  const t = useTexts(correctionTexts)
  const field = (name: string) => ({ name, value: typed(name), fault: faultOf(faults, name) })
  return (
    <>
      <ChoiceField
        {...field('fact')}
        label={t('fact')}
        options={facts.map(value => ({ value, label: t(`fact-${value}`) }))}
        columns={2}
      />
      <TextField
        {...field('standsIn')}
        label={t('stands-in')}
        hint={t('stands-in-hint')}
        width="mid"
        maxLength={60}
        optional
      />
      <LongTextField {...field('wrong')} label={t('wrong')} rows={2} maxLength={longest} />
      <LongTextField {...field('correct')} label={t('right')} rows={2} maxLength={longest} />
      <Proof faults={faults} />
    </>
  )
}

export function Proof({ faults }: { faults: readonly Fault[] }) {
  const t = useTexts(correctionTexts)
  return (
    <FileField
      name="proof"
      label={t('proof')}
      multiple
      optional
      fault={faultOf(faults, 'proof')}
      limit={t('proof-hint', { max: mostMegabytes })}
    />
  )
}
