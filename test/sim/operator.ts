import type { Desk } from './desk.ts'
import type { Typing } from './plan.ts'
import { CANDIDATES, COMMITTEES, ELECTORS } from './server/rows.ts'
import type { SimServer } from './server/server.ts'
import { PASSWORD } from './server/tokens.ts'
import type { Verdict } from './judge.ts'

/** One thing an operator typed. `key`: the desk said it is saved; null: no such word came. */
export type Typed = {
  readonly desk: Desk
  readonly does: string
  /** The record it is about, and the words or figures that tell it from any other. */
  readonly on: string
  readonly tag: string
  key: string | null
}
type Command = { readonly does: string; readonly on: string; readonly tag: string; readonly input: object }

/**
 * Types commands into the windows and signs people in, as people do: only where there is a window, and again after a while.
 * It keeps what was typed and what was answered, which is what every desk will be held to.
 */
export class Operators {
  readonly typed: Typed[] = []
  readonly #verdict: Verdict
  readonly #server: SimServer

  constructor(server: SimServer, verdict: Verdict) {
    this.#server = server
    this.#verdict = verdict
  }

  type(desk: Desk, { what, pick }: Typing, number: number): void {
    const command = this.#commandOf(desk, what, pick, number)
    const { client } = desk.window
    if (!command || !client || desk.machine.asleep || !desk.runs) return
    const typed: Typed = { desk, does: command.does, on: command.on, tag: command.tag, key: null }
    this.typed.push(typed)
    desk.machine.world.say(() => `${desk.name} types ${command.does} on ${command.on}: ${command.tag}`)
    const call = client.call as (name: string, input: unknown) => Promise<{ ok: boolean; value?: { key: string } }> // by name
    void call(command.does, command.input).then((answer) => {
      desk.machine.world.say(() => `${desk.name} is answered ${JSON.stringify(answer)}`)
      if (!answer.ok || !answer.value) return
      typed.key = answer.value.key
      this.#saved(desk, answer.value.key)
    })
  }

  #commandOf(desk: Desk, what: Typing['what'], pick: number, number: number): Command | null {
    if (what === 'mark') {
      const elector = ELECTORS[pick % ELECTORS.length]!
      const tag = `typed ${number}`
      const input = { elector: elector.number, committee: elector.committee, notes: tag }
      return { does: 'attendance.mark', on: elector.number, tag, input }
    }
    if (what === 'sheet') {
      const committee = 1 + (pick % COMMITTEES.length)
      const cast = 1_000 + number
      const votes = CANDIDATES.map((candidate) => ({ candidate, votes: (pick * candidate) % 500 }))
      return {
        does: 'count.enter',
        on: `entry/${committee}`,
        tag: `${cast}`,
        input: { committee, cast, invalid: 0, votes },
      }
    }
    const own = [...this.#server.all('guarantee')].filter((row) => row.user === desk.account.id)
    const id = Number(own[pick % own.length]?.id)
    const on = `guarantee/${id}`
    if (what === 'edit') {
      const note = `typed ${number}`
      return { does: 'guarantee.edit', on, tag: note, input: { id, note } }
    }
    if (what === 'confirm') {
      const confirmation = pick % 2 === 0 ? 'CONFIRMED' : 'NOT_AVAILABLE'
      return { does: 'guarantee.confirm', on, tag: confirmation, input: { id, confirmation } }
    }
    const status = pick % 2 === 0 ? 'GUARANTEED' : 'PENDING'
    return { does: 'guarantee.set-status', on, tag: status, input: { id, status } }
  }

  /** The word "saved" was given: from now on no loss of power may take it. */
  #saved(desk: Desk, key: string): void {
    for (const name of desk.disk.names()) {
      const kept = desk.disk.kept(name)
      const at = kept?.rows.findLastIndex(({ text }) => text.includes('"queued"') && text.includes(key)) ?? -1
      if (at >= 0 && kept && at < kept.safe) return
    }
    this.#verdict.breaks('I4', `${desk.name} says that ${key} is saved, and the disk does not have it for good`)
  }

  /** Somebody sits down at a desk that is signed out, or whose link waits for a person. */
  sitDown(desk: Desk): void {
    const { core, window } = desk
    if (!core || desk.machine.asleep) return
    if (!window.isOpen) window.open()
    if (core.session.state() === 'signed-out') {
      void window.client?.call('session.sign-in', { email: desk.account.email, password: PASSWORD })
    } else if (core.link.view().state === 'refused') void window.client?.call('link.try-now', null)
  }
}
