import { resolve } from 'node:path'
import { z } from 'zod'
import { PlainError } from './plain-error.ts'
import { isNetwork } from './proxies.ts'
import { projectRoot } from './root.ts'
import { type SecretSource, secretSources, withSecretFiles } from './secret-settings.ts'

const postgresUrl = z.url({
  protocol: /^postgres(ql)?$/,
  error: 'an address such as postgresql://user@host/name',
})
const webUrl = z.url({ protocol: /^https?$/, error: 'an address such as https://window.example.ps' })
const filesUrl = z.union([z.url({ protocol: /^s3$/ }), z.string().regex(/^(file:\/\/)?\/.+/)], {
  error: 'a folder such as /srv/files, or s3://bucket',
})
const clamavUrl = z.url({ protocol: /^(tcp|unix)$/, error: 'tcp://host:port or unix:///path' })
const port = z.coerce.number({ error: 'a port from 0 to 65535' }).int().min(0).max(65535)
const folder = z.string().regex(/^\//, 'a folder such as /mnt/backups, on another disk than the data')
const timeOfDay = z.string().regex(/^([01]\d|2[0-3]):[0-5]\d$/, 'a time such as 01:30')
const listOf = (each: z.ZodType<string, string>) =>
  z
    .string()
    .transform(text => text.split(/[\s,]+/).filter(Boolean))
    .pipe(z.array(each))
    .default([])
const yesNo = z.enum(['true', 'false'], { error: 'true or false' })

const settings = {
  PORT: port.default(8080),
  HOST: z.string().min(1).default('127.0.0.1'),
  DATA_DIR: z.string().min(1).default('./data'),
  SYSTEM_DIR: z.string().min(1).default('/var/lib/shubbak'),
  DATABASE_URL: postgresUrl.optional(),
  DATABASE_OWNER_URL: postgresUrl.optional(),
  DATABASE_DIRECT_URL: postgresUrl.optional(),
  DATABASE_REPLICA_URL: postgresUrl.optional(),
  DATABASE_REPLICA_AGE: z.coerce.number({ error: 'seconds from 1 to 300' }).int().min(1).max(300).default(30),
  DATABASE_POOL: z.coerce.number({ error: 'a number from 1 to 500' }).int().min(1).max(500).default(20),
  PREPARED: yesNo.default('true'),
  DRAIN_SECONDS: z.coerce.number({ error: 'seconds from 0 to 300' }).int().min(0).max(300).default(0),
  FILES_URL: filesUrl.optional(),
  CLAMAV_URL: clamavUrl.optional(),
  LOG_LEVEL: z
    .enum(['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'], {
      error: 'fatal, error, warn, info, debug, trace or silent',
    })
    .default('info'),
  PUBLIC_URL: webUrl.optional(),
  SECRET_FILE: z.string().min(1).optional(),
  SECURITY_CONTACT: z
    .url({ protocol: /^(mailto|https|tel)$/, error: 'an address such as mailto:security@example.ps' })
    .optional(),
  METRICS_TOKEN: z.string().min(16, 'at least 16 characters').optional(),
  HEALTH_PORT: port.optional(),
  TRUSTED_PROXIES: listOf(
    z.string().refine(isNetwork, 'addresses or networks such as 10.1.0.0/16, apart by spaces'),
  ),
  OTEL_EXPORTER_OTLP_ENDPOINT: z
    .url({ protocol: /^https?$/, error: 'an address such as http://collector.example.ps:4318' })
    .optional(),
  OTEL_EXPORTER_OTLP_HEADERS: z
    .string()
    .regex(
      /^[\w-]+=([^,%]|%[0-9a-f]{2})+(,[\w-]+=([^,%]|%[0-9a-f]{2})+)*$/i,
      'headers such as authorization=Basic%20abc, apart by commas',
    )
    .optional(),
  OTEL_SERVICE_NAME: z.string().min(1).max(60).default('shubbak'),
  OTEL_TRACES_SAMPLER_ARG: z.coerce.number({ error: 'a share from 0 to 1' }).min(0).max(1).default(1),
  OTEL_METRIC_EXPORT_INTERVAL: z.coerce
    .number({ error: 'milliseconds from 1000' })
    .int()
    .min(1000)
    .default(60_000),
  BACKUP_DIR: folder.optional(),
  BACKUP_KEYS: listOf(z.string().regex(/^age1[a-z0-9]+$/, 'public keys such as age1…, apart by spaces')),
  BACKUP_AT: timeOfDay.default('01:30'),
  BACKUP_KEEP: z.coerce.number({ error: 'a number from 1 to 365' }).int().min(1).max(365).default(7),
  BACKUP_WAIT: yesNo.default('false'),
  DRILL_AT: z
    .union([timeOfDay, z.literal('off')], { error: 'a time such as 03:30, or off' })
    .default('03:30'),
}

/** Every setting there is, by its name; each that holds a secret may also be given as NAME_FILE. */
export const settingNames: readonly string[] = Object.keys(settings)

/** Where spans and figures are sent (docs/operations.md). */
export interface TelemetryConfig {
  /** A collector that speaks OTLP over HTTP; nothing is sent without it. */
  readonly endpoint: string | undefined
  readonly headers: Readonly<Record<string, string>>
  /** The share of requests that is traced, from 0 to 1. */
  readonly sample: number
  readonly service: string
  /** Milliseconds between two sendings of figures. */
  readonly everyMs: number
}

/** How the data are kept a second time (docs/guide/backup.md). Times are those of the town. */
export interface BackupConfig {
  /** Where backups lie: on another disk, better on another machine. None is made without it. */
  readonly folder: string | undefined
  /** The public keys they are sealed for; in the clear without any. */
  readonly keys: readonly string[]
  readonly at: string
  /** How many nightly backups stay. */
  readonly keep: number
  /** Whether an act is answered only once it lies in the folder too. */
  readonly wait: boolean
  /** When each town is taken out, brought back and compared; never when undefined. */
  readonly drillAt: string | undefined
}

/** What the program was told by its environment. */
export interface Config {
  readonly port: number
  readonly host: string
  readonly dataDir: string
  /** Where root keeps the embedded PostgreSQL, which another user must reach. */
  readonly systemDir: string
  readonly databaseUrl: string | undefined
  readonly databaseOwnerUrl: string | undefined
  readonly databaseDirectUrl: string | undefined
  /** A database that follows the first, for what may be a little old: no older than so many seconds. */
  readonly databaseReplicaUrl: string | undefined
  readonly databaseReplicaAge: number
  readonly databasePool: number
  readonly prepared: boolean
  /** How long pages are still answered after the program was told to stop, so that what is in front of it learns of that. */
  readonly drainSeconds: number
  readonly filesUrl: string | undefined
  /** The daemon of ClamAV that files are shown to before anybody opens them; none, and they are not scanned. */
  readonly clamavUrl: string | undefined
  readonly logLevel: string
  readonly publicUrl: string | undefined
  readonly secretFile: string
  /** Whom to tell of a hole in the installation. */
  readonly securityContact: string | undefined
  readonly metricsToken: string | undefined
  /** Where `work` answers whether it lives, and Prometheus; nowhere when undefined. */
  readonly healthPort: number | undefined
  /** Proxies on other machines that are believed when they say who asks. */
  readonly trustedProxies: readonly string[]
  readonly telemetry: TelemetryConfig
  /** Where the secrets among the settings stand. */
  readonly secrets: readonly SecretSource[]
  readonly backup: BackupConfig
}

/** Reads the settings; a wrong one is named in one line, with what it should be. */
export function readConfig(given: Record<string, string | undefined>): Config {
  const environment = withSecretFiles(given)
  const read = <K extends keyof typeof settings>(name: K): z.infer<(typeof settings)[K]> => {
    const typed = environment[name]
    const result = settings[name].safeParse(typed === '' ? undefined : typed)
    if (result.success) return result.data as z.infer<(typeof settings)[K]>
    const wish = result.error.issues[0]?.message ?? 'something else'
    throw new PlainError(`${name} is wrong: expected ${wish.replace(/^Invalid input: expected /, '')}`)
  }
  const line = (
    name: 'DATABASE_URL' | 'DATABASE_OWNER_URL' | 'DATABASE_DIRECT_URL' | 'DATABASE_REPLICA_URL',
  ) => {
    const url = read(name)
    if (url !== undefined && !saysHowItIsKept(url))
      throw new PlainError(
        `${name} leads to another machine: add ?sslmode=verify-full to it, or sslmode=disable where nobody else is on that line`,
      )
    return url
  }
  const dataDir = resolve(projectRoot, read('DATA_DIR'))
  return {
    port: read('PORT'),
    host: read('HOST'),
    dataDir,
    systemDir: resolve(projectRoot, read('SYSTEM_DIR')),
    databaseUrl: line('DATABASE_URL'),
    databaseOwnerUrl: line('DATABASE_OWNER_URL'),
    databaseDirectUrl: line('DATABASE_DIRECT_URL'),
    databaseReplicaUrl: line('DATABASE_REPLICA_URL'),
    databaseReplicaAge: read('DATABASE_REPLICA_AGE'),
    databasePool: read('DATABASE_POOL'),
    prepared: read('PREPARED') === 'true',
    drainSeconds: read('DRAIN_SECONDS'),
    filesUrl: read('FILES_URL'),
    clamavUrl: read('CLAMAV_URL'),
    logLevel: read('LOG_LEVEL'),
    publicUrl: read('PUBLIC_URL'),
    secretFile: resolve(projectRoot, read('SECRET_FILE') ?? `${dataDir}/secret`),
    securityContact: read('SECURITY_CONTACT'),
    metricsToken: read('METRICS_TOKEN'),
    healthPort: read('HEALTH_PORT'),
    trustedProxies: read('TRUSTED_PROXIES'),
    telemetry: {
      endpoint: read('OTEL_EXPORTER_OTLP_ENDPOINT'),
      headers: headersOf(read('OTEL_EXPORTER_OTLP_HEADERS') ?? ''),
      sample: read('OTEL_TRACES_SAMPLER_ARG'),
      service: read('OTEL_SERVICE_NAME'),
      everyMs: read('OTEL_METRIC_EXPORT_INTERVAL'),
    },
    secrets: secretSources(given),
    backup: {
      folder: read('BACKUP_DIR'),
      keys: read('BACKUP_KEYS'),
      at: read('BACKUP_AT'),
      keep: read('BACKUP_KEEP'),
      wait: read('BACKUP_WAIT') === 'true',
      drillAt: read('DRILL_AT') === 'off' ? undefined : read('DRILL_AT'),
    },
  }
}

/** On this machine, or with its encryption spoken of: a password does not cross a network in the clear because nobody thought of it. */
function saysHowItIsKept(url: string): boolean {
  const { hostname, searchParams } = new URL(url)
  const ofThisMachine = /^$|^localhost$|^127\.|^\[::1\]$|^%2F/i.test(hostname)
  return (
    ofThisMachine ||
    searchParams.has('sslmode') ||
    searchParams.has('ssl') ||
    (searchParams.get('host')?.startsWith('/') ?? false)
  )
}

/** Headers as OpenTelemetry writes them: `name=value,name=value`, the values encoded as in an address. */
function headersOf(text: string): Record<string, string> {
  const pairs = text.split(',').filter(Boolean)
  return Object.fromEntries(
    pairs.map(each => {
      const [name = '', ...value] = each.split('=')
      return [name.trim(), decodeURIComponent(value.join('=').trim())]
    }),
  )
}
