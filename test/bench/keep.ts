import { mkdirSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { keptFolder, keptReports, type Results } from '../../src/offices/oversight/measured/file.ts'
import { projectRoot } from '../../src/platform/root.ts'
import { mayorSheet } from './report/mayor.ts'
import { publish } from './report/publish.ts'
import { calmLoad } from './results.ts'

/** Why a run may not become the report of this version, before it begins; undefined where it may. */
export function mayKeep({ clean, load }: { clean: boolean; load: number }): string | undefined {
  if (!clean) return 'not kept: the tree has changes; commit them first, or say --anyway'
  if (load > calmLoad)
    return `not kept: the load average is ${load}, above ${calmLoad}; wait until the machine is calm, or say --anyway`
  return undefined
}

/** Keeps a report as that of its version, with the sheet for a mayor and the list of versions; says in a line what became of it. */
export function keep(results: Results, anyway: boolean): string {
  if (results.caveats.includes('broken') && !anyway)
    return 'not kept: a part did not come to its end; mend it, or say --anyway'
  const folder = publish(results, join(keptFolder, results.shubbak.version))
  writeFileSync(join(projectRoot, 'docs/proof/mayor.ar.md'), mayorSheet(results))
  mkdirSync(keptFolder, { recursive: true })
  writeFileSync(join(keptFolder, 'index.md'), indexOf(keptReports()))
  return `kept in ${folder}`
}

/** The list of versions a report was kept of. */
export function indexOf(kept: ReturnType<typeof keptReports>): string {
  const lines = kept.map(({ version, results }) => {
    const goals = results.figures.filter(each => each.met !== undefined)
    const met = goals.filter(each => each.met).length
    const { machine, versions } = results
    return `| [${version}](${version}/report.html) | ${results.began.slice(0, 10)} | ${results.shubbak.commit} | ${results.mode} | ${machine.cores} × ${machine.cpu}, PostgreSQL ${versions.postgres} | ${met} of ${goals.length} | ${results.caveats.join(', ') || '–'} |`
  })
  return `# Reports that were kept

Written by \`npm run bench -- --keep\`. Each version has \`report.html\` (Arabic), \`report.en.html\`, \`results.txt\` and \`results.json\`
([what stands in it](../../guide/bench.md)). Each goal with what was got: [goals](../goals.md). What was slow, why, and what was done: [hot spots](../hot-spots.md).

| Version | Day | Commit | Mode | Machine | Goals met | Caveats |
|---|---|---|---|---|---|---|
${lines.join('\n')}
`
}
