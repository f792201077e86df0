import { mkdirSync, readFileSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Results } from '../../../src/offices/oversight/measured/file.ts'
import { reportPage } from './page.tsx'
import { resultsText } from './text.ts'

/** Writes a run into a folder: `results.json`, `results.txt`, `report.html` (Arabic) and `report.en.html`; gives the folder. */
export function publish(results: Results, folder: string): string {
  mkdirSync(folder, { recursive: true })
  const write = (name: string, text: string) => writeFileSync(join(folder, name), text)
  write('results.json', `${JSON.stringify(results, null, 2)}\n`)
  write('results.txt', resultsText(results))
  write('report.html', reportPage(results, 'ar'))
  write('report.en.html', reportPage(results, 'en'))
  return folder
}

export const readResults = (folder: string): Results =>
  JSON.parse(readFileSync(join(folder, 'results.json'), 'utf8')) as Results
