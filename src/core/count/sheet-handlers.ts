import type { AppContract } from '../../shared/contract.ts'
import { err } from '../../shared/result.ts'
import type { Handlers } from '../../shared/rpc/define.ts'
import type { Console } from '../console.ts'
import type { SheetActs } from './sheet-acts.ts'

/** What people ask about count sheets. */
export function sheetHandlers(console: Console) {
  const at = async <T>(work: (sheets: SheetActs) => T | Promise<T>) => {
    const sheets = console.core.now()?.acts.sheets
    return sheets ? await work(sheets) : err('not-open')
  }
  return {
    'count.enter': ({ committee, remarks, ...figures }) =>
      at((sheets) => sheets.enter({ committee, figures, remarks })),
    'count.check': ({ committee, ...figures }) => at((sheets) => sheets.check(committee, figures)),
    'count.look': ({ committee }) => at((sheets) => sheets.look(committee)),
    'count.resolve': ({ committee, take, reason }) =>
      at((sheets) => sheets.resolve(committee, new Map(take.map(({ field, value }) => [field, value])), reason)),
    'count.drop': ({ committee, reason }) => at((sheets) => sheets.drop(committee, reason)),
    'count.handle': ({ committee, code, field, note }) =>
      at((sheets) => sheets.handle(committee, { code, field }, note)),
    'count.settle': (settings) => at((sheets) => sheets.settle(settings)),
  } satisfies Partial<Handlers<AppContract>>
}
