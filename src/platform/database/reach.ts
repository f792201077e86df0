/**
 * How far whoever asks reaches, as the second wall of the database knows it (migration 0047, docs/guide/access.md). It is set by the
 * statement that begins the transaction; the policies of every table with people's data read it.
 */
export type RowReach =
  /** The program itself: jobs, commands, and what an act sets in motion. */
  | 'house'
  /** Nobody's row. */
  | 'nobody'
  | {
      /** Families of tables reached in the whole town. */
      town: readonly string[]
      /** The persons whose own rows are reached, and those whose requests are reached where they are a party. */
      own?: string | undefined
      party?: string | undefined
      /** For whom somebody acts, in requests of some services alone. */
      principals?: { persons: readonly string[]; services: readonly string[] } | undefined
      partner?: string | undefined
      staff?: string | undefined
      /** Offices by whose open tasks, and by whose past or present tasks, requests are reached. */
      taskOffices: readonly string[]
      concernedOffices: readonly string[]
      /** Has not shown who they are. */
      unproven?: true
    }

const literal = (text: string) => `'${text.replaceAll("'", "''").replaceAll('\\', '')}'`
/** An array as PostgreSQL writes it; what is written here needs no planning. */
const list = (texts: readonly string[]) =>
  literal(`{${texts.map(text => `"${text.replaceAll('"', '')}"`).join(',')}}`)
const records = (person: string) => `same_person(${literal(person)}::uuid)::text`

/** The select items that set a reach for the rest of a transaction; they come after the town's. */
export function settingsOf(reach: RowReach): string {
  if (reach === 'nobody') return setting('app.reach', "''")
  if (reach === 'house') return setting('app.reach', "'house'")
  const said: [string, string | undefined][] = [
    ['reach_town', reach.town.length > 0 ? list(reach.town) : undefined],
    ['reach_own', reach.own && records(reach.own)],
    ['reach_party', reach.party && records(reach.party)],
    ['reach_principals', reach.principals && list(reach.principals.persons)],
    ['reach_services', reach.principals && list(reach.principals.services)],
    ['reach_partner', reach.partner && literal(reach.partner)],
    ['reach_staff', reach.staff && literal(reach.staff)],
    ['reach_closed', reach.staff && `closed_to(${literal(reach.staff)}::uuid)::text`],
    ['reach_task', reach.taskOffices.length > 0 ? list(reach.taskOffices) : undefined],
    ['reach_unproven', reach.unproven && literal('yes')],
    ['reach_offices', reach.concernedOffices.length > 0 ? list(reach.concernedOffices) : undefined],
  ]
  return [
    setting('app.reach', "'actor'"),
    ...said.flatMap(([name, value]) => (value === undefined ? [] : [setting(`app.${name}`, value)])),
  ].join(', ')
}

const setting = (name: string, value: string) => `set_config('${name}', ${value}, true)`
