import { doctorCommand } from './cli/doctor-command.ts'
import { endAnyway } from './cli/end-anyway.ts'
import { hubCommand } from './cli/hub-command.ts'
import { journalCommand } from './cli/journal-command.ts'
import { EXIT, say } from './cli/out.ts'
import { packCommand } from './cli/pack-command.ts'
import { rehearseCommand } from './cli/rehearse-command.ts'
import { startCommand } from './cli/start-command.ts'
import { stateCommand } from './cli/state-command.ts'
import { overview, USAGE } from './cli/usage.ts'
import { watchCommand } from './cli/watch-command.ts'

const COMMANDS: Readonly<Record<string, (args: readonly string[]) => Promise<number>>> = {
  start: startCommand,
  hub: hubCommand,
  watch: watchCommand,
  state: stateCommand,
  rehearse: rehearseCommand,
  doctor: doctorCommand,
  journal: journalCommand,
  pack: packCommand,
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
