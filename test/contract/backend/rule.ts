import type { Client, Target } from './client.ts'
import type { Line } from './line.ts'

/** What a server may or may not have; a rule that needs what is not there is skipped by that name. */
export type Ability =
  | 'socket'
  | 'origin check'
  | 'seq'
  | 'resume'
  | 'authenticate'
  | 'ticket'
  | 'idempotency'
  | 'bulk_mark'
  | 'calls'
  | 'remarks'
  | 'double'
  | 'administrator'

export type Context = {
  readonly target: Target
  readonly client: Client
  readonly has: ReadonlySet<Ability>
  /** An open, greeted socket of this account; closed by the suite. */
  readonly line: () => Promise<Line>
}

/** One thing any server of the family does. `run` throws when it does not. Whatever it makes it takes back. */
export type Rule = {
  readonly id: `W${number}`
  readonly title: string
  readonly needs: readonly Ability[]
  readonly run: (context: Context) => Promise<void>
}
export const rule = (id: Rule['id'], title: string, needs: readonly Ability[], run: Rule['run']): Rule => ({
  id,
  title,
  needs,
  run,
})

/** Thrown where only trying shows that a server, or its data, has not what the rule is about. */
export class Lack extends Error {}

export type Verdict =
  | { readonly is: 'passed' }
  | { readonly is: 'failed'; readonly because: string }
  | { readonly is: 'skipped'; readonly lack: string }
