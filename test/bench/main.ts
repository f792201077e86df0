import { benchAccess } from './access.ts'
import { benchBackup } from './backup.ts'
import { benchBulletins } from './bulletins.ts'
import { benchCatalogue } from './catalogue.ts'
import { benchFiling, fileOnOrder } from './filing.ts'
import { benchFirstPage } from './first-page.ts'
import { layGround } from './ground.ts'
import { benchImportFile } from './import-file.ts'
import { benchIncoming } from './incoming.ts'
import { benchMessages } from './messages.ts'
import { benchPages } from './pages.ts'
import { note, writeResults } from './report.ts'
import { benchSeal, sealOnOrder } from './seal.ts'
import { benchStarts } from './starts.ts'
import { benchTiming } from './timing.ts'

/** `npm run bench`: the measured proof. `-- --quick` measures shorter; names after it (`catalogue filing pages starts first-page import-file messages incoming bulletins timing seal backup access`; `--towns N --requests N` for the last) measure those only. */
async function main(words: readonly string[]): Promise<void> {
  const quick = words.includes('--quick')
  const names = words.filter(word => !word.startsWith('--') && Number.isNaN(Number(word)))
  const size = (name: string, usual: number) =>
    Number(words[words.indexOf(name) + 1 || words.length] ?? usual)
  const wanted = (name: string) => names.length === 0 || names.includes(name)
  const began = new Date()
  if (wanted('catalogue')) await benchCatalogue()
  if (wanted('filing')) await benchFiling(quick)
  if (wanted('messages')) await benchMessages(quick)
  if (wanted('incoming')) await benchIncoming(quick)
  if (wanted('seal')) await benchSeal(quick)
  if (wanted('backup')) await benchBackup(quick)
  if (wanted('access'))
    await benchAccess(
      { towns: size('--towns', quick ? 2 : 100), requests: size('--requests', quick ? 20_000 : 10_000) },
      quick,
    )
  const parts = ['starts', 'first-page', 'pages', 'import-file', 'bulletins', 'timing'].filter(wanted)
  if (parts.length > 0) {
    const ground = await layGround()
    try {
      if (wanted('starts')) await benchStarts(ground, quick)
      if (wanted('first-page')) await benchFirstPage(ground)
      if (wanted('pages')) await benchPages(ground, quick)
      if (wanted('import-file')) await benchImportFile(ground)
      if (wanted('bulletins')) await benchBulletins(ground, quick)
      if (wanted('timing')) await benchTiming(ground, quick)
    } finally {
      ground.clear()
    }
  }
  const file = writeResults(began, quick)
  note(`in ${Math.round((Date.now() - began.getTime()) / 1000)} s; all of it in ${file}`)
}

const words = process.argv.slice(2)
const [first, second = ''] = words
if (first === 'file-on-order') await fileOnOrder()
else if (first === 'seal-on-order') await sealOnOrder(second)
else await main(words)
