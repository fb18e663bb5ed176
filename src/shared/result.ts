/**
 * Success or a failure we expected. A plain object, never a class: it has to survive structured clone (Electron) and
 * JSON (loopback socket) with nothing lost.
 */
export type Result<T, E> = { readonly ok: true; readonly value: T } | { readonly ok: false; readonly error: E }

export const ok = <T>(value: T): Result<T, never> => ({ ok: true, value })
export const err = <const E>(error: E): Result<never, E> => ({ ok: false, error })

/** Closes a switch over a union: a case added later fails to compile here. */
export function assertNever(x: never): never {
  throw new Error(`unreachable: ${JSON.stringify(x)}`)
}
