import type { AppContract } from '../shared/contract.ts'
import { err, ok } from '../shared/result.ts'
import type { Handlers } from '../shared/rpc/define.ts'
import type { Console } from './console.ts'
import { MOST_VIEWS } from '../shared/view/saved-views.ts'
import type { CallActs } from './phone/call-acts.ts'
import { callSheet } from './phone/call-sheet.ts'

/** What people who work with guarantees ask. */
export const pledgeHandlers = (console: Console) => ({
  ...callHandlers(console),
  ...bulkHandlers(console),
  ...viewHandlers(console),
})

function callHandlers(console: Console) {
  const onPhone = async <T>(work: (calls: CallActs) => Promise<T>) => {
    const calls = console.core.now()?.duty.phone
    return calls ? await work(calls) : err('not-open')
  }
  return {
    'call.claim': (input) => onPhone((calls) => calls.claim(input)),
    'call.release': (input) => onPhone((calls) => calls.release(input)),
    'call.outcome': (input) => onPhone((calls) => calls.outcome(input)),
    'call.export': async (wish) => {
      const core = console.core.now()
      const [book, user] = [core?.book.now(), core?.session.user()]
      if (!user) return err('not-allowed')
      if (!book) return err('not-open')
      const { clock } = console.ports
      const { pieces, ...made } = callSheet(book, wish, user, console.view().mode, clock.now())
      let text = ''
      for (const piece of pieces) {
        text += piece
        // A page of rows at a time: frames and other windows come in between.
        await new Promise<void>((done) => clock.soon(done))
      }
      return ok({ ...made, text })
    },
  } satisfies Partial<Handlers<AppContract>>
}

function bulkHandlers(console: Console) {
  return {
    'bulk.prepare': async (wish) => {
      const core = console.core.now()
      const [book, user] = [core?.book.now(), core?.session.user()]
      if (!core || !user) return err('not-allowed')
      if (!book) return err('not-open')
      const same = () =>
        console.core.now() === core && core.book.now() === book && core.session.user()?.email === user.email
      return ok(console.bulk.prepare(wish, { book, user, act: (action) => core.acts.act({ action }), same }))
    },
    'bulk.start': async ({ id }) => console.bulk.start(id),
    'bulk.cancel': async () => {
      console.bulk.cancel()
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

function viewHandlers(console: Console) {
  const others = (name: string) => console.settings.now.views.filter((view) => view.name !== name)
  return {
    'view.save': async (view) => {
      const rest = others(view.name)
      if (rest.length >= MOST_VIEWS) return err('too-many-views')
      return console.settings.set({ views: [...rest, view] }) ? ok(null) : err('not-saved')
    },
    'view.remove': async ({ name }) => (console.settings.set({ views: others(name) }) ? ok(null) : err('not-saved')),
  } satisfies Partial<Handlers<AppContract>>
}
