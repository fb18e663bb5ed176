import { parseArgs } from 'node:util'
import { err, ok, type Result } from '../../shared/result.ts'

type Spec = Readonly<Record<string, { readonly type: 'string' | 'boolean' }>>
export type Values<S extends Spec> = { readonly [K in keyof S]?: S[K]['type'] extends 'boolean' ? boolean : string }

/** Reads a command's flags. An unknown flag, a missing value or a stray word is an error that names it. */
export function readOptions<const S extends Spec>(args: readonly string[], spec: S): Result<Values<S>, string> {
  try {
    const { values } = parseArgs({ args: [...args], options: spec, strict: true, allowPositionals: false })
    return ok(values as Values<S>) // parseArgs checked them against this very spec
  } catch (cause) {
    return err(cause instanceof Error ? cause.message : String(cause))
  }
}

/** A whole number within bounds, or what is wrong with it. `fallback` when nothing was given. */
export function wholeNumber(
  name: string,
  text: string | undefined,
  { least, most, fallback }: { readonly least: number; readonly most: number; readonly fallback: number },
): Result<number, string> {
  if (text === undefined) return ok(fallback)
  const number = Number(text)
  if (/^\d+$/.test(text) && number >= least && number <= most) return ok(number)
  return err(`--${name} ${text}: give a whole number from ${least} to ${most}`)
}

/** `max`, or how many times faster than the day: 1 to 1000. */
export function speedOf(text: string | undefined, fallback: number | 'max'): Result<number | 'max', string> {
  if (text === undefined) return ok(fallback)
  if (text === 'max') return ok('max')
  return wholeNumber('speed', text, { least: 1, most: 1000, fallback: 1 })
}
