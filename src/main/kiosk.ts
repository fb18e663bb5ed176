import { endAnyway } from './cli/end-anyway.ts'
import { startCommand } from './cli/start-command.ts'

/** The browser shell as a program of its own, for services and kiosks: `node out/main/kiosk.js [flags of npm start]`. */
const code = await startCommand(['--web', ...process.argv.slice(2)])
process.exitCode = code
endAnyway(code)
