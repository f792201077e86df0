import { sql } from 'kysely'
import { addDays, dateIn } from '../../lib/calendar.ts'
import { newId } from '../../lib/ids.ts'
import type { Write } from '../../platform/database/transaction.ts'
import { drawPictures, type FileType } from '../archive/index.ts'
import { renderPdf } from '../certificates/index.ts'
import { sceneNames, scenePhoto } from './photos.ts'
import type { Chance } from './random.ts'
import type { Stage } from './stage.ts'

type Sample = {
  sha256: Buffer
  size: number
  type: FileType
  thumbnail: Buffer
  preview: Buffer | undefined
  pages: number
  name: string
}

/** Papers people bring, ready on the shelf: each kind in a few looks, shared by those who bring it. */
export type Samples = Map<string, Sample[]>

const wordings: Record<string, { title: string; issuer: string; lines: string[] }> = {
  'property-tax-clearance': {
    title: 'براءة ذمة من ضريبة الأملاك',
    issuer: 'وزارة المالية · مكتب ضريبة الأملاك',
    lines: [
      'نشهد بأن المذكور أعلاه سدد ضريبة الأملاك المستحقة حتى تاريخه.',
      'أُعطيت هذه البراءة بناءً على طلبه.',
    ],
  },
  'title-deed': {
    title: 'إخراج قيد',
    issuer: 'سلطة الأراضي · دائرة التسجيل',
    lines: ['الحوض والقطعة كما في الطلب، والمساحة 612 مترًا مربعًا.', 'النوع: ملك.'],
  },
  'notarised-undertaking': {
    title: 'تعهد عدلي',
    issuer: 'كاتب العدل',
    lines: ['أتعهد بعدم الاعتراض على نقل أعمدة الكهرباء من الشارع متى طُلب ذلك.', 'وعليه أوقّع.'],
  },
  lease: {
    title: 'عقد إيجار',
    issuer: 'بين المالك والمستأجر',
    lines: ['أجّر الفريق الأول للفريق الثاني الدار الموصوفة لمدة سنة.', 'يبدأ العقد من تاريخ توقيعه.'],
  },
  'owner-consent': {
    title: 'موافقة المالك',
    issuer: 'من مالك الدار',
    lines: ['أوافق على أن يشترك المستأجر في خدمة الكهرباء باسمه.'],
  },
  'utility-bill': {
    title: 'فاتورة',
    issuer: 'شركة الخدمات',
    lines: ['قيمة الاستهلاك عن الشهر الماضي، وعنوان السكن كما في الطلب.'],
  },
  guardianship: {
    title: 'شهادة ميلاد',
    issuer: 'وزارة الداخلية',
    lines: ['الاسم الرباعي واسم الأم وتاريخ الميلاد كما في السجل.'],
  },
  'power-of-attorney': {
    title: 'وكالة خاصة',
    issuer: 'كاتب العدل',
    lines: ['أوكّل المذكور لينوب عني في هذه المعاملة لدى البلدية.'],
  },
  'inheritance-certificate': {
    title: 'حجة حصر إرث',
    issuer: 'المحكمة الشرعية',
    lines: ['انحصر إرث المتوفى في الورثة المذكورين وحصصهم.'],
  },
  'partners-consent': {
    title: 'موافقة الشركاء',
    issuer: 'من الشركاء في العقار',
    lines: ['لا مانع لدينا من الاشتراك باسم شريكنا.'],
  },
  'ministry-plan': {
    title: 'مخطط مصدق',
    issuer: 'وزارة الحكم المحلي',
    lines: ['الموقع خارج حدود البلدية كما هو مبيّن.'],
  },
}

/** A picture of an identity card as a phone takes it: a card on a table, a face without features, lines for words. */
async function cardPicture(chance: Chance): Promise<Buffer> {
  const table = chance.pick(['#b9a58a', '#8d8f94', '#6f5b4b', '#c9c3b8'])
  const tilt = chance.between(-5, 5)
  const lines = Array.from({ length: 6 }, (_, row) => {
    const width = chance.between(150, 330)
    return `<rect x="${640 - width}" y="${170 + row * 48}" width="${width}" height="15" rx="5" fill="#41565f"/>`
  }).join('')
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="900" height="640" viewBox="0 0 900 640"><rect width="900" height="640" fill="${table}"/>
    <g transform="rotate(${tilt} 450 320)"><rect x="90" y="90" width="720" height="460" rx="28" fill="#e9f0ea"/><rect x="90" y="90" width="720" height="56" rx="20" fill="#6a8f76"/>
    <rect x="670" y="180" width="115" height="150" fill="#cdd6cf"/><circle cx="727" cy="235" r="32" fill="#9aa79d"/><path d="M680 330a48 48 0 0 1 95 0z" fill="#9aa79d"/>${lines}</g></svg>`
  const { default: sharp } = await import('sharp')
  return sharp(Buffer.from(svg)).jpeg({ quality: 72 }).toBuffer()
}

/** Makes the samples and puts them on the shelf of the town. */
export async function makeSamples(tx: Write, { house, chance }: Stage): Promise<Samples> {
  const samples: Samples = new Map()
  const keep = async (kind: string, name: string, type: FileType, bytes: Buffer, pages: number) => {
    const { thumbnail, preview } = await drawPictures({ type, pages }, bytes)
    const stored = await shelve(tx, house.files, bytes, type)
    const small = await shelve(tx, house.files, thumbnail, 'image/webp')
    const shown = preview && (await shelve(tx, house.files, preview, 'image/jpeg'))
    const sample = { ...stored, type, pages, name, thumbnail: small.sha256, preview: shown?.sha256 }
    samples.set(kind, [...(samples.get(kind) ?? []), sample])
  }
  for (let card = 1; card <= 4; card++) {
    await keep('identity-card', `هوية-${card}.jpg`, 'image/jpeg', await cardPicture(chance), 1)
  }
  for (const name of sceneNames) {
    for (const mended of [false, true]) {
      const photo = await scenePhoto(name, chance, mended)
      await keep(`${name}-${mended ? 'after' : 'before'}`, `photo-${name}.jpg`, 'image/jpeg', photo, 1)
    }
  }
  for (const [kind, words] of Object.entries(wordings)) {
    for (const date of ['12/3/2024', '7/9/2025']) {
      const { pdf, pages } = renderPdf('sample-paper', { ...words, date }, tx.now)
      await keep(kind, `${words.title}.pdf`, 'application/pdf', pdf, pages)
    }
  }
  return samples
}

async function shelve(tx: Write, files: Stage['house']['files'], bytes: Buffer, type: string) {
  const { sha256, size } = await files.put(tx.town, bytes)
  await sql`insert into file (municipality_id, sha256, size, type, stored_at)
    values (${tx.town}, ${sha256}, ${size}, ${type}, ${tx.now}) on conflict do nothing`.execute(tx.q)
  return { sha256, size }
}

/** Somebody brings a paper of this kind: a document of their own over a shared sample. */
export async function bring(
  tx: Write,
  stage: Stage,
  samples: Samples,
  paper: { kind: string; title: string; ownerId?: string; by: { kind: string; id: string }; look?: string },
): Promise<string> {
  const sample = stage.chance.pick(samples.get(paper.look ?? paper.kind) ?? samples.get('utility-bill') ?? [])
  const id = newId(tx.now)
  const issuedOn = addDays(dateIn(tx.now, stage.town.timeZone), -stage.chance.between(3, 40))
  await sql`insert into document (municipality_id, document_id, sha256, thumbnail_sha256, preview_sha256, file_name, type, size, pages, kind,
      title, owner_id, issued_on, source, added_by_kind, added_by, added_at)
    values (${tx.town}, ${id}, ${sample.sha256}, ${sample.thumbnail}, ${sample.preview ?? null}, ${sample.name}, ${sample.type},
      ${sample.size}, ${sample.pages}, ${paper.kind}, ${paper.title}, ${paper.ownerId ?? null}, ${issuedOn}, 'upload', ${paper.by.kind},
      ${paper.by.id}, ${tx.now})`.execute(tx.q)
  return id
}
