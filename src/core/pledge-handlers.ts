import type { AppContract } from '../shared/contract.ts'
import { err, ok } from '../shared/result.ts'
import type { Handlers } from '../shared/rpc/define.ts'
import type { Console } from './console.ts'
import type { CallActs } from './phone/call-acts.ts'
import { callSheet } from './phone/call-sheet.ts'

/** What people who work with guarantees ask. */
export const pledgeHandlers = (console: Console) => ({ ...callHandlers(console) })

function callHandlers(console: Console) {
  const onPhone = async <T>(work: (calls: CallActs) => T) => {
    const calls = console.core.now()?.duty.phone
    return calls ? work(calls) : err('not-open')
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
      return ok(callSheet(book, wish, user, console.view().mode, console.ports.clock.now()))
    },
  } satisfies Partial<Handlers<AppContract>>
}
