import { readFileSync, statSync } from 'node:fs'
import { errorCode, PlainError } from './plain-error.ts'

/** Settings that hold a secret: each may stand in a file that `NAME_FILE` names, so that no environment shows it. */
export const secretSettings = [
  'DATABASE_URL',
  'DATABASE_OWNER_URL',
  'DATABASE_DIRECT_URL',
  'DATABASE_REPLICA_URL',
  'METRICS_TOKEN',
  'OTEL_EXPORTER_OTLP_HEADERS',
] as const

type Environment = Record<string, string | undefined>

/** Where each secret setting stands. */
export type SecretSource =
  | { name: string; from: 'environment' | 'none' }
  | { name: string; from: 'file'; path: string }

/** Where the secrets of this environment stand, without reading them. */
export function secretSources(environment: Environment): SecretSource[] {
  return secretSettings.map(name => {
    const path = environment[`${name}_FILE`]
    if (path) return { name, from: 'file', path }
    return { name, from: environment[name] ? 'environment' : 'none' }
  })
}

/**
 * The environment with the secrets of the files that it names (as systemd's LoadCredential= and Docker's secrets lay them out).
 * @throws PlainError for a file that is missing, empty or open to everybody, and where a secret stands in both places
 */
export function withSecretFiles(environment: Environment): Environment {
  const read: Environment = {}
  for (const source of secretSources(environment)) {
    if (source.from !== 'file') continue
    const { name, path } = source
    if (environment[name])
      throw new PlainError(`${name} and ${name}_FILE are both set: leave one of them out`)
    read[name] = secretIn(`${name}_FILE`, path)
  }
  return { ...environment, ...read }
}

function secretIn(setting: string, path: string): string {
  let text: string
  let mode: number
  try {
    text = readFileSync(path, 'utf8')
    mode = statSync(path).mode
  } catch (error) {
    throw new PlainError(`${setting}: ${path} cannot be read (${errorCode(error) ?? 'unknown'})`)
  }
  if (mode & 0o027)
    throw new PlainError(`${setting}: ${path} may be read by everybody: chmod 400 it (mode: 0400 for Docker)`)
  const secret = text.replace(/\r?\n$/, '')
  if (secret === '' || /[\r\n\0]/.test(secret))
    throw new PlainError(`${setting}: ${path} is to hold the secret alone, on one line`)
  return secret
}
