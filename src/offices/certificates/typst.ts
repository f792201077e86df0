import { existsSync, readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { dirname, join } from 'node:path'
import type { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'
import { projectRoot } from '../../platform/root.ts'
import { lettersOf, shownWhole } from './shown.ts'

/** Layouts and wording of the papers; they are data beside the program, and a town may come to have its own. */
const templatesFolder = join(projectRoot, 'src/offices/certificates/templates')

const fontFiles = [
  '400Regular/Amiri_400Regular.ttf',
  '700Bold/Amiri_700Bold.ttf',
  '400Regular_Italic/Amiri_400Regular_Italic.ttf',
]

const require = createRequire(import.meta.url)

function amiri(): Buffer[] {
  const home = dirname(require.resolve('@expo-google-fonts/amiri/package.json'))
  return fontFiles.map(file => readFileSync(join(home, file)))
}

type Typst = typeof import('@myriaddreamin/typst-ts-node-compiler')

let compiler: NodeCompiler | undefined
let rendered = 0

/** One compiler, read with the first paper and kept warm: that one costs some 50 ms, the next ones a few. */
function press(): NodeCompiler {
  if (compiler) return compiler
  const { NodeCompiler } = require('@myriaddreamin/typst-ts-node-compiler') as Typst
  compiler = NodeCompiler.create({ workspace: templatesFolder, fontArgs: [{ fontBlobs: amiri() }] })
  return compiler
}

/** Pages of a paper that nobody sets again as it is: some megabytes of the compiler's memory each. */
const long = 12

export type Rendered = { pdf: Buffer; pages: number }

/**
 * Sets a paper: PDF/A-2b, the same bytes for the same input. What people wrote goes in as one JSON text that the template reads as text, so
 * nothing of it is taken for markup. A picture or a letter no font of ours draws has no place in PDF/A: where one was typed, the paper is set
 * with squares in their place. `at` is the instant the file says it was made.
 */
export function renderPdf(template: string, inputs: Readonly<Record<string, unknown>>, at: Date): Rendered {
  if (!hasTemplate(template)) throw new Error(`no template ${template}`)
  try {
    return set(template, inputs, at)
  } catch (error) {
    if (!String(error).includes('could not be displayed')) throw error
    const fonts = amiri().map(lettersOf)
    const squares = shownWhole(inputs, code => fonts.every(has => has(code)))
    return set(template, squares as Readonly<Record<string, unknown>>, at)
  }
}

function set(template: string, inputs: Readonly<Record<string, unknown>>, at: Date): Rendered {
  const typst = press()
  const result = typst.compile({
    mainFilePath: join(templatesFolder, `${template}.typ`),
    inputs: { data: JSON.stringify(inputs) },
  })
  const document = result.result
  if (!document) {
    const error = result.takeError()
    throw new Error(
      `template ${template} does not compile: ${error && JSON.stringify(typst.fetchDiagnostics(error))}`,
    )
  }
  const pdf = typst.pdf(document, { pdfStandard: 'a-2b', creationTimestamp: Math.floor(at.getTime() / 1000) })
  const pages = document.numOfPages
  // what many different papers, or a long one, left in the compiler's memory is let go
  rendered += 1
  if (pages > long) typst.evictCache(0)
  else if (rendered % 50 === 0) typst.evictCache(10)
  return { pdf, pages }
}

/** What templates are made of, and no paper by itself. */
const shared: readonly string[] = ['base', 'marks']

/** Whether a service's output may name this template. */
export function hasTemplate(name: string): boolean {
  return (
    /^[a-z][a-z0-9-]{0,60}$/.test(name) &&
    !shared.includes(name) &&
    existsSync(join(templatesFolder, `${name}.typ`))
  )
}
