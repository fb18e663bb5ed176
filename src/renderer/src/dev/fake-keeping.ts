import type { AppContract } from '../../../shared/contract.ts'
import { isKeepTooLittle, type Keeping, type KeepingView } from '../../../shared/keeping-contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'

type Stock = {
  readonly scenario: { readonly clerk: boolean }
  readonly startedAt: number
  readonly tell: (stream: string) => void
  readonly calls: { readonly name: string; readonly input: unknown }[]
}
const MEGABYTE = 1024 * 1024
const FORTNIGHT = 14 * 24 * 3_600_000

/** What is kept of a made-up journal, and a command that changes it at once. */
export function fakeKeeping({ scenario, startedAt, tell, calls }: Stock) {
  let keeping: Keeping = { partMb: null, keepMb: null }
  const from = { cursor: 1, at: startedAt - FORTNIGHT }
  return {
    view: (): KeepingView => ({
      ...keeping,
      may: !scenario.clerk,
      journal: { bytes: 1_210 * MEGABYTE, files: 3, from },
    }),
    handlers: {
      'keeping.set': async (input) => {
        calls.push({ name: 'keeping.set', input })
        if (isKeepTooLittle(input)) return err('keep-below-part')
        keeping = input
        tell('keeping')
        return ok(null)
      },
    } satisfies Partial<Handlers<AppContract>>,
  }
}
