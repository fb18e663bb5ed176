import { type Command, commandOf } from './commands.ts'
import type { Desk } from './desk.ts'
import type { Typing } from './plan.ts'
import type { SimServer } from './server/server.ts'
import { PASSWORD } from './server/tokens.ts'
import type { Verdict } from './judge.ts'

/** One thing an operator typed. */
export type Typed = Command & {
  readonly desk: Desk
  /** What the desk said: nothing yet or nothing any more, that it is saved, or that it is not. */
  answer: 'none' | 'saved' | 'refused'
  /** The actions that are saved by it: one of each command, none where another was taken back unsent, several where a card was decided. */
  keys: readonly string[]
}
type Answer = {
  readonly ok: boolean
  readonly error?: string
  readonly value?: { readonly key?: string | null; readonly keys?: readonly string[] }
}

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
    const { client } = desk.window
    if (!client || desk.machine.asleep || !desk.runs) return
    const command = commandOf(desk, this.#server, this.typed, { what, pick, number })
    if (!command) return
    const typed: Typed = { ...command, desk, answer: 'none', keys: [] }
    this.typed.push(typed)
    const { world } = desk.machine
    world.say(() => `${desk.name} types ${command.name} ${JSON.stringify(command.input)}`)
    const call = client.call as (name: string, input: unknown) => Promise<Answer> // by name
    void call(command.name, command.input).then((answer) => {
      world.say(() => `${desk.name} is answered ${JSON.stringify(answer)}`)
      // A window that is gone is told nothing: it may be saved or not.
      if (answer.error === 'disconnected') return
      typed.answer = answer.ok ? 'saved' : 'refused'
      const { key, keys = key ? [key] : [] } = answer.value ?? {}
      typed.keys = keys
      for (const each of keys) this.#saved(desk, each, '"queued"')
      // Throwing away is answered without a key, be it an action or a word at this desk alone: its reason is like no other.
      if (answer.ok && command.name === 'count.drop') this.#saved(desk, `"${String(command.action?.reason)}"`, '')
    })
  }

  /** The word "saved" was given: from now on no loss of power may take it. */
  #saved(desk: Desk, key: string, is: string): void {
    for (const name of desk.disk.names()) {
      const kept = desk.disk.kept(name)
      const at = kept?.rows.findLastIndex(({ text }) => text.includes(is) && text.includes(key)) ?? -1
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
