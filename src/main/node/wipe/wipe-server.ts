import type { Disk, DiskFault } from '../../../core/ports.ts'
import { type WipeFault, wipeJournals } from './wipe-journals.ts'

export type ServerWipe = {
  readonly dir: string
  readonly disk: Disk
  /** As journals are named after it. */
  readonly server: string
  readonly why: string
  /** UTC ms. */
  readonly now: number
}

/**
 * Removes all journals of one server, of every election and mode, and what was made of them here; those in which something
 * typed waits for an answer stay whole. Gives how many such actions there are, the events removed, and the first fault.
 */
export function wipeServer({ dir, disk, server, why, now }: ServerWipe): {
  readonly waiting: number
  readonly events: number
  readonly fault: DiskFault | null
} {
  const names = disk.journals()
  if (!names.ok) return { waiting: 0, events: 0, fault: names.error }
  let [waiting, events] = [0, 0]
  let fault: WipeFault | null = null
  lastOfEach(server, names.value).forEach((name, index) => {
    // A record goes by its time: no two of one moment.
    const wiped = wipeJournals({ dir, disk, name, why, now: now + index })
    if (wiped.ok) events += wiped.value.journals.reduce((sum, each) => sum + each.events, 0)
    else if (wiped.error.is === 'unsent') waiting += wiped.error.waiting
    else if (wiped.error.is !== 'no-journal') fault ??= wiped.error
  })
  return { waiting, events, fault }
}

/** Of each election and mode the last journal: those before it may be what does not read. */
function lastOfEach(server: string, names: readonly string[]): readonly string[] {
  const last = new Map<string, { readonly name: string; readonly number: number }>()
  for (const name of names) {
    const found = name.startsWith(`${server}-`) ? OWN.exec(name.slice(server.length + 1)) : null
    const [, which, successor] = found ?? []
    if (which === undefined) continue
    const number = Number(successor ?? 0)
    if (number >= (last.get(which)?.number ?? 0)) last.set(which, { name, number })
  }
  return [...last.values()].map(({ name }) => name)
}

/** After the server's name: election, mode, and which of those that followed one another. */
const OWN = /^(\d+-(?:official|rehearsal))(?:-after-(\d+))?$/
