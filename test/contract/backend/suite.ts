import { Client, dataOf, type Target } from './client.ts'
import { type Line, openLine } from './line.ts'
import { type Ability, type Context, Lack, type Rule, type Verdict } from './rule.ts'
import { callRules } from './rules/calls.ts'
import { changeRules } from './rules/changes.ts'
import { doubleRules } from './rules/double.ts'
import { remarkRules } from './rules/remarks.ts'
import { pledgeRules } from './rules/pledges.ts'
import { readingRules } from './rules/reading.ts'
import { signInRules } from './rules/sign-in.ts'
import { socketRules } from './rules/socket.ts'
import { streamRules } from './rules/stream.ts'

/** Every rule, in the order they are run: reading before writing. */
export const RULES: readonly Rule[] = [
  ...signInRules,
  ...readingRules,
  ...socketRules,
  ...changeRules,
  ...pledgeRules,
  ...callRules,
  ...remarkRules,
  ...doubleRules,
  ...streamRules,
]

const STATED: ReadonlySet<string> = new Set<Ability>([
  'seq',
  'resume',
  'authenticate',
  'ticket',
  'idempotency',
  'bulk_mark',
  'calls',
  'remarks',
  'double',
])
const isAbility = (word: string): word is Ability => STATED.has(word)

/** One server under test: signed in once, asked what it can do, its sockets closed after each rule. */
export class Suite {
  readonly #target: Target
  readonly #client: Client
  readonly #has = new Set<Ability>()

  private constructor(target: Target) {
    this.#target = target
    this.#client = new Client(target)
  }

  /** Throws when nobody can sign in there. */
  static async at(target: Target): Promise<Suite> {
    const suite = new Suite(target)
    const answer = await suite.#client.signIn()
    if (answer.status !== 200) throw new Error(`sign-in answered ${answer.status}: ${answer.text.slice(0, 300)}`)
    const me = dataOf(await suite.#client.call('GET', '/api/users/me/'))
    if (me.role === 'ADMIN' || me.role === 'SUPER_ADMIN') suite.#has.add('administrator')
    await suite.#lookAtSocket()
    return suite
  }
  get has(): ReadonlySet<Ability> {
    return this.#has
  }

  async run(rule: Rule): Promise<Verdict> {
    const lack = rule.needs.find((ability) => !this.#has.has(ability))
    if (lack !== undefined) return { is: 'skipped', lack }
    const lines: Line[] = []
    const context: Context = {
      target: this.#target,
      client: this.#client,
      has: this.#has,
      line: async () => {
        const opening = await openLine(this.#target, { bearer: this.#client.tokens.access })
        if (opening.is !== 'open') throw new Error(`the socket did not open: ${JSON.stringify(opening)}`)
        lines.push(opening.line)
        return opening.line
      },
    }
    try {
      await rule.run(context)
      return { is: 'passed' }
    } catch (thrown) {
      if (thrown instanceof Lack) return { is: 'skipped', lack: thrown.message }
      return { is: 'failed', because: thrown instanceof Error ? thrown.message : String(thrown) }
    } finally {
      for (const line of lines) line.close()
    }
  }

  async #lookAtSocket(): Promise<void> {
    const bearer = this.#client.tokens.access
    const opening = await openLine(this.#target, { bearer })
    if (opening.is !== 'open') return
    this.#has.add('socket')
    for (const word of featuresIn(opening.line)) this.#has.add(word)
    opening.line.close()
    const foreign = await openLine(this.#target, { bearer, origin: 'http://foreign.invalid' })
    if (foreign.is === 'open') foreign.line.close()
    else this.#has.add('origin check')
  }
}

function featuresIn(line: Line): readonly Ability[] {
  const [hello] = line.heard
  return hello?.is === 'hello' ? [...hello.features].filter(isAbility) : []
}
