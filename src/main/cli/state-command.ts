import { canonicalJson, stateOf } from '../../core/projection/state.ts'
import { openToRead } from './open-journal.ts'
import { readOptions } from './options.ts'
import { EXIT, type Exit, say } from './out.ts'

/** `tallydesk state`: the projection of a journal as canonical JSON. */
export async function stateCommand(args: readonly string[]): Promise<Exit> {
  const options = readOptions(args, { data: { type: 'string' }, journal: { type: 'string' } })
  if (!options.ok || options.value.data === undefined) {
    say(`state: ${options.ok ? '--data DIR is needed' : options.error}`)
    return EXIT.usage
  }
  const opened = openToRead(options.value.data, options.value.journal)
  if (!opened.ok) {
    say(`state: ${opened.error.detail}`)
    return opened.error.is === 'chain-broken' ? EXIT.failed : EXIT.cannotOpen
  }
  await new Promise<void>((resolve) => {
    process.stdout.write(`${canonicalJson(stateOf(opened.value.book))}\n`, () => resolve())
  })
  opened.value.book.close()
  return EXIT.ok
}
