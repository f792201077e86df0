import { PlainError } from '../../../platform/plain-error.ts'
import type { OpenLink } from './rows.ts'

/**
 * Asks a SQL Server. It has no read-only transactions: the connection says that it only reads, the transaction is rolled back at its end,
 * and the log-in should be a member of db_datareader and nothing else. The driver is loaded only where a town has such a link.
 */
export const openSqlServer: OpenLink = async (link, limits) => {
  const { Connection, Request } = await import('tedious')
  const connection = new Connection({
    server: link.host,
    authentication: { type: 'default', options: { userName: link.user, password: link.password } },
    options: {
      port: link.port,
      database: link.database,
      encrypt: link.tls,
      trustServerCertificate: false,
      readOnlyIntent: true,
      connectTimeout: 15_000,
      requestTimeout: limits.milliseconds,
      appName: 'shubbak import',
      useUTC: true,
    },
  })
  const refused = (cause: unknown) =>
    new PlainError(`The database of the present program refused: ${(cause as Error).message}`, { cause })
  await new Promise<void>((resolve, reject) => {
    connection.connect(error => (error ? reject(refused(error)) : resolve()))
  })
  connection.on('error', () => {})
  const queue: unknown[][] = []
  let ended = false
  let failure: Error | undefined
  let wake = () => {}
  let resume = () => {}
  let headings: string[] = []
  const told = new Promise<void>((resolve, reject) => {
    const request = new Request(link.statement.replace(/;\s*$/, ''), error => {
      ended = true
      if (error) failure = refused(error)
      if (error) reject(failure)
      else resolve()
      wake()
    })
    request.on('columnMetadata', columns => {
      headings = (columns as { colName: string }[]).map(column => column.colName)
      resolve()
    })
    request.on('row', columns => {
      queue.push((columns as { value: unknown }[]).map(column => column.value))
      if (queue.length >= 5_000) request.pause()
      wake()
    })
    resume = () => request.resume()
    connection.beginTransaction(error => (error ? reject(refused(error)) : connection.execSql(request)))
  })
  await told.catch(error => {
    connection.close()
    throw error
  })
  async function* rows(): AsyncIterable<readonly unknown[]> {
    let given = 0
    for (;;) {
      const some = queue.splice(0)
      given += some.length
      if (given > limits.rows) throw new PlainError(`The statement gives more than ${limits.rows} rows`)
      yield* some
      if (failure) throw failure
      if (ended && queue.length === 0) return
      if (queue.length > 0) continue
      resume()
      await new Promise<void>(resolve => {
        wake = resolve
        if (ended || queue.length > 0) resolve()
      })
    }
  }
  return {
    headings,
    rows: rows(),
    async close() {
      connection.close()
    },
  }
}
