import { startCommand } from './cli/start-command.ts'

/** The browser shell as a program of its own, for services and kiosks: `node out/main/kiosk.js [flags of npm start]`. */
process.exitCode = await startCommand(['--web', ...process.argv.slice(2)])
