import type { Connection } from 'pg'
import pg from 'pg'

/**
 * PostgreSQL's replication protocol over `pg`: commands of replication are queries that may answer with a stream of copied bytes.
 * https://www.postgresql.org/docs/current/protocol-replication.html
 */
export interface Replication {
  /** The first row of the answer; bytes that are copied out meanwhile go to `copied`, which may hold the server back by what it returns. */
  run(
    command: string,
    copied?: (bytes: Buffer) => Promise<void> | undefined,
  ): Promise<Record<string, string>[]>
  /** Sends bytes up a copy that goes both ways. */
  send(bytes: Buffer): void
  end(): Promise<void>
}

type Message = { fields: { name: string }[] }
type Handlers = Record<string, (...given: never[]) => void>

/** A connection for replication: the log-in must have the right to it (the owner of the embedded PostgreSQL has). */
export async function openReplication(url: string, name: string): Promise<Replication> {
  const client = new pg.Client({
    connectionString: url,
    application_name: name,
    connectionTimeoutMillis: 10_000,
    // pg passes it on to the server, though its types do not say so.
    ...({ replication: 'true' } as object),
  })
  let broken: ((error: Error) => void) | undefined
  client.on('error', error => broken?.(error))
  client.on('end', () => broken?.(new Error('the database closed the connection')))
  await client.connect()
  const { connection } = client as unknown as { connection: Connection & { stream: NodeJS.ReadableStream } }

  return {
    run: (command, copied) =>
      new Promise((done, failed) => {
        const rows: Record<string, string>[] = []
        let names: string[] = []
        let waiting: Promise<void> | undefined
        let holding: Promise<void> | undefined
        let failure: Error | undefined
        broken = failed
        const settle = () => {
          broken = undefined
          if (failure) failed(failure)
          else done(rows)
        }
        const query: Handlers & { submit(to: Connection): void } = {
          submit: to => to.query(command),
          handleRowDescription(message: Message) {
            names = message.fields.map(field => field.name)
          },
          handleDataRow({ fields }: { fields: (Buffer | string | null)[] }) {
            rows.push(Object.fromEntries(names.map((each, at) => [each, String(fields[at] ?? '')])))
          },
          handleCopyData({ chunk }: { chunk: Buffer }) {
            const held = failure ? undefined : copied?.(chunk)
            if (!held || held === holding) return
            holding = held
            connection.stream.pause()
            waiting = Promise.all([waiting, held]).then(
              () => void connection.stream.resume(),
              error => {
                failure = error
                client.end().catch(() => {})
                failed(error)
              },
            )
          },
          handleCommandComplete() {},
          handleEmptyQuery() {},
          handleError(error: Error) {
            failure ??= error
            settle()
          },
          handleReadyForQuery() {
            if (waiting) void waiting.then(settle)
            else settle()
          },
        }
        client.query(query as never)
      }),
    send: bytes =>
      (connection as unknown as { sendCopyFromChunk(bytes: Buffer): void }).sendCopyFromChunk(bytes),
    async end() {
      broken = undefined
      ;(connection.stream as unknown as { destroy(): void }).destroy()
      await client.end().catch(() => {})
    },
  }
}
