import type { VaultFault } from '../../core/ports.ts'

/** The part of keytar used here. */
export type Keychain = {
  getPassword(service: string, account: string): Promise<string | null>
  setPassword(service: string, account: string, secret: string): Promise<void>
  deletePassword(service: string, account: string): Promise<boolean>
}

/** Loads the operating system's keychain; null where keytar is not installed or cannot load its library. */
export async function loadKeychain(): Promise<Keychain | null> {
  try {
    // The name is not a literal: keytar is optional, and a build must not demand it.
    const name = 'keytar'
    const module: unknown = await import(name)
    const found = hasDefault(module) ? module.default : module
    return isKeychain(found) ? found : null
  } catch {
    return null
  }
}

/** What a keychain's own error means. They come as prose only, in the words of each system. */
export function keychainFault(cause: unknown): VaultFault {
  const detail = cause instanceof Error ? cause.message : String(cause)
  const locked = /locked|dismissed|prompt|denied|cancel|not allowed|interaction/i.test(detail)
  return { is: locked ? 'locked' : 'unavailable', detail }
}

const hasDefault = (module: unknown): module is { default: unknown } =>
  typeof module === 'object' && module !== null && 'default' in module

function isKeychain(value: unknown): value is Keychain {
  return (
    typeof value === 'object' &&
    value !== null &&
    ['getPassword', 'setPassword', 'deletePassword'].every((name) => name in value)
  )
}

/**
 * Asks the keychain one question at a time and waits a bounded time for each answer. A call that waits for a person at
 * an unlock prompt cannot be taken back: while it hangs no other is sent after it (each would hold a thread).
 */
export class KeychainLine {
  readonly #timeoutMs: number
  #last: Promise<unknown> = Promise.resolve()

  constructor(timeoutMs: number) {
    this.#timeoutMs = timeoutMs
  }

  /** Runs `ask` after those before it. `late` hears the end of a call that was given up. */
  run<T>(ask: () => Promise<T>, late: () => void = () => {}): Promise<Answer<T>> {
    return new Promise((resolve) => {
      let given = false
      let asked = false
      const timer = setTimeout(() => {
        given = true
        resolve({ is: 'timed-out' })
      }, this.#timeoutMs)
      const settle = (answer: Answer<T>) => {
        clearTimeout(timer)
        if (given) late()
        else resolve(answer)
      }
      this.#last = this.#last.then(async () => {
        if (given && !asked) return
        asked = true
        try {
          settle({ is: 'answer', value: await ask() })
        } catch (cause) {
          settle({ is: 'fault', fault: keychainFault(cause) })
        }
      })
    })
  }
}

export type Answer<T> =
  | { readonly is: 'answer'; readonly value: T }
  | { readonly is: 'fault'; readonly fault: VaultFault }
  | { readonly is: 'timed-out' }
