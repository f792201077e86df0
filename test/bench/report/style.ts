import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import { projectRoot } from '../../../src/platform/root.ts'

const assets = join(projectRoot, 'src/ui/assets')

/** The colours, sizes and letters of the product's own pages with the report's few rules, all in one text: nothing is fetched. */
export function reportStyle(): string {
  const tokens = readFileSync(join(assets, '_tokens.css'), 'utf8')
    .replaceAll(/url\((fonts\/[^)]+\.woff2)\)/g, (_, file: string) => {
      const bytes = readFileSync(join(assets, file))
      return `url(data:font/woff2;base64,${bytes.toString('base64')})`
    })
    .replaceAll(/\/\*[\s\S]*?\*\//g, '')
  return tokens + readFileSync(join(projectRoot, 'test/bench/report/report.css'), 'utf8')
}
