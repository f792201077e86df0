import { Kysely, PostgresDialect } from 'kysely'
import { PostgresDialect as CodegenDialect, generate } from 'kysely-codegen'
import { openPool } from '../../src/platform/database/pool.ts'

/** TypeScript types of every table of this database, as `src/platform/database/tables.ts` holds them. */
export async function tableTypes(ownerUrl: string): Promise<string> {
  const pool = openPool(ownerUrl, { max: 2 })
  const db = new Kysely<unknown>({ dialect: new PostgresDialect({ pool }) })
  try {
    return await generate({
      // kysely-codegen sees the other (CommonJS) build of Kysely; the classes are the same
      db: db as never,
      dialect: new CodegenDialect({ dateParser: 'string', numericParser: 'string' }),
      defaultSchemas: ['public'],
      excludePattern: 'graphile_worker.*',
      typeMapping: { int8: 'number' },
      typeOnlyImports: true,
      outFile: null,
    })
  } finally {
    await db.destroy()
  }
}
