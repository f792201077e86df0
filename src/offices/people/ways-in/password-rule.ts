import { toWesternDigits } from '../../../lib/arabic.ts'

/** Longer than this is no password of a person. */
const longest = 200
/** No rule of composition: length, and not what everybody tries (NIST SP 800-63B, ASVS 6.2). */
export const shortestPassword = 12

/** What passwords that everybody tries are made of: words, rows of the keyboard, months, names of clubs and of this program. */
const common = new Set(
  `password passw0rd pass word secret admin administrator root user login welcome letmein enter open sesame master hello iloveyou love
  monkey dragon shadow sunshine princess football baseball superman batman trustno charlie michael jordan hunter killer soccer
  ninja mustang access flower freedom whatever starwars computer internet google facebook change changeme default temp test
  testing guest demo sample example system server office windows microsoft oracle qwerty qwertyuiop qwert azerty asdf asdfgh
  asdfghjkl zxcv zxcvbn zxcvbnm qaz wsx edc rfv tgb yhn abc abcd abcdef abcdefg abcdefgh abcdefghijkl january february march
  april may june july august september october november december summer winter spring autumn monday sunday friday
  municipality baladiya baladia baladeya shubbak palestine falasteen falastin filastin quds alquds gaza ghazza ramallah nablus
  hebron khalil jenin tulkarm qalqilya jericho ariha bethlehem mohammad mohammed muhammad ahmad ahmed mahmoud ali omar allah
  bismillah alhamdulillah mama baba habibi employee staff clerk manager
  كلمة السر سر بلدية البلدية فلسطين القدس غزة محمد احمد محمود علي الله بسم الرحمن الرحيم شباك مرحبا حبيبي موظف مدير`
    .split(/\s+/)
    .filter(word => word !== ''),
)
const longestCommon = Math.max(...[...common].map(word => word.length))

export type PasswordFault = 'password-short' | 'password-long' | 'password-common'

/**
 * Why a password is none to choose; `about` are words of the person and the town (login, name), which count as common ones. What remains
 * once common words, digits, signs and repetitions are taken out is to be four letters at least.
 */
export function passwordFault(password: string, about: readonly string[] = []): PasswordFault | undefined {
  const letters = [...password.normalize('NFKC')]
  if (letters.length < shortestPassword) return 'password-short'
  if (letters.length > longest) return 'password-long'
  return unusual(password, about) < 4 ? 'password-common' : undefined
}

const swaps: Record<string, string> = {
  '0': 'o',
  '1': 'i',
  '3': 'e',
  '4': 'a',
  '5': 's',
  '7': 't',
  '@': 'a',
  $: 's',
  '!': 'i',
}

/** How many letters are left that no common word, run or repetition explains; of the readings of digits as letters the poorer one. */
function unusual(password: string, about: readonly string[]): number {
  const plain = toWesternDigits(password.normalize('NFKC')).toLowerCase()
  const read = [...plain].map(each => swaps[each] ?? each).join('')
  const own = new Set(
    about.flatMap(text => text.toLowerCase().split(/[^\p{L}\p{N}]+/u)).filter(word => word.length > 2),
  )
  return Math.min(leftOver(plain, own), leftOver(read, own))
}

function leftOver(text: string, own: ReadonlySet<string>): number {
  const letters = [...text.replace(/[^\p{L}\p{N}]/gu, '')]
  // The fewest letters that no word covers, from the front: least[i] for the first i letters.
  const least: number[] = [0]
  for (let end = 1; end <= letters.length; end += 1) {
    const last = letters[end - 1] ?? ''
    let best = (least[end - 1] ?? 0) + (/\p{N}/u.test(last) || follows(letters, end - 1) ? 0 : 1)
    for (let size = 2; size <= Math.min(end, longestCommon); size += 1) {
      const word = letters.slice(end - size, end).join('')
      if (common.has(word) || own.has(word)) best = Math.min(best, least[end - size] ?? 0)
    }
    least.push(best)
  }
  return least.at(-1) ?? 0
}

/** The letter repeats one of the three before it, or goes on with a run such as «bcd». */
function follows(letters: readonly string[], at: number): boolean {
  const code = letters[at]?.codePointAt(0) ?? 0
  const before = (back: number) => letters[at - back]?.codePointAt(0)
  if ([1, 2, 3].some(back => before(back) === code)) return true
  return Math.abs(code - (before(1) ?? -9)) === 1
}
