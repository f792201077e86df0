import { Command, CommanderError } from 'commander'
import { type CommandTools, officeCommands } from './commands.ts'
import { readConfig } from './platform/config.ts'
import { openHouse } from './platform/house.ts'
import { errorCode, errorLine, PlainError } from './platform/plain-error.ts'
import { redactText } from './platform/telemetry/redact.ts'
import { groundCommands } from './program/commands.ts'

const say = (line: string) => void process.stdout.write(`${line}\n`)

async function run(words: string[]): Promise<number> {
  const program = new Command('shubbak')
    .description('شُبّاك: the one window between a town and its people')
    .showHelpAfterError('(add --help to see what is possible)')
    .exitOverride()
  try {
    const tools: CommandTools = {
      config: readConfig(process.env),
      say,
      async inHouse(work, options) {
        const house = await openHouse(tools.config, { say, ...options })
        try {
          return await work(house)
        } finally {
          await house.close()
        }
      },
    }
    for (const register of [...groundCommands, ...officeCommands]) register(program, tools)
    await program.parseAsync(words, { from: 'user' })
    return 0
  } catch (error) {
    if (error instanceof CommanderError) return error.exitCode
    process.stderr.write(`shubbak: ${errorLine(error)}\n`)
    const known = error instanceof PlainError || errorCode(error) !== undefined
    if (!known && error instanceof Error) process.stderr.write(`${redactText(error.stack ?? '')}\n`)
    return 1
  }
}

process.exitCode = await run(process.argv.slice(2))
