import type { Role } from '../../src/kernel/access/index.ts'
import type { Answers, Capacity, Channel } from '../../src/kernel/definition/index.ts'
import type { Who } from '../../src/kernel/workflow/index.ts'
import {
  acceptOutcomes,
  catalogueOf,
  loadServiceFiles,
  publishService,
  type ServiceText,
} from '../../src/offices/catalogue/index.ts'
import { addOffice } from '../../src/offices/people/index.ts'
import { type Filed, type FilingPaper, fileRequest, type NewParty } from '../../src/offices/requests/index.ts'
import type { House } from '../../src/platform/house.ts'
import type { Town } from '../../src/web/town.ts'
import { aDocument } from './archive.ts'
import { aStaffMember, type BuiltStaff, builder } from './people.ts'

/** The offices the shipped services name, with their usual heads. */
export const townOffices = [
  ['service-centre', 'مركز خدمات الجمهور'],
  ['planning', 'دائرة التخطيط والتطوير'],
  ['electricity', 'دائرة الكهرباء والقسم الفني'],
  ['finance', 'الدائرة المالية'],
  ['legal', 'المستشار القانوني'],
  ['mayor-office', 'مكتب رئيس البلدية'],
  ['treasury', 'الصندوق'],
  ['public-relations', 'العلاقات العامة'],
  ['water', 'دائرة المياه'],
  ['archive', 'الأرشيف'],
  ['works', 'دائرة الأشغال والطرق'],
  ['health', 'دائرة الصحة والبيئة'],
  ['billing', 'قسم الجباية'],
  ['internal-audit', 'التدقيق الداخلي'],
  ['crafts', 'دائرة الحرف والصناعات'],
  ['property', 'قسم الأملاك'],
  ['inspection', 'قسم التفتيش'],
] as const

export type Bench = { house: House; town: Town }

/** What most tests need; the whole catalogue takes a second to publish. */
const usualServices: readonly string[] = ['ADM-01', 'ADM-05', 'ELE-01', 'ELE-04', 'FIN-01', 'WAT-01']

/** Offices and some shipped services, published: the usual ones unless others are named. */
export async function aWorkingTown({ house, town }: Bench, services = usualServices): Promise<void> {
  const files = await loadServiceFiles(undefined, services)
  await house.database.write(town.id, async tx => {
    for (const [position, [code, ar]] of townOffices.entries()) {
      await addOffice(tx, { code, name: { ar, en: code }, position }, builder)
    }
    for (const file of files) await publishService(tx, file, builder)
  })
}

/** A shipped service with its text changed, and what then comes of its examples. */
export async function aVariantOf(code: string, change: (source: string) => string): Promise<ServiceText> {
  const [file] = await loadServiceFiles(undefined, [code])
  if (!file) throw new Error(`no service ${code}`)
  return { source: acceptOutcomes(change(file.source), file.commons), commons: file.commons }
}

/** One person of the staff in a role at an office of the town. */
export const aWorker = ({ house, town }: Bench, role: Role, office: string): Promise<BuiltStaff> =>
  aStaffMember({ house, town: town.id }, role, office)

/** Complete answers for each shipped service. */
export const completeAnswers: Record<string, Answers> = {
  'ADM-01': {
    purpose: 'school',
    residence: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
    livingSince: '2015-05-01',
    housing: 'owned',
    townAccount: true,
  },
  'ELE-01': {
    place: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
    insideLimits: true,
    right: 'own',
    licensed: true,
    loads: ['water-heater'],
    billing: 'prepaid',
  },
  'WAT-01': {
    place: { block: '3', quarter: 'حي السوق', parcel: '118', landmark: '' },
    insideLimits: true,
    right: 'own',
    licensed: true,
    use: 'home',
    homes: 2,
    storeys: 2,
    supplyNow: 'none',
    billing: 'billed',
  },
  'ADM-05': {
    kind: 'pit',
    words: 'حفرة عميقة في وسط الشارع',
    danger: false,
    where: 'حي السوق، شارع المدرسة',
    landmark: 'مدرسة البنات',
  },
}

/** The papers those answers call for. */
export const neededPapers: Record<string, string[]> = {
  'ADM-01': ['id-copy'],
  'ELE-01': ['id-copy', 'property-tax-clearance', 'undertaking'],
  'WAT-01': ['id-copy'],
  'ADM-05': [],
  'FIN-01': ['id-copy'],
}

export type FilingOverrides = {
  serviceCode?: string
  /** The newest unless given. */
  serviceVersion?: number
  answers?: Answers
  papers?: string[]
  capacity?: Capacity
  channel?: Channel
  parties?: NewParty[] | undefined
  /** Who files; the applicant unless given. */
  by?: Who
}

/** A request filed by its own applicant, with a document for each paper named. */
export async function aFiledRequest(
  { house, town }: Bench,
  personId: string,
  overrides: FilingOverrides = {},
): Promise<Filed> {
  const { serviceCode = 'ADM-01', capacity = 'principal', channel = 'web' } = overrides
  return house.database.write(town.id, async tx => {
    const papers: FilingPaper[] = []
    for (const paperId of overrides.papers ?? neededPapers[serviceCode] ?? []) {
      papers.push({
        paperId,
        documentId: await aDocument(tx, { ownerId: personId, kind: paperId }),
        state: 'supplied',
      })
    }
    return fileRequest(
      tx,
      { house, town },
      {
        serviceCode,
        serviceVersion: overrides.serviceVersion ?? (await catalogueOf(tx)).find(serviceCode)?.version ?? 1,
        channel,
        capacity,
        applicantId: personId,
        answers: overrides.answers ?? completeAnswers[serviceCode] ?? {},
        papers,
        parties: overrides.parties,
        by: overrides.by ?? { kind: 'citizen', personId, relation: 'party' },
      },
    )
  })
}
