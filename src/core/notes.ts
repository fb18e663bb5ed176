import type { GuaranteeId } from '../shared/model/ids.ts'
import type { Result } from '../shared/result.ts'
import type { Source } from '../shared/rpc/define.ts'
import type { NotesQuery, NotesRefusal, NotesView } from '../shared/view/notes.ts'
import { isOwn } from './authority.ts'
import type { PledgeNotes, ReadFault } from './backend/backend.ts'
import { readNotes } from './backend/election/read-notes.ts'
import type { Book } from './book.ts'
import type { Console } from './console.ts'
import type { Core } from './core.ts'
import type { Clock } from './ports.ts'

/** Nothing tells of a note another of the collector's own devices wrote: an open panel reads again this often, ms. */
const AGAIN_MS = 30_000
/** A frame may run ahead of its commit by this much, ms; a note read sooner could miss what the frame told of. */
const AFTER_FRAME_MS = 2_000

/** What notes need of a desk. */
export type NotesDesk = {
  readonly clock: Clock
  /** Why this viewer may not read them now; null: they may. */
  refusal(id: GuaranteeId): NotesRefusal | null
  read(id: GuaranteeId): Promise<Result<PledgeNotes, ReadFault>>
  /** Tells when the guarantee was told of anew, when a note of this desk was taken, and when the link or the user changed. */
  listen(id: GuaranteeId, told: (what: 'frame' | 'taken' | 'link') => void): () => void
}

/**
 * Notes of one guarantee, for as long as a window looks at them. It owns one reading at a time and the timer of the next; what was
 * read lives here alone and goes with the panel: no journal, no disk. A reading that fails leaves the last one standing and says since when.
 */
export const notesSource =
  (desk: NotesDesk): Source<NotesQuery, NotesView, NotesView> =>
  ({ id }, changed) => {
    let view: NotesView = { is: 'loading' }
    let reading = false
    let stopped = false
    let cancel = () => {}
    const show = (next: NotesView) => {
      view = next
      changed('notes')
    }
    const plan = (ms: number) => {
      cancel()
      cancel = stopped ? () => {} : desk.clock.after(ms, () => void look())
    }
    async function look(): Promise<void> {
      // What was told meanwhile is read next: the answer under way may be older.
      if (reading) return plan(AFTER_FRAME_MS)
      const refusal = desk.refusal(id)
      if (refusal !== null) return show(without(view, refusal, desk.clock.now()))
      reading = true
      const read = await desk.read(id)
      reading = false
      if (stopped) return
      const at = desk.clock.now()
      show(read.ok ? { is: 'read', at, since: null, ...read.value } : without(view, refusalOf(read.error), at))
      plan(AGAIN_MS)
    }
    const off = desk.listen(id, (what) => plan(what === 'frame' ? AFTER_FRAME_MS : 0))
    void look()
    return {
      snapshot: () => view,
      patch: () => view,
      stop: () => {
        stopped = true
        cancel()
        off()
      },
    }
  }

/** A link that is away leaves what was read; what is not this viewer's, or is gone, is shown no longer. */
function without(view: NotesView, because: NotesRefusal, at: number): NotesView {
  if (view.is !== 'read' || because === 'not-yours' || because === 'gone') return { is: 'refused', because }
  return { ...view, since: view.since ?? { at, because } }
}

function refusalOf({ fault }: ReadFault): NotesRefusal {
  if (fault.is === 'signed-out') return 'offline'
  if (fault.is === 'wrong-shape') return 'not-understood'
  if (fault.is !== 'answer') return 'no-answer'
  return fault.status === 404 ? 'gone' : fault.status === 403 ? 'not-yours' : 'no-answer'
}

/** The running core's part in it: whose guarantee it is, whether there is a link, and what tells of a change. */
export function notesDesk(console: Console, core: Core, book: Book): NotesDesk {
  const { clock } = console.ports
  return {
    clock,
    refusal(id) {
      const user = core.session.user()
      const { state } = core.link.view()
      if (user === null || (state !== 'live' && state !== 'catching-up')) return 'offline'
      const record = book.projection.of('guarantee').get(id)?.record
      if (record === undefined) return 'gone'
      return isOwn(user, record) ? null : 'not-yours'
    },
    read: (id) => readNotes(core.rest, id),
    listen(id, told) {
      let linked = core.link.view().state
      const stops = [
        book.listen({
          shifted: (shift) => shift.kind === 'guarantee' && shift.key === id && told('frame'),
          outboxChanged: (key) => {
            const entry = book.projection.outbox.find(key)
            if (entry?.state === 'confirmed' && 'id' in entry.action && entry.action.id === id) told('taken')
          },
        }),
        console.onChange(() => {
          const { state } = core.link.view()
          if (state !== linked) told('link')
          linked = state
        }),
      ]
      return () => {
        for (const stop of stops) stop()
      }
    },
  }
}
