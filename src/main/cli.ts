import { endAnyway } from './cli/end-anyway.ts'
import { EXIT, say } from './cli/out.ts'
import { overview, USAGE } from './cli/usage.ts'

/** Each is read when it is asked for: the console shows its board sooner without the hub's libraries. */
const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start: async (args) => (await import('./cli/start-command.ts')).startCommand(args),
  hub: async (args) => (await import('./cli/hub-command.ts')).hubCommand(args),
  watch: async (args) => (await import('./cli/watch-command.ts')).watchCommand(args),
  state: async (args) => (await import('./cli/state-command.ts')).stateCommand(args),
  rehearse: async (args) => (await import('./cli/rehearse-command.ts')).rehearseCommand(args),
  doctor: async (args) => (await import('./cli/doctor-command.ts')).doctorCommand(args),
  journal: async (args) => (await import('./cli/journal-command.ts')).journalCommand(args),
  pack: async (args) => (await import('./cli/pack-command.ts')).packCommand(args),
}

async function main(args: readonly string[]): Promise<number> {
  const [name, ...rest] = args
  if (name === undefined || name === '--help' || name === 'help') {
    say(overview())
    return name === undefined ? EXIT.usage : EXIT.ok
  }
  const command = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined
  if (!command) {
    say(`tallydesk: no command "${name}".\n\n${overview()}`)
    return EXIT.usage
  }
  if (rest.includes('--help') || rest.includes('-h')) {
    say(`${name}: ${USAGE[name] ?? ''}`)
    return EXIT.ok
  }
  return await command(rest)
}

// A reader that goes away (`| head`) is no reason to fail.
process.stdout.on('error', () => process.exit(EXIT.ok))
const code = await main(process.argv.slice(2))
process.exitCode = code
endAnyway(code)
