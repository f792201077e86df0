import type { Command } from 'commander'
import { sql } from 'kysely'
import { isRole, roles } from '../../kernel/access/index.ts'
import { DomainError } from '../../lib/errors.ts'
import type { Write } from '../../platform/database/index.ts'
import type { House } from '../../platform/house.ts'
import { PlainError } from '../../platform/plain-error.ts'
import type { TownProfile } from '../../web/town.ts'
import { addApiKey, addOffice, addStaff, normaliseLogin } from './staff.ts'
import { leave } from './staffing/leaving.ts'
import { addTown } from './town.ts'

type Tools = { inHouse<T>(work: (house: House) => Promise<T>): Promise<T>; say(line: string): void }
type Options = Record<string, string>

/** What an operator enters by hand before the administrator's pages can take over: town, offices, first log-ins, partners' keys. */
export function peopleCommands(program: Command, tools: Tools): void {
  townCommands(program.command('town').description('the towns of this installation'), tools)
  officeCommand(program.command('office').description('offices of a town'), tools)
  staffCommands(program.command('staff').description('log-ins of the staff'), tools)
  keyCommand(program.command('key').description("keys of partners' programs"), tools)
}

function townCommands(town: Command, { inHouse, say }: Tools): void {
  town
    .command('add')
    .description('enter a town')
    .argument('<slug>', 'its short name in addresses: letters a–z, digits, hyphen')
    .requiredOption('--name <text>', 'name in Arabic')
    .requiredOption('--phone <number>', 'telephone of the service centre')
    .option('--name-en <text>', 'name in English', '')
    .option('--address <text>', 'address in Arabic', '')
    .option('--address-en <text>', 'address in English', '')
    .option('--host <names>', 'host names of its own, parted by commas', '')
    .option('--time-zone <zone>', 'its time zone', 'Asia/Hebron')
    .action((slug: string, options: Options) =>
      plainly(() =>
        inHouse(async house => {
          if (!/^[a-z][a-z0-9-]{1,40}$/.test(slug))
            throw new PlainError(`"${slug}" is no short name: use letters a–z, digits and hyphens`)
          const timeZone = options.timeZone ?? ''
          if (!isTimeZone(timeZone))
            throw new PlainError(`"${timeZone}" is no time zone: use one such as Asia/Gaza`)
          await addTown(house.database, {
            slug,
            names: { ar: options.name ?? '', en: options.nameEn || slug },
            hosts: (options.host ?? '').split(',').filter(host => host !== ''),
            timeZone,
            profile: firstProfile(options),
            isDemo: false,
            now: house.clock.now(),
          })
          say(`Entered ${slug}. Next: shubbak office add ${slug} …, then shubbak staff add ${slug} …`)
          say(`and, for it to offer something: shubbak services publish ${slug}`)
        }),
      ),
    )
}

function officeCommand(office: Command, { inHouse, say }: Tools): void {
  office
    .command('add')
    .description('enter an office of a town')
    .argument('<town>', 'short name of the town')
    .argument('<code>', 'code of the office, as services name it')
    .requiredOption('--name <text>', 'name in Arabic')
    .option('--name-en <text>', 'name in English', '')
    .option('--parent <code>', 'office it belongs to')
    .option('--position <number>', 'place in lists', '100')
    .action((slug: string, code: string, options: Options) =>
      plainly(() =>
        inHouse(async house => {
          const position = Number(options.position)
          if (!Number.isInteger(position)) throw new PlainError('--position is a whole number')
          const name = { ar: options.name ?? '', en: options.nameEn || code }
          await inTown(house, slug, tx => addOffice(tx, { code, name, parent: options.parent, position }))
          say(`Entered office ${code}`)
        }),
      ),
    )
}

function staffCommands(staff: Command, { inHouse, say }: Tools): void {
  staff
    .command('add')
    .description('give somebody a log-in and a first appointment')
    .argument('<town>', 'short name of the town')
    .argument('<login>', 'what they type to log in')
    .requiredOption('--name <text>', 'name in Arabic')
    .requiredOption('--office <code>', 'office they are appointed to')
    .requiredOption('--role <role>', roles.join(', '))
    .option('--name-en <text>', 'name in English', '')
    .option('--title <text>', 'post in Arabic', '')
    .option('--title-en <text>', 'post in English', '')
    .action((slug: string, login: string, options: Options) =>
      plainly(() =>
        inHouse(async house => {
          const { name = '', nameEn = '', title = '', titleEn = '', office = '', role = '' } = options
          if (!isRole(role)) throw new PlainError(`"${role}" is no role: use one of ${roles.join(', ')}`)
          const secrets = await inTown(house, slug, async tx => {
            await needOffice(tx, office)
            const names = {
              name: { ar: name, en: nameEn || name },
              title: { ar: title, en: titleEn || title },
            }
            return addStaff(tx, house, { login, ...names, office, role, handedOut: true })
          })
          say(`Login:        ${normaliseLogin(login)}`)
          say(`Password:     ${secrets.password}`)
          say(
            'Shown this once: hand it over in person. At the first log-in they choose their own, within a week.',
          )
        }),
      ),
    )
  staff
    .command('leave')
    .description('somebody leaves: no log-in from now on, open sessions end')
    .argument('<town>', 'short name of the town')
    .argument('<login>', 'their login')
    .action((slug: string, login: string) =>
      plainly(() =>
        inHouse(async house => {
          await inTown(house, slug, async tx => {
            const staffId = await staffIdOf(tx, login)
            await leave(tx, staffId)
            await house.events.publish(tx, 'people.posts-ended', { staffId })
          })
          say(`${login} has left`)
        }),
      ),
    )
}

function keyCommand(key: Command, { inHouse, say }: Tools): void {
  key
    .command('add')
    .description("make a key for a partner's program")
    .argument('<town>', 'short name of the town')
    .argument('<name>', 'the partner, as citizens read it')
    .argument('<scopes...>', 'what it may do, such as requests:read')
    .action((slug: string, name: string, scopes: string[]) =>
      plainly(() =>
        inHouse(async house => {
          say(await inTown(house, slug, tx => addApiKey(tx, name, scopes)))
          say('Shown this once: hand it over by a safe way.')
        }),
      ),
    )
}

async function inTown<T>(house: House, slug: string, work: (tx: Write) => Promise<T>): Promise<T> {
  const { rows } = await house.database.directory(q =>
    sql<{ id: string }>`select municipality_id as id from municipality where slug = ${slug}`.execute(q),
  )
  const [town] = rows
  if (!town) throw new PlainError(`There is no town ${slug}: enter it with shubbak town add`)
  return house.database.write(town.id, work)
}

async function needOffice(tx: Write, office: string): Promise<void> {
  const { rows } =
    await sql`select from office where municipality_id = ${tx.town} and office_code = ${office}`.execute(tx.q)
  if (rows.length === 0)
    throw new PlainError(`There is no office ${office}: enter it with shubbak office add`)
}

async function staffIdOf(tx: Write, login: string): Promise<string> {
  const { rows } = await sql<{ id: string }>`
    select staff_id as id from staff where municipality_id = ${tx.town} and login = ${normaliseLogin(login)}`.execute(
    tx.q,
  )
  const [member] = rows
  if (!member) throw new PlainError(`Nobody has the login ${login}`)
  return member.id
}

const refusals: Record<string, string> = {
  'town-exists': 'There is a town of this short name already',
  'login-taken': 'This login is taken',
  'no-such-staff': 'They have left already',
}

/** A refusal of the domain, as one plain line for the operator. */
async function plainly(work: () => Promise<void>): Promise<void> {
  try {
    await work()
  } catch (error) {
    throw error instanceof DomainError ? new PlainError(refusals[error.code] ?? error.code) : error
  }
}

function isTimeZone(name: string): boolean {
  try {
    new Intl.DateTimeFormat('en', { timeZone: name })
    return name !== ''
  } catch {
    return false
  }
}

/** What the town says of itself until its administrator says more: the ordinary week and names of places. */
function firstProfile({ phone = '', address = '', addressEn = '' }: Options): TownProfile {
  const day = { from: '08:00', to: '14:30' }
  return {
    phone,
    address: { ar: address, en: addressEn },
    hours: { ar: 'الأحد حتى الخميس، 8:00 إلى 14:30', en: 'Sunday to Thursday, 8:00 to 14:30' },
    levels: {
      block: { ar: 'الحوض', en: 'Block' },
      quarter: { ar: 'الحي', en: 'Quarter' },
      parcel: { ar: 'القطعة', en: 'Parcel' },
    },
    calendar: { week: [day, day, day, day, day, null, null], closures: [] },
  }
}
