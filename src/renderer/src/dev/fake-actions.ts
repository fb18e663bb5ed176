import type { AppContract } from '../../../shared/contract.ts'
import { CommandKey, type ElectorNumber } from '../../../shared/model/ids.ts'
import { err, ok } from '../../../shared/result.ts'
import type { Handlers } from '../../../shared/rpc/define.ts'
import { fakeItem } from './fake-desk.ts'
import type { Bench } from './fake-handlers.ts'
import type { World } from './world.ts'

/** What a person does to the election: kept as the outbox keeps it, and made so at once. */
export function actionHandlers(bench: Bench) {
  const { world, tell } = bench
  return {
    'attendance.mark': async (input) => save(bench, 'attendance.mark', input, `${input.elector} @ ${input.committee}`),
    'attendance.pending': async (input) =>
      save(bench, 'attendance.pending', input, `${input.elector} @ ${input.committee}`),
    'attendance.correct': async (input) => save(bench, 'attendance.correct', input, `#${input.id}`),
    'guarantee.create': async (input) => save(bench, 'guarantee.create', input, input.elector),
    'guarantee.update': async (input) => save(bench, 'guarantee.update', input, `#${input.id}`),
    'guarantee.remove': async (input) => save(bench, 'guarantee.remove', input, `#${input.id}`),
    'guarantee.note': async (input) => save(bench, 'guarantee.note', input, `#${input.id}`),
    'count.verify': async (input) => save(bench, 'count.verify', input, `#${input.committee}`),
    'results.generate': async (input) => save(bench, 'results.generate', input, ''),
    'results.publish': async (input) => save(bench, 'results.publish', input, ''),
    'elector.find': async (input) => {
      bench.calls.push({ name: 'elector.find', input })
      return bench.live ? findOne(bench, input) : err('no-answer')
    },
    'guarantee.set-status': async (input) => {
      change(world, input.id, { status: input.status })
      tell('guarantees')
      return save(bench, 'guarantee.set-status', input, `#${input.id}`)
    },
    'guarantee.confirm': async (input) => {
      change(world, input.id, { confirmation: input.confirmation })
      tell('guarantees')
      return save(bench, 'guarantee.confirm', input, `#${input.id}`)
    },
    'guarantee.edit': async (input) => save(bench, 'guarantee.edit', input, `#${input.id}`),
  } satisfies Partial<Handlers<AppContract>>
}

/** `404` is unknown, `405` of another committee, `406` has come already; every other number is somebody's. */
function findOne({ world, now }: Bench, { elector, committee }: { elector: ElectorNumber; committee: string }) {
  if (elector === '404') return err('not-found')
  if (elector === '405') return err('other-committee')
  const row = world.committees.find((each) => each.code === committee)
  return ok({
    elector,
    name: world.attendance[Number(elector) % 97]?.electorName ?? 'Noura',
    section: 'A',
    committeeCode: committee,
    committeeName: row?.name ?? committee,
    attended: elector === '406',
    attendedAt: elector === '406' ? new Date(now()).toISOString() : null,
  })
}

export function save({ outbox, calls, live, now, tell }: Bench, does: string, input: unknown, about: string) {
  calls.push({ name: does, input })
  const key = CommandKey.parse(`fake-${String(outbox.length + 1).padStart(6, '0')}`)
  outbox.push({
    ...fakeItem(now()),
    key,
    does,
    about,
    state: live ? 'confirmed' : 'queued',
    accepted: live,
    settledAt: live ? now() : null,
    undo: live ? 'reverse' : 'withdraw',
    deadline: does === 'results.publish' ? now() + 120_000 : null,
  })
  tell('outbox')
  return ok({ key })
}

function change(world: World, id: number, values: Partial<World['guarantees'][number]>) {
  const index = world.guarantees.findIndex((row) => row.id === id)
  const row = world.guarantees[index]
  if (row)
    world.guarantees[index] = {
      ...row,
      ...values,
      provenance: { source: 'desk', at: row.provenance.at, provisional: true },
    }
}
