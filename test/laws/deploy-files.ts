import { globSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseAllDocuments } from 'yaml'
import { projectRoot } from '../../src/platform/root.ts'

export const read = (path: string): string => readFileSync(join(projectRoot, path), 'utf8')
export const found = (...patterns: string[]): string[] => globSync(patterns, { cwd: projectRoot }).sort()

type Node = Record<string, unknown>
const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null

/** The documents of a YAML file, its merges done. @throws where one does not parse */
export function documents(path: string): Node[] {
  return parseAllDocuments(read(path), { merge: true }).map(document => {
    if (document.errors.length > 0) throw new Error(`${path}: ${document.errors[0]?.message}`)
    return document.toJS() as Node
  })
}

/** Every value under a name, however deep. */
export function deep(value: unknown, name: string): unknown[] {
  if (Array.isArray(value)) return value.flatMap(each => deep(each, name))
  if (!isNode(value)) return []
  return Object.entries(value).flatMap(([key, each]) => [
    ...(key === name ? [each] : []),
    ...deep(each, name),
  ])
}

/** A process of ours as a deploy file runs it: its command, and what its environment holds. */
export type Run = { at: string; words: string[]; environment: Record<string, string> }

const pairs = (text: string) =>
  Object.fromEntries(
    text
      .split(/\s+/)
      .filter(Boolean)
      .map(each => each.split('=', 2) as [string, string]),
  )

function ofUnit(path: string): Run {
  const text = read(path)
  const [, command = ''] = /^ExecStart=.*dist\/main\.js (.*)$/m.exec(text) ?? []
  const lines = [...text.matchAll(/^Environment=(.*)$/gm)].map(([, line = '']) => pairs(line))
  const file = /^EnvironmentFile=.*shubbak\.env$/m.test(text) ? envFile('deploy/systemd/shubbak.env') : {}
  return { at: path, words: command.split(' '), environment: Object.assign({}, file, ...lines) }
}

function envFile(path: string): Record<string, string> {
  return pairs(
    read(path)
      .split('\n')
      .filter(line => !line.startsWith('#'))
      .join('\n'),
  )
}

/** Settings of others that our files set. */
export const ofOthers: readonly string[] = ['NODE_ENV', 'MALLOC_ARENA_MAX']

/** What the image sets for whatever runs in it. */
export const imageEnvironment = (): Record<string, string> =>
  pairs([...read('deploy/Dockerfile').matchAll(/^ENV (.*)$/gm)].map(([, line = '']) => line).join(' '))

type Service = { image?: string; command?: string[]; environment?: Record<string, string> }

function ofCompose(path: string): Run[] {
  const [{ services = {} } = {}] = documents(path) as { services?: Record<string, Service> }[]
  return Object.entries(services).flatMap(([name, { image, command = [], environment = {} }]) =>
    image?.startsWith('shubbak:')
      ? [
          {
            at: `${path} ${name}`,
            words: command,
            environment: { ...imageEnvironment(), ...environment },
          },
        ]
      : [],
  )
}

type Container = {
  name: string
  image: string
  args?: string[]
  env?: { name: string; value: string }[]
  envFrom?: { configMapRef: { name: string } }[]
}

function ofKubernetes(): Run[] {
  const all = found('deploy/kubernetes/*.yaml').flatMap(path => documents(path).map(each => ({ path, each })))
  const maps = new Map(
    all.flatMap(({ each }) =>
      each.kind === 'ConfigMap'
        ? [[(each.metadata as Node).name, each.data as Record<string, string>] as const]
        : [],
    ),
  )
  return all.flatMap(({ path, each }) =>
    (deep(each, 'containers').flat() as Container[]).map(({ name, args = [], env = [], envFrom = [] }) => ({
      at: `${path} ${name}`,
      words: args,
      environment: Object.assign(
        imageEnvironment(),
        ...envFrom.map(
          ({ configMapRef }) => maps.get(configMapRef.name) ?? { [configMapRef.name]: 'missing' },
        ),
        Object.fromEntries(env.map(one => [one.name, one.value])),
      ),
    })),
  )
}

/** Every process of ours in the deploy files. */
export const runs = (): Run[] => [
  ...found('deploy/systemd/*.service').map(ofUnit),
  ...ofCompose('deploy/compose/compose.yaml'),
  ...ofKubernetes(),
]

/** Images of the deploy files, each with the tag it is pinned to. */
export function images(): string[] {
  const files = found('deploy/**/*.yaml').flatMap(documents)
  return [
    ...(deep(files, 'image') as string[]),
    ...[...read('deploy/Dockerfile').matchAll(/^FROM (\S+)/gm)].map(([, image = '']) => image),
  ]
}
