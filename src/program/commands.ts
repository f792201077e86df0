import type { RegisterCommands } from '../commands.ts'
import { systemClock } from '../platform/clock.ts'
import { createSecretFile } from '../platform/crypto/index.ts'
import { migrate } from '../platform/database/index.ts'
import { openServer } from '../platform/database/server.ts'
import { PlainError } from '../platform/plain-error.ts'
import { bankCommand } from './bank/command.ts'
import { runDemoBank } from './bank/start.ts'
import { layOutDemo, wantsDemo } from './demo.ts'
import { runHouse } from './run.ts'
import { listTowns } from './towns.ts'

const startCommand: RegisterCommands = (program, { inHouse, say }) => {
  program
    .command('start')
    .description(
      'everything on this machine: database, schema, demo town when empty, web and background work',
    )
    .option('--no-demo', 'leave an empty database empty')
    .action(({ demo }: { demo: boolean }) =>
      inHouse(
        async house => {
          if (demo && (await wantsDemo(house))) {
            say('The database is empty: laying out the demo town')
            await layOutDemo()
          }
          const isDemo = (await listTowns(house)).some(town => town.isDemo)
          const bank = isDemo ? runDemoBank(house, say) : undefined
          try {
            await runHouse(house, { web: true, jobs: true }, say)
          } finally {
            await bank?.stop()
          }
        },
        { hold: true, prepare: true },
      ),
    )
}

const serveCommand: RegisterCommands = (program, { inHouse, say }) => {
  program
    .command('serve')
    .description('serve pages and the API in production; refuses demo data')
    .action(() =>
      inHouse(
        async house => {
          if ((await listTowns(house)).some(town => town.isDemo))
            throw new PlainError('This database holds a demo town, whose log-ins are known: serve refuses it')
          await runHouse(house, { web: true, jobs: false }, say)
        },
        { hold: true },
      ),
    )
}

const workCommand: RegisterCommands = (program, { inHouse, say }) => {
  program
    .command('work')
    .description('do the background work: messages, deadlines, documents')
    .action(() => inHouse(house => runHouse(house, { web: false, jobs: true }, say)))
}

const migrateCommand: RegisterCommands = (program, { config, say }) => {
  program
    .command('migrate')
    .description("bring the database to this program's schema; makes the secret file when there is none")
    .action(async () => {
      createSecretFile(config.secretFile)
      const server = await openServer(config, { hold: false, say })
      try {
        const appPassword = server.appPassword
        const done = await migrate(server.ownerUrl, {
          ...(appPassword ? { appPassword } : {}),
          now: systemClock.now(),
          say,
        })
        say(done.length === 0 ? 'Nothing to migrate' : `Migrated: ${done.length}`)
      } finally {
        await server.stop()
      }
    })
}

export const groundCommands: readonly RegisterCommands[] = [
  startCommand,
  serveCommand,
  workCommand,
  migrateCommand,
  bankCommand,
]
