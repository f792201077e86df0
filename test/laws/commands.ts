import { Command } from 'commander'
import { type CommandTools, officeCommands } from '../../src/commands.ts'
import { readConfig } from '../../src/platform/config.ts'
import { groundCommands } from '../../src/program/commands.ts'

/** The program with all its commands, none of which is run. */
export function program(): Command {
  const tools: CommandTools = { config: readConfig({}), say: () => {}, inHouse: () => Promise.reject() }
  const all = new Command('shubbak')
  for (const register of [...groundCommands, ...officeCommands]) register(all, tools)
  return all
}

const isWord = (text: string) => /^[a-z][a-z-]*$/.test(text)

/**
 * What is wrong with a command as it is written down (`keys rotate sealing`): a word or an option that there is not, too many arguments.
 * Nothing where it could be typed.
 */
export function faultOf(words: readonly string[], from: Command = program()): string | undefined {
  let at = from
  let rest = [...words]
  for (;;) {
    const next = at.commands.find(each => each.name() === rest[0])
    if (!next) break
    at = next
    rest = rest.slice(1)
  }
  if (at === from) return `no command ${words[0]}`
  const options = rest.filter(word => word.startsWith('--'))
  const unknown = options.find(word => word !== '--help' && !at.options.some(({ long }) => long === word))
  if (unknown) return `no option ${unknown} of ${at.name()}`
  const values = options.filter(word => at.options.find(({ long }) => long === word)?.required).length
  const given = rest.length - options.length - values
  const { registeredArguments: takes } = at
  if (options.includes('--help')) return undefined
  if (at.commands.length > 0 && takes.length === 0)
    return isWord(rest[0] ?? '') || given === 0 ? `no command ${rest[0] ?? ''} of ${at.name()}` : undefined
  const needed = takes.filter(({ required }) => required).length
  if (given < needed) return `${at.name()} wants ${needed} arguments`
  if (given > takes.length && !takes.some(({ variadic }) => variadic))
    return `too many arguments of ${at.name()}`
  return undefined
}
