import type { Read } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import type { IssueInput } from './model.ts'
import { bodyFor } from './paper/body.ts'
import { lastDay, sheetInputs } from './paper/sheet.ts'
import { townOf } from './paper/town.ts'
import { renderPdf } from './typst.ts'

/** A holder who is nobody: the number is one that is never given. */
const nobody = {
  name: 'سمير خالد محمود نصار',
  sex: 'male',
  idKind: 'national',
  idNumber: '900000001',
  motherName: 'هدى',
  birthDate: '1980-03-14',
} as const

/** A paper as it will look, made out to nobody, while its service is being written. Takes no number and keeps nothing. */
export async function specimenPaper(
  tx: Read,
  house: House,
  {
    template,
    title,
    data,
    validDays,
    signer,
  }: Pick<IssueInput, 'template' | 'title' | 'data' | 'validDays'> & {
    /** What whoever signs is called. */
    signer: string
  },
): Promise<Buffer> {
  const town = await townOf(tx)
  const { pdf } = renderPdf(
    template,
    sheetInputs(house, town, {
      title,
      holder: nobody,
      signedAt: tx.now,
      number: '—',
      code: '',
      form: 'draft',
      requestNumber: '—',
      signer: { name: '—', title: signer },
      validUntil: lastDay(tx.now, town.timeZone, validDays),
      body: bodyFor(template, data, { levels: town.profile.levels, timeZone: town.timeZone }),
    }),
    tx.now,
  )
  return pdf
}
