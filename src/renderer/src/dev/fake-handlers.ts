import type { AppContract } from '../../../shared/contract.ts'
import { CommandKey } from '../../../shared/model/ids.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import type { Conflict } from '../../../shared/view/conflict.ts'
import type { OutboxItem } from '../../../shared/view/outbox.ts'
import type { SessionView } from '../../../shared/view/session.ts'
import { actionHandlers, save } from './fake-actions.ts'
import { fakePledgeHandlers } from './fake-pledge-handlers.ts'
import type { FakeCalls, FakeMany } from './fake-pledges.ts'
import { fakeWallHandlers } from './fake-wall.ts'
import { USER } from './fake-views.ts'
import type { fakeCount } from './fake-count.ts'
import type { fakeDuty } from './fake-duty.ts'
import type { fakePaper } from './fake-paper.ts'
import type { fakeReplay } from './fake-replay.ts'
import { fakeTrail } from './fake-trail.ts'
import type { World } from './world.ts'

/** What the made-up commands work on. */
export type Bench = {
  readonly world: World
  readonly outbox: OutboxItem[]
  readonly phone: FakeCalls
  readonly many: FakeMany
  readonly cards: Conflict[]
  readonly calls: { readonly name: string; readonly input: unknown }[]
  readonly live: boolean
  readonly now: () => number
  readonly tell: (stream: string) => void
  readonly session: () => SessionView
  readonly replay: ReturnType<typeof fakeReplay>
  readonly duty: ReturnType<typeof fakeDuty>
  readonly count: ReturnType<typeof fakeCount>
  readonly paper: ReturnType<typeof fakePaper>
  readonly become: (change: Partial<SessionView>) => void
}

/** Keeps every command and makes it so at once; the password `wrong` is refused. */
export function fakeHandlers(bench: Bench): Handlers<AppContract> {
  return {
    ...sessionHandlers(bench),
    ...actionHandlers(bench),
    ...deskHandlers(bench),
    ...doctorHandlers(bench),
    ...bench.replay.handlers,
    ...safeHandlers(bench),
    ...bench.duty.handlers,
    ...bench.paper.handlers,
    ...fakePledgeHandlers(bench),
    ...bench.count.handlers(bench, async (does, input, about) => save(bench, does, input, about)),
    ...fakeTrail(bench.world, bench.calls),
    ...fakeWallHandlers(bench.calls, () => bench.become({ state: 'signed-in', user: USER })),
  }
}

function sessionHandlers({ calls, session, become }: Bench) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'session.sign-in': async (input) => {
      note('session.sign-in', { email: input.email })
      if (input.password === 'wrong') return err('wrong-credentials')
      become({ state: 'signed-in', user: USER })
      return ok(null)
    },
    'session.sign-out': async (input) => {
      note('session.sign-out', input)
      become({ state: 'signed-out', user: null })
      return ok(null)
    },
    'server.connect': async (input) => {
      note('server.connect', input)
      const server = { ...input, id: 'server-two', kind: null }
      become({ state: 'signed-out', server, servers: [...session().servers, server], mode: input.mode })
      return ok({ id: server.id })
    },
    'server.choose': async (input) => {
      note('server.choose', input)
      return ok(null)
    },
    'server.forget': async (input) => {
      note('server.forget', input)
      return ok(null)
    },
    'server.rehearse': async (input) => {
      note('server.rehearse', input)
      become({ state: 'signed-in', mode: 'rehearsal', user: USER })
      return ok(null)
    },
    'link.try-now': async (input) => {
      note('link.try-now', input)
      return ok(null)
    },
    'link.reread': async (input) => {
      note('link.reread', input)
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

function doctorHandlers({ calls }: Bench) {
  const note = (name: string, input: unknown) => calls.push({ name, input })
  return {
    'doctor.run': async (input) => {
      note('doctor.run', input)
      return ok(null)
    },
    'doctor.stop': async (input) => {
      note('doctor.stop', input)
      return ok(null)
    },
    'doctor.skip': async (input) => {
      note('doctor.skip', input)
      return ok(null)
    },
    'evidence.make': async (input) => {
      note('evidence.make', input)
      return ok(null)
    },
    'evidence.cancel': async (input) => {
      note('evidence.cancel', input)
      return ok(null)
    },
    'diagnostics.make': async (input) => {
      note('diagnostics.make', input)
      return err('not-here')
    },
  } satisfies Partial<Handlers<AppContract>>
}

function safeHandlers({ calls }: Bench) {
  return {
    'safe.leave': async (input) => {
      calls.push({ name: 'safe.leave', input })
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

function deskHandlers({ outbox, cards, calls, now, tell }: Bench) {
  return {
    'outbox.look': async (input) => {
      calls.push({ name: 'outbox.look', input })
      for (const [at, item] of outbox.entries())
        if (input.keys.includes(item.key)) outbox[at] = { ...item, lookedAt: { by: USER.email, at: now() } }
      tell('outbox')
      return ok(null)
    },
    'outbox.undo': async (input) => {
      calls.push({ name: 'outbox.undo', input })
      const at = outbox.findIndex(({ key }) => key === input.key)
      const found = outbox[at]
      if (!found) return err('unknown')
      if (found.undo !== 'withdraw') return ok({ key: CommandKey.parse('fake-reverse') })
      const ended = { state: 'withdrawn', settledAt: now(), undo: null, undoBar: 'nothing-done' } as const
      outbox[at] = { ...found, ...ended, why: input.reason }
      tell('outbox')
      return ok({ key: null })
    },
    'conflict.decide': async (input) => {
      calls.push({ name: 'conflict.decide', input })
      const at = cards.findIndex(({ id }) => id === input.id)
      const found = cards[at]
      if (!found) return err('unknown')
      const { decision, reason } = input
      cards[at] = {
        ...{ ...found, state: 'decided', decisions: [] },
        decided: { decision, reason, by: USER.email, at: now(), keys: [] },
      }
      for (const stream of ['conflicts', 'outbox']) tell(stream)
      return ok({ keys: [] })
    },
  } satisfies Partial<Handlers<AppContract>>
}
