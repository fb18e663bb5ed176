import type { AppContract } from '../../shared/contract.ts'
import { err } from '../../shared/result.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import type { Console } from '../console.ts'

/** What people type of paper lists. */
export function paperHandlers(console: Console) {
  return {
    'paper.enter': async (input) => console.core.now()?.duty.paper.enter(input) ?? err('not-open'),
  } satisfies Partial<Handlers<AppContract>>
}
