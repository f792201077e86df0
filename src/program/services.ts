import type { Command } from 'commander'
import { parseService, type ServiceDefinition } from '../kernel/definition/index.ts'
import { addresses, fillAddress } from '../lib/addresses.ts'
import { DomainError } from '../lib/errors.ts'
import { loadServiceFiles } from '../offices/catalogue/index.ts'
import { type Brought, bringNational } from '../offices/designer/index.ts'
import { officesOf } from '../offices/people/index.ts'
import { loadDefaultTariffs } from '../offices/treasury/index.ts'
import type { House } from '../platform/house.ts'
import { PlainError } from '../platform/plain-error.ts'
import { findTown } from './towns.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }

const operator = { kind: 'system', id: 'services publish' } as const

/** `shubbak services publish`: puts the services of a folder on a town's shelf, with the amounts they start from. */
export function servicesCommand(program: Command, { inHouse, say }: Tools): void {
  program
    .command('services')
    .description('the services of a town')
    .command('publish')
    .description('publish every service file for a town; what is published already stays as it is')
    .argument('<town>', 'short name of the town')
    .argument('[folder]', 'where the files lie; those of the product unless given')
    .action((slug: string, folder?: string) =>
      inHouse(async house => {
        const town = await findTown(house, slug)
        if (!town) throw new PlainError(`There is no town ${slug}: enter it with shubbak town add`)
        await publishServices(house, town.id, say, folder)
        say(`Next: whoever is admin confirms the fees at ${addresses.manage.pattern}`)
      }),
    )
}

/** All of a folder or nothing: a file that cannot be published stops the rest. May run as often as wanted. */
async function publishServices(
  house: House,
  townId: string,
  say: (line: string) => void,
  folder?: string,
): Promise<void> {
  const files = await loadServiceFiles(folder)
  if (files.length === 0) throw new PlainError('There is no service file in this folder')
  const done = await house.database.write(townId, async tx => {
    const lines: string[] = []
    const named: ServiceDefinition[] = []
    for (const each of files) {
      const { file, source, commons, code, version } = each
      const brought = await bringNational(tx, each, operator).catch(error => refuse(file, error))
      const read = parseService(source, commons)
      if (read.ok) {
        await loadDefaultTariffs(tx, read.definition.tariffs)
        named.push(read.definition)
      }
      lines.push(`${code} version ${version}: ${tell(brought, code)}`)
    }
    const there = new Set((await officesOf(tx)).map(office => office.code))
    return { lines, missing: officesNamed(named).filter(office => !there.has(office)) }
  })
  for (const line of done.lines) say(line)
  if (done.missing.length > 0)
    say(`Offices the services name and the town lacks: ${done.missing.join(', ')} (shubbak office add)`)
}

const officesNamed = (services: readonly ServiceDefinition[]): string[] =>
  [
    ...new Set(
      services.flatMap(({ steps }) =>
        steps.flatMap(({ office, officeWhen = [] }) => [office, ...officeWhen.map(each => each.office)]),
      ),
    ),
  ].sort()

/** What an operator reads of it; a town's own version is never written over. */
function tell(brought: Brought, code: string): string {
  if (brought.outcome === 'own') return 'the town wrote a service of this code itself; kept beside it'
  if (brought.outcome !== 'to-take') return brought.outcome
  const { taken, choices } = brought
  const where = fillAddress(addresses.designerNational, { code })
  return `the town has a version of its own: ${taken} changes to take, ${choices} to choose, at ${where}`
}

const refusals: Record<string, string> = {
  'service-faulty': 'it has faults, see shubbak catalogue check',
  'version-already-published':
    'this version is published with another text; give the changed service the next version number',
}

function refuse(file: string, error: unknown): never {
  if (!(error instanceof DomainError)) throw error
  throw new PlainError(`${file}: ${refusals[error.code] ?? error.code}. Nothing was published`)
}
