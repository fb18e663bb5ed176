import type { AppContract } from '../../../shared/contract.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import { callsIn, turnCall } from './fake-pledges.ts'
import type { Bench } from './fake-handlers.ts'
import { USER } from './fake-views.ts'

const CLAIM_LASTS = 600_000

/** Keeps every command about guarantees and makes it so at once. */
export function fakePledgeHandlers({ world, phone, calls, now, tell }: Bench) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'call.claim': async (input) => {
      note('call.claim', input)
      const held = phone.claims.get(input.elector)
      if (held && held.window !== input.window) return err('claimed')
      const until = now() + CLAIM_LASTS
      turnCall(phone, { does: 'claimed', by: USER.email, until, ...input }, now())
      tell('calls')
      return ok({ until })
    },
    'call.release': async (input) => {
      note('call.release', input)
      turnCall(phone, { does: 'released', by: USER.email, ...input }, now())
      tell('calls')
      return ok(null)
    },
    'call.outcome': async (input) => {
      note('call.outcome', input)
      turnCall(phone, { does: 'called', by: USER.email, ...input }, now())
      tell('calls')
      return ok({ toServer: true })
    },
    'call.export': async (input) => {
      note('call.export', input)
      const { rows } = callsIn(world, phone, { ...input, offset: 0, limit: 200 })
      return ok({ name: 'call-list.csv', rows: rows.length, text: rows.map(({ elector }) => elector).join('\r\n') })
    },
  } satisfies Partial<Handlers<AppContract>>
}
