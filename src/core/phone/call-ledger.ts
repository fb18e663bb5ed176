import { assertNever } from '../../shared/result.ts'
import { utc } from '../evidence/facts.ts'
import type { Clock } from '../ports.ts'
import type { Untold } from '../projection/calls.ts'
import type { Ledger, Owed } from '../teller.ts'
import { CALL_PATHS, callIn, callInRefusal, keepCall } from './call-record.ts'

/** Claims, releases and outcomes the server was not told of yet. */
export const callLedger = (clock: Clock): Ledger => ({
  ability: 'calls',
  next: (book, by) => {
    const { calls } = book.projection.duty
    const untold = calls.untold().find(({ turn }) => turn.by === by)
    const owed = untold && owedOf(untold)
    if (!untold || !owed) return null
    const { key, turn } = untold
    return {
      ...{ ...owed, key },
      over: turn.does === 'claimed' && turn.until <= clock.now(),
      note: (told) => {
        const how = told.is === 'taken' ? 'taken' : turn.does === 'claimed' ? 'lost' : 'refused'
        if (told.is === 'taken') keepCall(book, callIn(told.reply), told.reply.position)
        else keepCall(book, callInRefusal(told.errors), null)
        const said = { does: 'told', elector: turn.elector, by, key, how } as const // a turn's literal
        return book.commit([{ is: 'call', turn: said }], 'power').ok
      },
    }
  },
})

function owedOf({ at, turn }: Untold): Pick<Owed, 'path' | 'body'> | null {
  switch (turn.does) {
    case 'claimed': {
      const { elector, caller, window } = turn
      return { path: CALL_PATHS.claimed, body: { elector, caller, window } }
    }
    case 'released':
      return { path: CALL_PATHS.released, body: { elector: turn.elector, window: turn.window } }
    case 'called': {
      const { elector, caller, window, outcome } = turn
      return { path: CALL_PATHS.called, body: { elector, caller, window, outcome, calledAt: utc(at) } }
    }
    case 'told':
      return null
    default:
      return assertNever(turn)
  }
}
