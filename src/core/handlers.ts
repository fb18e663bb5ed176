import { z } from 'zod'
import type { AppContract } from '../shared/contract.ts'
import { ElectorNumber } from '../shared/model/ids.ts'
import { err, ok, type Result } from '../shared/result.ts'
import type { Handlers } from '../shared/rpc/define.ts'
import type { RestFault, RestReply } from './backend/backend.ts'
import type { Console } from './console.ts'
import { makeDiagnostics } from './diagnostics/make.ts'
import { evidenceHandlers } from './evidence/evidence-handlers.ts'
import { sheetHandlers } from './count/sheet-handlers.ts'
import { keepingHandlers } from './keeping.ts'
import { dutyHandlers } from './duty-handlers.ts'
import { pledgeHandlers } from './pledge-handlers.ts'
import { paperHandlers } from './paper/paper-handlers.ts'
import type { Action } from './outbox/action.ts'
import { Viewing } from './replay/viewing.ts'
import { trailHandlers } from './trail/trail-handlers.ts'
import { wallHandlers } from './wall/wall-handlers.ts'
import type { Wish } from './outbox/wish.ts'

/** Results are published now or not at all: this long they are tried, ms. */
const PUBLISH_WITHIN = 120_000
/** A person waits at the field for this, ms. */
const FIND_WAIT = 5_000

const Found = z.object({
  kocId: ElectorNumber,
  fullName: z.string(),
  section: z.string().nullable().default(''),
  committeeCode: z.string().nullable(),
  committeeName: z.string().nullable(),
  hasAttended: z.boolean(),
  attendedAt: z.string().nullable().default(null),
})

/** What windows may ask, each answered by the room that owns it. */
export const handlersOf = (console: Console, viewing: Viewing = new Viewing(console)): Handlers<AppContract> => ({
  ...connectionHandlers(console),
  ...doctorHandlers(console),
  ...evidenceHandlers(console),
  ...replayHandlers(viewing),
  ...attendanceHandlers(console),
  ...guaranteeHandlers(console),
  ...countHandlers(console),
  ...deskHandlers(console),
  // A host in safe mode answers this itself.
  'safe.leave': async () => err('not-here'),
  ...dutyHandlers(console),
  ...keepingHandlers(console),
  ...pledgeHandlers(console),
  ...sheetHandlers(console),
  ...paperHandlers(console),
  ...trailHandlers(console, viewing),
  ...wallHandlers(console),
})

function connectionHandlers(console: Console) {
  const core = () => console.core.now()
  return {
    'session.sign-in': async ({ email, password }) => {
      const running = core()
      if (!running) return err('no-server')
      const signedIn = await running.session.signIn(email, password)
      if (!signedIn.ok) return signedIn
      running.link.start()
      return ok(null)
    },
    'session.sign-out': async () => {
      const running = core()
      running?.link.stop()
      await running?.session.signOut()
      console.evidence?.forget()
      running?.link.start()
      return ok(null)
    },
    'server.connect': (wish) => console.connect(wish),
    'server.choose': ({ id }) => console.choose(id),
    'server.forget': ({ id }) => console.forget(id),
    'server.rehearse': () => console.rehearse(),
    'link.try-now': async () => {
      core()?.link.tryNow()
      return ok(null)
    },
    'link.reread': async () => (core()?.reread() ? ok(null) : err('not-live')),
  } satisfies Partial<Handlers<AppContract>>
}

function doctorHandlers(console: Console) {
  return {
    'doctor.run': async (wishes) => console.examine(wishes),
    'doctor.stop': async () => {
      console.doctor?.stop()
      return ok(null)
    },
    'doctor.skip': async () => {
      console.doctor?.skip()
      return ok(null)
    },
    'diagnostics.make': async () => {
      const made = makeDiagnostics(console)
      return made.ok ? ok({ name: made.value.name, bytes: made.value.bytes, zip: made.value.base64 }) : made
    },
  } satisfies Partial<Handlers<AppContract>>
}

function replayHandlers(viewing: Viewing) {
  const playing = (work: (player: NonNullable<Viewing['player']>) => void) => {
    if (!viewing.player?.showing) return err('no-replay')
    work(viewing.player)
    return ok(null)
  }
  return {
    'replay.list': async () => ok([...viewing.list()]),
    'replay.open': async ({ name, at }) => viewing.open(name, at),
    'replay.bring': async ({ name, bytes }) => viewing.bringing.begin(name, bytes),
    'replay.bring-part': async ({ text }) => viewing.bringing.add(text),
    'replay.bring-end': async () => viewing.openBrought(),
    'replay.bring-stop': async () => {
      viewing.bringing.stop()
      return ok(null)
    },
    'replay.seek': async ({ at }) => playing((player) => player.seek(at)),
    'replay.play': async ({ speed }) => playing((player) => player.play(speed)),
    'replay.pause': async () => playing((player) => player.pause()),
    'replay.close': async () => {
      viewing.close()
      return ok(null)
    },
  } satisfies Partial<Handlers<AppContract>>
}

/** Saves an action and answers its key. */
const actor =
  (console: Console) =>
  async (action: Action, more: Omit<Wish, 'action'> = {}) => {
    const saved = console.core.now()?.acts.act({ action, ...more })
    if (!saved) return err('not-open')
    return saved.ok ? ok({ key: saved.value }) : saved
  }

function attendanceHandlers(console: Console) {
  const core = () => console.core.now()
  const act = actor(console)
  return {
    'attendance.mark': (input) => act({ does: 'attendance.mark', ...input }),
    'attendance.pending': (input) => act({ does: 'attendance.pending', ...input }),
    'attendance.correct': async ({ id, to, reason }) => {
      const held = core()?.book.now()?.projection.of('attendance').get(id)
      if (!held) return err(core()?.session.user() ? 'not-known' : 'not-allowed')
      const { elector, committeeCode: committee } = held.record
      return act({ does: 'attendance.correct', id, elector, committee, to }, { why: reason })
    },
    'elector.find': async ({ elector, committee }) => {
      const query = `koc_id=${encodeURIComponent(elector)}&committee=${encodeURIComponent(committee)}`
      const answer = await core()?.rest({
        method: 'GET',
        path: `/api/attendees/search-elector/?${query}`,
        body: null,
        key: null,
        timeoutMs: FIND_WAIT,
      })
      return answer ? found(answer) : err('no-answer')
    },
  } satisfies Partial<Handlers<AppContract>>
}

function guaranteeHandlers(console: Console) {
  const act = actor(console)
  return {
    'guarantee.create': (input) => act({ does: 'guarantee.create', ...input }),
    'guarantee.update': ({ id, status, group, mobile, note }) =>
      act({
        does: 'guarantee.update',
        id,
        ...(status !== undefined && { status }),
        ...(group !== undefined && { group }),
        ...(mobile !== undefined && { mobile }),
        ...(note !== undefined && { note }),
      }),
    'guarantee.remove': ({ id, reason }) => act({ does: 'guarantee.remove', id }, reason === '' ? {} : { why: reason }),
    'guarantee.note': (input) => act({ does: 'guarantee.note', ...input }),
    'guarantee.set-status': ({ id, status }) => act({ does: 'guarantee.update', id, status }),
    'guarantee.confirm': (input) => act({ does: 'guarantee.confirm', ...input }),
    'guarantee.edit': ({ id, mobile, note }) =>
      act({
        does: 'guarantee.update',
        id,
        ...(mobile !== undefined && { mobile }),
        ...(note !== undefined && { note }),
      }),
  } satisfies Partial<Handlers<AppContract>>
}

function countHandlers(console: Console) {
  const act = actor(console)
  return {
    'count.verify': (input) => act({ does: 'count.verify', ...input }),
    'results.generate': () => act({ does: 'results.generate' }),
    'results.publish': ({ deadline }) =>
      act({ does: 'results.publish' }, { deadline: deadline ?? console.ports.clock.now() + PUBLISH_WITHIN }),
  } satisfies Partial<Handlers<AppContract>>
}

function deskHandlers(console: Console) {
  return {
    'outbox.undo': async ({ key, reason }) => {
      const undone = console.core.now()?.acts.undo(key, reason)
      if (!undone) return err('not-open')
      return undone.ok ? ok({ key: undone.value }) : undone
    },
    'outbox.look': async ({ keys }) => {
      const looked = console.core.now()?.acts.look(keys)
      if (!looked) return err('not-open')
      return looked.ok ? ok(null) : looked
    },
    'conflict.decide': async ({ id, decision, reason }) => {
      const decided = console.core.now()?.acts.decide(id, decision, reason)
      if (!decided) return err('not-open')
      return decided.ok ? ok({ keys: [...decided.value] }) : decided
    },
  } satisfies Partial<Handlers<AppContract>>
}

function found(answer: Result<RestReply, RestFault>) {
  if (!answer.ok) {
    if (answer.error.is !== 'answer') return err('no-answer')
    const { status } = answer.error
    return err(
      status === 404 ? 'not-found' : status === 400 ? 'other-committee' : status === 403 ? 'not-allowed' : 'no-answer',
    )
  }
  const parsed = Found.safeParse(answer.value.data)
  if (!parsed.success) return err('no-answer')
  const { kocId, fullName, section, committeeCode, committeeName, hasAttended, attendedAt } = parsed.data
  return ok({
    elector: kocId,
    name: fullName,
    section: section ?? '',
    committeeCode: committeeCode ?? '',
    committeeName: committeeName ?? '',
    attended: hasAttended,
    attendedAt,
  })
}
