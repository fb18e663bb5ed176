import { z } from 'zod'

const id = z.number().int().nonnegative()

/** Window → core. The window is untrusted, so this is parsed, never cast. */
export const Upstream = z.discriminatedUnion('t', [
  z.object({ t: z.literal('call'), id, name: z.string().max(64), input: z.unknown() }),
  z.object({ t: z.literal('watch'), id, name: z.string().max(64), input: z.unknown() }),
  z.object({ t: z.literal('unwatch'), id }),
  /** "I have rendered up to `seq`": the only thing that lets the core send more. */
  z.object({ t: z.literal('ack'), id, seq: z.number().int() }),
])
export type Upstream = z.infer<typeof Upstream>

/** Core → window. */
export const Downstream = z.discriminatedUnion('t', [
  z.object({ t: z.literal('hello'), version: z.number().int() }),
  z.object({
    t: z.literal('reply'),
    id,
    result: z.union([
      z.object({ ok: z.literal(true), value: z.unknown() }),
      z.object({ ok: z.literal(false), error: z.string() }),
    ]),
  }),
  z.object({ t: z.literal('snapshot'), id, seq: z.number().int(), state: z.unknown() }),
  z.object({ t: z.literal('patches'), id, seq: z.number().int(), patches: z.array(z.unknown()) }),
  /** The watch was refused: an unknown stream or an input that does not fit. */
  z.object({ t: z.literal('refused'), id, error: z.string() }),
])
export type Downstream = z.infer<typeof Downstream>
