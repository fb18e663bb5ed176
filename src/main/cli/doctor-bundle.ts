import { writeFileSync } from 'node:fs'
import type { JournalFacts } from '../../core/diagnostics/bundle.ts'
import type { HostTools } from '../../core/diagnostics/host-tools.ts'
import { pack } from '../../core/diagnostics/make.ts'
import { type People, peopleIn } from '../../core/diagnostics/people.ts'
import { parseSettings } from '../../core/settings.ts'
import { err, ok, type Result } from '../../shared/result.ts'
import type { DoctorView } from '../../shared/view/doctor.ts'
import { listJournals, readSettings } from '../node/disk.ts'
import { openToRead } from './open-journal.ts'

/** Writes the bundle of a data directory, also beside the desk that holds it, with what the doctor just found. */
export function writeBundle(file: string, dataDir: string, tools: HostTools, doctor: DoctorView): Result<null, string> {
  const stored = readSettings(dataDir)
  const settings = stored.ok ? parseSettings(stored.value) : stored
  const { journals, people } = lookIntoJournals(dataDir)
  const made = pack(
    tools,
    {
      at: Date.now(),
      about: { ...tools.about, shell: 'command line' },
      servers: settings.ok ? settings.value.servers : [],
      chosen: settings.ok ? settings.value.chosen : null,
      session: null,
      link: null,
      meters: null,
      doctor,
      journals,
    },
    people,
  )
  if (!made.ok) return err('the bundle does not fit; move old logs away')
  try {
    writeFileSync(file, Buffer.from(made.value.base64, 'base64'), { mode: 0o600 })
    return ok(null)
  } catch (cause) {
    return err(`--bundle ${file}: ${cause instanceof Error ? cause.message : 'cannot be written'}`)
  }
}

/** Lengths and heads for the bundle; people only so that they can be taken out of it. */
function lookIntoJournals(dataDir: string): { readonly journals: readonly JournalFacts[]; readonly people: People } {
  const journals: JournalFacts[] = []
  const names: string[] = []
  const numbers: string[] = []
  const listed = listJournals(dataDir)
  for (const { name } of listed.ok ? listed.value : []) {
    const opened = openToRead(dataDir, name)
    if (!opened.ok) {
      journals.push({ name, length: -1, head: opened.error.is })
      continue
    }
    const { book } = opened.value
    journals.push({ name, length: book.journal.cursor, head: book.journal.head })
    const people = peopleIn(book.projection.tables)
    names.push(...people.names)
    numbers.push(...people.numbers)
    book.close()
  }
  return { journals, people: { names, numbers } }
}
