import { sql } from 'kysely'
import type pg from 'pg'
import { describe, expect, test, vi } from 'vitest'
import { testDatabase } from '../../../test/database.ts'
import { Session } from './connection.ts'
import type { Read } from './transaction.ts'

const db = await testDatabase()
const town = '01890000-0000-7000-8000-000000000001'
const own = { town: [], taskOffices: [], concernedOffices: [] }

const reach = async (tx: Read): Promise<string | undefined> =>
  (await sql<{ reach: string }>`select current_setting('app.reach') as reach`.execute(tx.q)).rows[0]?.reach

describe('a statement as the house', () => {
  test('reaches as the program does, and the ones before and after it as whoever asks', async () => {
    const seen = await db.database.write(
      town,
      async tx => {
        const house = tx.asHouse('a test')
        return [await reach(tx), await reach(house), await reach(house), await reach(tx), await reach(house)]
      },
      own,
    )
    expect(seen).toEqual(['actor', 'house', 'house', 'actor', 'house'])
  })

  test('does so among others that were asked at the same time', async () => {
    for (const [of, word] of [[own, 'actor'] as const, ['nobody', ''] as const]) {
      const seen = await db.database.read(
        town,
        tx => {
          const [one, two] = [tx.asHouse('a test'), tx.asHouse('another')]
          return Promise.all([one, tx, tx, two, one, tx].map(reach))
        },
        of,
      )
      expect(seen).toEqual(['house', word, word, 'house', 'house', word])
    }
  })

  test('leaves nothing of it to what looks at the rows when the transaction ends', async () => {
    await sql`create table ending (reach text);
      grant select, insert on ending to shubbak_app;
      create function note_ending() returns trigger language plpgsql as
        $$ begin insert into ending values (current_setting('app.reach')); return null; end $$;
      create table ended (n int);
      grant insert on ended to shubbak_app;
      create constraint trigger ends after insert on ended deferrable initially deferred
        for each row execute function note_ending();`.execute(db.owner)
    await db.database.write(
      town,
      tx => sql`insert into ended values (1)`.execute(tx.asHouse('a test').q),
      own,
    )
    expect((await sql`select reach from ending`.execute(db.owner)).rows).toEqual([{ reach: 'actor' }])
  })

  test('says it once for so many as follow each other', async () => {
    const said: string[] = []
    const client = {
      query: (query: string | { text: string }) => {
        said.push(typeof query === 'string' ? query : query.text)
        return Promise.resolve({ rows: [] })
      },
    } as unknown as pg.PoolClient
    const session = new Session(client)
    const house = session.asHouse(own)
    for (const each of [house, house, session, session, house])
      await each.run({ text: each === house ? 'far' : 'near', values: [] })
    await session.run('commit')
    const [far, near] = ["set local app.reach = 'house'", "set local app.reach = 'actor'"]
    expect(said).toEqual([far, 'far', 'far', near, 'near', 'near', far, 'far', near, 'commit'])
  })

  test('is refused once the transaction is over', async () => {
    const kept = await db.database.write(town, async tx => tx.asHouse('a test'), own)
    await expect(reach(kept)).rejects.toThrow('This transaction is over')
  })
})

describe('the end of a transaction that only read', () => {
  /** A connection over which nothing goes, that notes in which packets words would leave. */
  function aLine() {
    const packets: string[][] = []
    let held: string[] = []
    let corks = 0
    const flush = () => {
      if (corks === 0 && held.length > 0) packets.push(held)
      if (corks === 0) held = []
    }
    const stream = {
      cork: () => {
        corks += 1
      },
      uncork: () => {
        corks -= 1
        flush()
      },
    }
    const client = {
      connection: { stream },
      query: (query: string) => {
        held.push(query)
        flush()
        return Promise.resolve({ rows: [] })
      },
    } as unknown as pg.PoolClient
    return { client, packets }
  }

  test('leaves in one packet with what its connection is asked next', async () => {
    const { client, packets } = aLine()
    const [one, two] = [new Session(client), new Session(client)]
    await one.run('page')
    await vi.waitFor(() => expect(packets).toEqual([['page']]))
    one.leave()
    await two.run('begin')
    await vi.waitFor(() => expect(packets).toEqual([['page'], ['commit', 'begin']]))
    expect(() => one.run('late')).toThrow('This transaction is over')
  })

  test('leaves alone within a moment where nothing follows, and holds nothing up afterwards', async () => {
    const { client, packets } = aLine()
    new Session(client).leave()
    expect(packets).toEqual([])
    await vi.waitFor(() => expect(packets).toEqual([['commit']]))
    await new Session(client).run('begin')
    await vi.waitFor(() => expect(packets).toEqual([['commit'], ['begin']]))
  })
})
