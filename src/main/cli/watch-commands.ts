import { createInterface } from 'node:readline'
import type { Handlers } from '../../shared/rpc/define.ts'
import { type AppContract, contract } from '../../shared/contract.ts'
import { z } from 'zod'

const Line = z.object({ id: z.union([z.string(), z.number()]), do: z.string(), input: z.unknown().optional() })
type Emit = (line: unknown) => void

/** Carries out commands that come as NDJSON on a stream; each is parsed as a window's would be, and answered with its id. */
export function readCommands(input: NodeJS.ReadableStream, handlers: Handlers<AppContract>, emit: Emit): () => void {
  const lines = createInterface({ input, crlfDelay: Number.POSITIVE_INFINITY })
  lines.on('line', (text) => {
    if (text.trim() !== '') void carryOut(text, handlers, emit)
  })
  return () => lines.close()
}

async function carryOut(text: string, handlers: Handlers<AppContract>, emit: Emit): Promise<void> {
  const line = Line.safeParse(parseJson(text))
  if (!line.success)
    return emit({ t: 'reply', id: null, ok: false, error: 'a command is {"id","do","input"}, one line of JSON' })
  const { id, do: name, input } = line.data
  const isKnown = Object.hasOwn(contract.commands, name)
  const def = isKnown ? contract.commands[name as keyof AppContract['commands']] : undefined // an own key, just checked
  if (!def) {
    return emit({
      t: 'reply',
      id,
      ok: false,
      error: `no command "${name}"; there are: ${Object.keys(contract.commands).join(', ')}`,
    })
  }
  const parsed = def.input.safeParse(input ?? null)
  if (!parsed.success) {
    const [issue] = parsed.error.issues
    return emit({
      t: 'reply',
      id,
      ok: false,
      error: `${['input', ...(issue?.path ?? [])].join('.')}: ${issue?.message}`,
    })
  }
  const handler = handlers[name as keyof Handlers<AppContract>] as (input: unknown) => Promise<unknown> // the command's own parser made the input
  const result = await handler(parsed.data)
  emit({ t: 'reply', id, ...(result as object) }) // every handler answers with a Result
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}
