import { mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import type { Metafile } from 'esbuild'
import { afterAll, expect, test } from 'vitest'
import { bundleProgram } from '../../build.mjs'

/** Libraries that take much memory or time and are wanted now and then: whoever uses one reads it then (`await import`). */
const heavy = [
  '@myriaddreamin/typst-ts-node-compiler',
  '@napi-rs/canvas',
  'heic-decode',
  'jsqr',
  'pdfjs-dist',
  'sharp',
  '@opentelemetry/sdk-trace',
  '@opentelemetry/sdk-metrics',
  '@opentelemetry/exporter-trace-otlp-http',
  '@simplewebauthn/server',
  'age-encryption',
  'jose',
  'openid-client',
  '@tus/',
  'bpmn-moddle',
  'file-type',
  'graphile-worker',
  'nodemailer',
  'saxes',
  'tedious',
  'write-excel-file',
  'yauzl',
  'esbuild',
  'playwright-core',
]

type Outputs = Record<
  string,
  Pick<Metafile['outputs'][string], 'imports' | 'inputs'> & { entryPoint?: string }
>

/** The heavy libraries that the program reads before it does anything, whether they stand beside it or were taken into it. */
function readAtStart(outputs: Outputs): string[] {
  const entry = Object.keys(outputs).find(name => outputs[name]?.entryPoint === 'src/main.ts')
  if (entry === undefined) throw new Error('the program has no entry')
  const found = new Set<string>()
  const seen = new Set([entry])
  for (const name of seen) {
    for (const { path, kind } of outputs[name]?.imports ?? []) {
      if (kind === 'dynamic-import') continue
      if (path in outputs) seen.add(path)
      else found.add(path)
    }
    for (const input of Object.keys(outputs[name]?.inputs ?? {}))
      if (input.includes('node_modules/')) found.add(input.split('node_modules/').at(-1) ?? '')
  }
  const isHeavy = (path: string) =>
    heavy.some(name => path === name || path.startsWith(name.endsWith('/') ? name : `${name}/`))
  return [...found].filter(isHeavy).sort()
}

const folder = mkdtempSync(join(tmpdir(), 'shubbak-start-'))
afterAll(() => rmSync(folder, { recursive: true, force: true }))
const metafile = await bundleProgram(folder)

test('the program starts without what is wanted only now and then', () => {
  expect(readAtStart(metafile.outputs)).toEqual([])
})

test('a heavy library is found beside the program, behind a part of it, and within it; one that is read later is not', () => {
  const planted: Outputs = {
    'dist/main.js': {
      entryPoint: 'src/main.ts',
      inputs: {},
      imports: [
        { path: 'dist/parts/a.js', kind: 'import-statement' },
        { path: 'dist/parts/b.js', kind: 'dynamic-import' },
        { path: 'nodemailer/lib/mail-composer', kind: 'import-statement', external: true },
      ],
    },
    'dist/parts/a.js': {
      inputs: { 'node_modules/jose/dist/index.js': { bytesInOutput: 1 } },
      imports: [{ path: 'sharp', kind: 'import-statement', external: true }],
    },
    'dist/parts/b.js': { inputs: {}, imports: [{ path: 'yauzl', kind: 'import-statement', external: true }] },
  }
  expect(readAtStart(planted)).toEqual(['jose/dist/index.js', 'nodemailer/lib/mail-composer', 'sharp'])
})

test('the program is ASCII to the last letter: one beyond it would take its whole text twice in memory', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' }).filter(name =>
    name.endsWith('.js'),
  )
  const beyond = files.filter(name => readFileSync(join(folder, name)).some(byte => byte > 127))
  expect(files).toContain('main.js')
  expect(beyond).toEqual([])
})
