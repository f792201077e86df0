import { Readable } from 'node:stream'
import { addresses } from '../../src/lib/addresses.ts'
import { addDocument, admitFile } from '../../src/offices/archive/index.ts'
import { ar as guide } from '../../src/offices/catalogue/citizen/strings.ar.ts'
import { catalogueOf } from '../../src/offices/catalogue/index.ts'
import { type Filed, type FilingPaper, fileRequest } from '../../src/offices/requests/index.ts'
import { aPicture } from '../../src/offices/requests/staff/testing/office.ts'
import { ar as ui } from '../../src/ui/strings.ar.ts'
import { aPdf } from '../builders/files.ts'
import { builder } from '../builders/people.ts'
import { completeAnswers, neededPapers } from '../builders/requests.ts'
import type { Citizen, PeopledTown } from './peopled.ts'
import type { Visitor } from './visitor.ts'
import { named } from './visitor.ts'
import { type ServiceWords, words } from './words.ts'

const { citizen } = words

export type Upload = { name: string; mimeType: string; buffer: Buffer }

/** A paper photographed with a telephone. */
export const aPhoto = async (name: string): Promise<Upload> => ({
  name: `${name}.jpg`,
  mimeType: 'image/jpeg',
  buffer: await aPicture(name),
})

export const aScan = (name: string, pages = 1): Upload => ({
  name: `${name}.pdf`,
  mimeType: 'application/pdf',
  buffer: aPdf(pages),
})

/** From the guide's page of a service into its form; whoever is not logged in is asked to. */
export async function startFrom(visitor: Visitor, code: string): Promise<void> {
  await visitor.go(addresses.service, { code })
  await visitor.page
    .getByRole('main')
    .getByRole('link', { name: named(guide.apply) })
    .first()
    .click()
  await visitor.page.waitForLoadState('load')
}

/** Writes a place as the town names places. */
export async function writePlace(
  { town }: Pick<PeopledTown, 'town'>,
  visitor: Visitor,
  question: string,
): Promise<void> {
  const { block, quarter, parcel } = town.profile.levels
  const place = visitor.page.getByRole('group', { name: question })
  await place.getByLabel(block.ar).fill('٣')
  await place.getByLabel(quarter.ar).fill('حي السوق')
  await place.getByLabel(parcel.ar).fill('118')
  await place.getByLabel(ui.landmark).fill('مقابل مدرسة البنات، الباب الأزرق')
}

/** The papers of a form go in from the file box of each. */
export async function attach(visitor: Visitor, paper: string, file: Upload | string): Promise<void> {
  const box = visitor.page.getByRole('group', { name: paper }).locator('input[type=file]:not([capture])')
  await box.setInputFiles(file)
}

/** The form of ELE-01 from its first page to the page of papers. */
export async function answerSubscription(
  town: PeopledTown,
  visitor: Visitor,
  service: ServiceWords,
): Promise<void> {
  await writePlace(town, visitor, service.field('place'))
  await visitor.fill(service.field('unit'), 'الطابق الثاني')
  await visitor.choose(service.field('insideLimits'), ui.yes)
  await visitor.press(citizen['save-next'])
  await visitor.choose(service.field('right'), service.option('right', 'own'))
  await visitor.press(citizen['save-next'])
  // Whether it is licensed is asked only of who says the place is theirs.
  await visitor.choose(service.field('licensed'), ui.yes)
  await visitor.press(citizen['save-next'])
  await visitor.page
    .getByRole('group', { name: service.field('loads') })
    .getByRole('checkbox', { name: service.option('loads', 'water-heater') })
    .check()
  await visitor.choose(service.field('billing'), service.option('billing', 'prepaid'))
  await visitor.press(citizen['save-next'])
}

/** The number of the request on the page of its receipt. */
export async function readNumber(visitor: Visitor): Promise<string> {
  const text = await visitor.page.getByRole('main').textContent()
  return /\d+\/20\d\d/.exec(text ?? '')?.[0] ?? ''
}

/** A request filed in the background with papers that can be looked at, for a story that begins after its filing. */
export async function aFiledStory(town: PeopledTown, owner: Citizen, code = 'ELE-01'): Promise<Filed> {
  const pictures = await Promise.all(
    (neededPapers[code] ?? []).map(async paper => {
      const taken = await admitFile(
        town.house,
        town.town.id,
        Readable.from([await aPicture(paper)]),
        `${paper}.jpg`,
      )
      if (!taken.admitted) throw new Error(taken.fault.code)
      return { paper, admitted: taken.admitted }
    }),
  )
  return town.write(async tx => {
    const papers: FilingPaper[] = []
    for (const { paper, admitted } of pictures) {
      const of = { admitted, kind: paper, title: paper, ownerId: owner.id, source: 'upload' } as const
      papers.push({
        paperId: paper,
        documentId: await addDocument(tx, { ...of, by: builder }),
        state: 'supplied',
      })
    }
    const serviceVersion = (await catalogueOf(tx)).find(code)?.version ?? 1
    return fileRequest(tx, town.bench, {
      serviceCode: code,
      serviceVersion,
      channel: 'web',
      capacity: 'principal',
      applicantId: owner.id,
      papers,
      answers: completeAnswers[code] ?? {},
      by: { kind: 'citizen', personId: owner.id, relation: 'party' },
    })
  })
}
