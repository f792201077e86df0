import { usualOffices } from '../catalogue/index.ts'
import { crew, crewOffices } from './crew.ts'
import { demoOffices, demoStaff, type Post } from './town.ts'

/** The town's offices: those it renamed or put under another first, then the rest that services name. */
export async function officesOfDemo(): Promise<typeof demoOffices> {
  const own = [...demoOffices, ...crewOffices]
  const rest = (await usualOffices()).filter(({ code }) => own.every(each => each.code !== code))
  return [...own, ...rest]
}

const post = (
  login: string,
  name: [ar: string, en: string],
  title: [ar: string, en: string],
  office: string,
  role: Post['role'],
): Post => ({
  login,
  name: { ar: name[0], en: name[1] },
  title: { ar: title[0], en: title[1] },
  office,
  role,
})

/** Whoever works in the offices that only some services go through. */
const departments: readonly Post[] = [
  post(
    'town-manager',
    ['ماجد رباح القواسمة', 'Majed Qawasmeh'],
    ['مدير البلدية', 'Town manager'],
    'town-manager',
    'head',
  ),
  post(
    'town-desk',
    ['رنا سعيد الزرو', 'Rana Zaro'],
    ['مساعدة مدير البلدية', 'Assistant'],
    'town-manager',
    'officer',
  ),
  post(
    'council-head',
    ['إيمان داود شاهين', 'Iman Shaheen'],
    ['أمينة سر المجلس', 'Council secretary'],
    'council',
    'head',
  ),
  post('council', ['سائد عزام غيث', 'Saed Ghaith'], ['كاتب المجلس', 'Council clerk'], 'council', 'officer'),
  post(
    'secretariat-head',
    ['نهى كامل سدر', 'Nuha Sider'],
    ['رئيسة السكرتاريا', 'Head of secretariat'],
    'secretariat',
    'head',
  ),
  post(
    'secretariat',
    ['عادل فوزي دعنا', 'Adel Dana'],
    ['موظف الصادر والوارد', 'Register officer'],
    'secretariat',
    'officer',
  ),
  post(
    'billing-head',
    ['هشام طلال مرقة', 'Hisham Marqa'],
    ['رئيس قسم الجباية', 'Head of billing'],
    'billing',
    'head',
  ),
  post('billing', ['لمى إسحق بدوي', 'Lama Badawi'], ['موظفة جباية', 'Billing officer'], 'billing', 'officer'),
  post(
    'audit-head',
    ['أيمن حلمي النتشة', 'Ayman Natsheh'],
    ['رئيس التدقيق الداخلي', 'Head of internal audit'],
    'internal-audit',
    'head',
  ),
  post(
    'audit-officer',
    ['ريم جودت عابدين', 'Reem Abdeen'],
    ['مدققة', 'Audit officer'],
    'internal-audit',
    'officer',
  ),
  post(
    'survey-head',
    ['م. بهاء عطا العجلوني', 'Bahaa Ajlouni'],
    ['رئيس قسم المساحة', 'Head of survey'],
    'survey',
    'head',
  ),
  post('survey', ['سجى ياسر حسونة', 'Saja Hassouneh'], ['مساحة', 'Surveyor'], 'survey', 'officer'),
  post(
    'committee-head',
    ['م. فؤاد نصر الحرباوي', 'Fuad Harbawi'],
    ['سكرتير اللجنة المحلية', 'Committee secretary'],
    'planning-committee',
    'head',
  ),
  post(
    'committee',
    ['ولاء منير قفيشة', 'Walaa Qafisheh'],
    ['كاتبة اللجنة', 'Committee clerk'],
    'planning-committee',
    'officer',
  ),
  post(
    'crafts-head',
    ['سمير نبيل الجعبري', 'Samir Jabari'],
    ['رئيس الحرف والصناعات', 'Head of crafts'],
    'crafts',
    'head',
  ),
  post('crafts', ['دينا أكرم سعيد', 'Dina Said'], ['مفتشة حرف', 'Crafts inspector'], 'crafts', 'officer'),
  post(
    'inspection-head',
    ['غسان وليد التميمي', 'Ghassan Tamimi'],
    ['رئيس قسم التفتيش', 'Head of inspection'],
    'inspection',
    'head',
  ),
  post(
    'inspection',
    ['باسل عدنان أبو سنينة', 'Basel Sneineh'],
    ['مفتش', 'Inspector'],
    'inspection',
    'officer',
  ),
  post(
    'markets-head',
    ['حسن رائد الهشلمون', 'Hasan Hashlamoun'],
    ['مدير الأسواق', 'Head of markets'],
    'markets',
    'head',
  ),
  post(
    'markets',
    ['ضياء جميل الشريف', 'Diaa Sharif'],
    ['مراقب أسواق', 'Market officer'],
    'markets',
    'officer',
  ),
  post(
    'property-head',
    ['عبير حمدي ناصر الدين', 'Abeer Nasereddin'],
    ['رئيسة قسم الأملاك', 'Head of property'],
    'property',
    'head',
  ),
  post(
    'property',
    ['مؤمن شكري القيسي', 'Moumen Qaisi'],
    ['موظف أملاك', 'Property officer'],
    'property',
    'officer',
  ),
  post(
    'gardens-head',
    ['م. هيا نعمان الجنيدي', 'Haya Jnaidi'],
    ['رئيسة الحدائق', 'Head of gardens'],
    'gardens',
    'head',
  ),
  post(
    'gardens',
    ['رأفت سليمان البكري', 'Raafat Bakri'],
    ['مهندس زراعي', 'Agronomist'],
    'gardens',
    'officer',
  ),
  post(
    'culture-head',
    ['جمانة زهير عرفة', 'Jumana Arafeh'],
    ['رئيسة قسم الثقافة', 'Head of culture'],
    'culture',
    'head',
  ),
  post(
    'culture',
    ['طارق ربحي مسودي', 'Tareq Maswadi'],
    ['منسق القاعات', 'Halls officer'],
    'culture',
    'officer',
  ),
]

/** Everybody of the staff, in the order they were taken on. */
export const staffOfDemo: readonly Post[] = [...demoStaff, ...crew, ...departments]
