import { createRequire } from 'node:module'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { parseService } from '../../src/kernel/definition/index.ts'
import { graphOf } from '../../src/offices/catalogue/bpmn/graph.ts'
import { writeBpmn } from '../../src/offices/catalogue/bpmn/write.ts'
import { loadServiceFiles } from '../../src/offices/catalogue/index.ts'
import { launchBrowser } from '../browser.ts'

type Page = Awaited<ReturnType<Awaited<ReturnType<typeof launchBrowser>>['newPage']>>

const viewer = createRequire(import.meta.url).resolve('bpmn-js/dist/bpmn-viewer.production.min.js')
let browser: Awaited<ReturnType<typeof launchBrowser>>
let page: Page

beforeAll(async () => {
  browser = await launchBrowser()
  page = await browser.newPage()
  await page.setContent('<div id="canvas" style="width:1600px;height:900px"></div>')
  await page.addScriptTag({ path: viewer })
})
afterAll(() => browser.close())

/** What the page does with a file: draws it, and tells what it warned of and the ids of what it drew. */
const drawing = `async text => {
  const viewer = new BpmnJS({ container: '#canvas' })
  const { warnings } = await viewer.importXML(text)
  const drawn = viewer.get('elementRegistry').getAll().map(({ id }) => id)
  viewer.destroy()
  return { warnings: warnings.map(String), drawn }
}`

/** Has bpmn-js draw a file. */
const draw = (xml: string): Promise<{ warnings: string[]; drawn: string[] }> =>
  page.evaluate(`(${drawing})(${JSON.stringify(xml)})`)

test('the way of every service is drawn by bpmn-js: each element and flow, without a warning', async () => {
  for (const { file, source, commons } of await loadServiceFiles()) {
    const read = parseService(source, commons)
    if (!read.ok) throw new Error(`${file} does not read`)
    const { nodes, flows, messages } = graphOf(read.definition)
    const { warnings, drawn } = await draw(await writeBpmn(read.definition))
    expect(warnings, file).toEqual([])
    const all = [...nodes, ...flows, ...messages].map(({ id }) => id)
    expect(
      all.filter(id => !drawn.includes(id)),
      file,
    ).toEqual([])
  }
})
