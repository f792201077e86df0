import { addDays, dateIn } from '../../src/lib/calendar.ts'
import { publishService, textOfVersion, versionsOf } from '../../src/offices/catalogue/index.ts'
import { appointDeputy, certificatesOfRequest, giveAuthority } from '../../src/offices/certificates/index.ts'
import { rememberNational } from '../../src/offices/designer/drafts/national.ts'
import { beginNextVersion } from '../../src/offices/designer/index.ts'
import { complain, openContact } from '../../src/offices/feedback/index.ts'
import { enterAbsence } from '../../src/offices/people/index.ts'
import { addNote, addPhrase, getRequest, papersOf, writeLetter } from '../../src/offices/requests/index.ts'
import { makeCopy } from '../../src/offices/rights/copy/make.ts'
import { askCopy } from '../../src/offices/rights/copy/store.ts'
import { fileCorrection } from '../../src/offices/rights/correction/acts.ts'
import { setSetting } from '../../src/offices/treasury/index.ts'
import type { Read } from '../../src/platform/database/index.ts'
import { builder } from '../builders/people.ts'
import { aFiledRequest, aVariantOf, completeAnswers, neededPapers } from '../builders/requests.ts'
import { act, type Life } from './life.ts'
import { aDestruction } from './life-destruction.ts'
import { type ImportLife, importsOf } from './life-imports.ts'
import { type MessagesLife, messagesOf } from './life-messages.ts'
import type { PeopledTown } from './peopled.ts'

/** What the offices have beside their requests. */
export type OfficesLife = {
  /** A task that can be given to somebody else. */
  task: string
  contact: string
  complaint: string
  /** Something of theirs that is said to be wrong, and a copy of their data that is ready. */
  correction: string
  copy: string
  /** A proposal that lies before its committee. */
  destruction: string
  authority: string
  deputy: string
  /** A certificate that waits for a signature by hand. */
  handPaper: string
  /** One of the staff, as the administrator looks at them. */
  colleague: string
  imports: ImportLife
  said: MessagesLife
  /** A service whose next version is being written, from which version on. */
  writing: { draft: string; from: number }
}

/** Fills the desks of a living town: phrases, somebody away, letters, notes on a page, words to the management, authority, files. */
export async function anOfficesLife(town: PeopledTown, life: Life): Promise<OfficesLife> {
  await fillDesk(town, life)
  const signing = await fillSigning(town)
  const words = await town.write(async tx => {
    const actor = { kind: 'citizen', personId: life.person.id, level: 'verified' } as const
    const from = { personId: life.person.id, actor }
    return {
      contact: await openContact(tx, town.bench, {
        ...from,
        subject: 'الشارع بعد الحفريات',
        words: 'حُفر شارعنا قبل شهر ولم يُعبّد. متى يُعبّد؟',
      }),
      complaint: await complain(tx, town.bench, {
        ...from,
        staffId: town.staff.waterman.id,
        words: 'انتظرت ساعة ولم يستقبلني أحد.',
      }),
    }
  })
  const { projection } = await town.read(tx => getRequest(tx, life.requests.new))
  return {
    task: projection.tasks.find(each => each.state !== 'closed')?.id ?? '',
    ...words,
    ...signing,
    handPaper: await aPaperAtHand(town, life),
    ...(await rightsOf(town, life)),
    destruction: await aDestruction(town, life),
    colleague: town.staff.engineer.id,
    imports: await importsOf(town, life),
    said: await messagesOf(town, life),
    writing: await write(town),
  }
}

/** What somebody asked of whoever keeps their data. */
async function rightsOf(
  town: PeopledTown,
  { person }: Life,
): Promise<Pick<OfficesLife, 'correction' | 'copy'>> {
  const by = { kind: 'citizen', id: person.id } as const
  const asked = await town.write(async tx => ({
    correction: await fileCorrection(
      tx,
      town.bench,
      {
        personId: person.id,
        fact: 'address',
        standsIn: '',
        wrong: 'حي الزيتون',
        correct: 'حي النصر، قرب المدرسة',
        papers: [],
      },
      by,
    ),
    copy: await askCopy(tx, { personId: person.id, way: 'portal' }, by),
  }))
  await makeCopy(town.bench.house, town.town.id, { copyId: asked.copy })
  return asked
}

/** The next version of a clearance in the designer's hand, and a newer national complaint beside the town's. */
async function write({ write: inTown, staff }: PeopledTown): Promise<OfficesLife['writing']> {
  const by = { kind: 'staff', id: staff.designer.id } as const
  return inTown(async tx => {
    const of = { code: 'ADM-05', ...(await textOfVersion(tx, 'ADM-05', await newestOf(tx, 'ADM-05'))) }
    const version = (await newestOf(tx, 'ADM-05')) + 1
    await rememberNational(tx, { ...of, version: version - 1 })
    const source = of.source.replace(/^version: .*$/m, `version: ${version}`)
    await rememberNational(tx, { ...of, version, source })
    const from = await newestOf(tx, 'FIN-01')
    return { draft: await beginNextVersion(tx, 'FIN-01', by), from }
  })
}

const newestOf = async (tx: Read, code: string) => (await versionsOf(tx, code))[0]?.version ?? 0

/** What the electricity engineer has at hand, and what was written on a request that went around. */
async function fillDesk({ bench, staff, write, town, db }: PeopledTown, life: Life): Promise<void> {
  const { engineer, head } = staff
  const by = { kind: 'staff', id: engineer.id, office: engineer.office } as const
  const actor = {
    kind: 'staff',
    staffId: engineer.id,
    appointments: [{ role: engineer.role, office: engineer.office }],
  } as const
  const from = addDays(dateIn(db.clock.now(), town.timeZone), 10)
  await write(async tx => {
    await addPhrase(tx, { owner: engineer.id, ownerKind: 'staff', text: 'يُركّب العداد بعد دفع الرسوم.' }, by)
    await addPhrase(
      tx,
      { owner: 'electricity', ownerKind: 'office', text: 'لا مانع فنيًا من الطلب {الرقم}.' },
      by,
    )
    const absence = { staffId: engineer.id, deputyId: head.id, from, until: addDays(from, 5) }
    await enterAbsence(tx, { ...absence, reason: 'إجازة سنوية' }, by)
    const request = await getRequest(tx, life.requests.referred, true)
    await writeLetter(tx, bench, request, actor, { text: 'متى تكون في الموقع للكشف؟' })
    const citizen = { kind: 'citizen', personId: life.person.id, level: 'verified' } as const
    await writeLetter(tx, bench, request, citizen, { text: 'كل يوم بعد الثانية ظهرًا.' })
    const rule = { key: 'messages.review-free-text', from: dateIn(db.clock.now(), town.timeZone), by }
    await setSetting(tx, { ...rule, value: true })
    await writeLetter(tx, bench, request, actor, { text: 'نأتي يوم الأحد بين التاسعة والعاشرة.' })
    const [paper] = await papersOf(tx, request.id)
    if (!paper) throw new Error('a request without papers')
    const note = {
      documentId: paper.documentId,
      page: 1,
      x: 620,
      y: 300,
      text: 'الختم قديم، والتاريخ ضمن السنة.',
    }
    await addNote(
      tx,
      request.id,
      { ...note, by: { id: engineer.id, office: engineer.office } },
      paper.pages ?? 1,
    )
  })
}

/** Somebody may sign letters, and another stands in. */
async function fillSigning({
  staff,
  write,
  db,
  town,
}: PeopledTown): Promise<{ authority: string; deputy: string }> {
  const from = dateIn(db.clock.now(), town.timeZone)
  return write(async tx => {
    const authority = await giveAuthority(
      tx,
      {
        staffId: staff.manager.id,
        role: 'manager',
        kind: 'letter',
        ceilings: [],
        decision: 'قرار المجلس رقم 14/2026',
        from,
        until: undefined,
      },
      builder,
    )
    const until = addDays(from, 30)
    const standIn = { staffId: staff.head.id, decision: 'قرار المجلس رقم 15/2026', from, until }
    return { authority, deputy: await appointDeputy(tx, authority, standIn, builder) }
  })
}

/** A certificate of a service whose papers are signed with a pen. */
async function aPaperAtHand(town: PeopledTown, { person }: Life): Promise<string> {
  const wet = await aVariantOf('ADM-01', source =>
    source
      .replace('code: ADM-01', 'code: ADM-92')
      .replace('    signer: mayor\n', '    signer: mayor\n    form: wet\n'),
  )
  await town.write(tx => publishService(tx, wet, builder))
  const { requestId } = await aFiledRequest(town.bench, person.id, {
    serviceCode: 'ADM-92',
    answers: completeAnswers['ADM-01'] ?? {},
    papers: neededPapers['ADM-01'] ?? [],
  })
  const exception = { by: town.staff.manager.id, reason: 'بقرار المجلس' }
  await act(town, requestId, 'manager', 'pay', { data: { feePoint: 'before-filing', exception } })
  await act(town, requestId, 'clerk', 'approve')
  await act(town, requestId, 'accountant', 'approve')
  await act(town, requestId, 'mayor', 'sign')
  const [paper] = await town.read(tx => certificatesOfRequest(tx, requestId))
  if (!paper) throw new Error('nothing was issued')
  return paper.id
}
