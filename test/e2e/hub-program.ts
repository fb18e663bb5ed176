import { startHub } from '../../src/hub/hub.ts'
import { smallElection } from './small-election.ts'

/** A hub in a process of its own, so that a test may kill it: `node hub-program.ts DIR PORT ACCESS_SECONDS`. */
const [dataDir = '', port = '0', accessSeconds = '3600'] = process.argv.slice(2)
const seed = smallElection()
const hub = await startHub({
  host: '127.0.0.1',
  port: Number(port),
  dataDir,
  mode: seed.mode,
  seed,
  accessSeconds: Number(accessSeconds),
})
if (hub.ok) process.stdout.write(`${JSON.stringify({ url: hub.value.url, port: hub.value.port })}\n`)
else process.stderr.write(`${hub.error.sentence}\n`)
// It ends with whoever started it.
process.stdin
  .resume()
  .once('close', () => (hub.ok ? void hub.value.stop().then(() => process.exit(0)) : process.exit(1)))
if (!hub.ok) process.exit(1)
