import { describe, expect, test } from 'vitest'
import { addresses } from '../../src/lib/addresses.ts'
import { settingNames } from '../../src/platform/config.ts'
import { faultOf, program } from './commands.ts'
import { found, ofOthers, read } from './deploy-files.ts'
import { sources } from './sources.ts'

const pages = found('docs/runbooks/*.md').map(path => ({ path, text: read(path) }))
const sheets = pages.filter(({ path }) => !path.endsWith('README.md'))
const shubbak = program()
const said = sources('src/**/*.{ts,tsx}')
  .map(({ text }) => text)
  .join('\n')

/** Programs of Debian, of nginx and PostgreSQL, that a server has or gets with them. */
const ofTheMachine = new Set(
  `systemctl journalctl systemd-analyze curl df du free uptime ls last mv mkdir install chmod ln readlink touch date timedatectl chronyc nc openssl
   certbot nginx sudo node_modules/.bin/node grep head tail sort useradd git npm cd cp docker kubectl`.split(
    /\s+/,
  ),
)
const patterns = Object.values(addresses).map(({ pattern }) => pattern as string)
const opens = (path: string) =>
  patterns.some(pattern => {
    const [a, b] = [pattern.split('/'), path.split('/')]
    return a.length === b.length && a.every((part, at) => part.startsWith(':') || part === b[at])
  })
const ofTheDisk = /^\/(etc|var|opt|mnt|media|root|usr|tmp|run|\.well-known)\b/
const bounds = /^\/(metrics|api\/)/

/** Lines of commands, without the words after a `#`. */
const commandsOf = (text: string) =>
  [...text.matchAll(/```sh\n([\s\S]*?)```/g)]
    .flatMap(([, block = '']) => block.split('\n'))
    .map(line => line.replace(/(^|\s)#.*$/, '').trim())
    .filter(Boolean)
/** What pages and buttons of the program are called. */
const labels = (text: string) => [...text.matchAll(/«([^»]+)»/g)].map(([, label = '']) => label)
const arabic = sources('src/**/strings.ar.ts')
  .map(({ text }) => text)
  .join('\n')
const inline = (text: string) =>
  [...text.replace(/```[\s\S]*?```/g, '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code)

function wrongCommand(line: string): string | undefined {
  const words = line.split(/\s+/).filter(word => !/^(\d?>.*|<.*)$/.test(word))
  const at = words[0] === 'npx' ? words.slice(1) : words
  if (at[0] === 'shubbak')
    return faultOf(
      at.slice(1).filter(word => !word.startsWith('/root/')),
      shubbak,
    )
  const unit = /^systemctl (?!list)[\w-]+ .*?(shubbak[\w@-]*)/.exec(line)?.[1]?.replace(/@\d*$/, '@')
  if (unit && found(`deploy/systemd/${unit}.{service,timer}`).length === 0) return `no unit ${unit}`
  return ofTheMachine.has(at[0] ?? '') ? undefined : `no program ${at[0]}`
}

/** What a page names in passing that is not there: a command, a page, a setting, a word of a message. */
function wrongName(code: string): string | undefined {
  const quoted = /^"(.*)"$/.exec(code)?.[1]
  if (quoted !== undefined) return said.includes(quoted) || said.includes(code) ? undefined : 'nowhere said'
  if (/^shubbak [a-z]/.test(code)) return faultOf(code.split(' ').slice(1), shubbak)
  if (code.startsWith('/') && !ofTheDisk.test(code) && !bounds.test(code))
    return opens(code) ? undefined : 'no page'
  const setting = code.replace(/_FILE$/, '').replace(/=.*$/, '')
  if (/^[A-Z]+(_[A-Z]+)+$/.test(setting))
    return [...settingNames, ...ofOthers].includes(setting) ? undefined : 'no setting'
  if (/^[a-z]+(-[a-z]+)+$/.test(code) && !/^(shubbak-|apt-)/.test(code))
    return said.includes(`'${code}'`) || said.includes(`"${code}"`) ? undefined : 'no word of ours'
  return undefined
}

describe('a page for a bad day', () => {
  test('is there for each case, and the index leads to every one', () => {
    expect(sheets.length).toBeGreaterThanOrEqual(18)
    const index = read('docs/runbooks/README.md')
    expect(sheets.filter(({ path }) => !index.includes(`(${path.split('/').at(-1)})`))).toEqual([])
  })

  test.each(sheets.map(({ path, text }) => [path, text] as const))(
    '%s says the sign, how to be sure, what to do and whom to call; in Arabic, on a sheet of paper',
    (_, text) => {
      expect(text).toMatch(/^# [\u0600-\u06ff]/)
      const parts = ['**العَرَض.**', '## التأكد', '## ما تفعله', '## متى تتصل وبمن']
      expect(parts.map(part => text.indexOf(part))).toEqual(
        parts.map(part => text.indexOf(part)).sort((a, b) => a - b),
      )
      expect(parts.filter(part => !text.includes(part))).toEqual([])
      expect(commandsOf(text).length).toBeGreaterThan(0)
      expect(text.split('\n').length).toBeLessThan(70)
    },
  )

  const alsoWritten = ['docs/operations.md', 'deploy/README.md'].map(path => ({ path, text: read(path) }))
  test.each([...pages, ...alsoWritten].map(({ path, text }) => [path, text] as const))(
    '%s names no command, page, setting or message that there is not',
    (_, text) => {
      const wrong = [
        ...commandsOf(text).flatMap(line =>
          line.split(/ && | \| /).map(each => [each, wrongCommand(each)] as const),
        ),
        ...labels(text).map(label => [label, arabic.includes(label) ? undefined : 'no label'] as const),
        ...inline(text).map(code => [code, wrongName(code)] as const),
      ]
      expect(wrong.filter(([, why]) => why !== undefined)).toEqual([])
    },
  )

  test('would be caught at each of them', () => {
    expect(wrongCommand('shubbak verfy TOWN')).toBeDefined()
    expect(wrongCommand('systemctl restart shubbak-wrok')).toBe('no unit shubbak-wrok')
    expect(wrongCommand('frobnicate --now')).toBeDefined()
    for (const code of [
      'shubbak keys turn',
      '/manage/nowhere',
      'DATABASE_PUL',
      '"nobody ever said this"',
      'seal-behint',
    ])
      expect(wrongName(code), code).toBeDefined()
    for (const code of [
      'shubbak keys rotate index',
      '/manage/staff',
      'DATABASE_URL_FILE',
      '"database trouble"',
      'seal-behind',
    ])
      expect(wrongName(code), code).toBeUndefined()
  })
})
