import { create } from 'zustand'

/** One word to the operator, as it was said; the same one said again soon is counted, not repeated. */
export type Message = {
  readonly id: number
  readonly text: string
  readonly weight: 'done' | 'failed'
  /** When it was said last, ms, this desk's clock. */
  readonly at: number
  readonly times: number
  /** Where more is to be read. */
  readonly more: 'yours' | null
}

/** The same words within this time are one message, ms. */
const SAME_MS = 60_000
/** What can be read later: more than a shift brings. */
const KEPT = 100

type Messages = {
  /** Newest first. */
  readonly said: readonly Message[]
  /** Failures nobody has looked at in the list. */
  readonly unread: number
}
export const useMessages = create<Messages>()(() => ({ said: [], unread: 0 }))

/** Keeps a message; gives it as it is now: a new one, or one said before with its count. */
export function keepMessage(
  { text, weight, more }: Pick<Message, 'text' | 'weight' | 'more'>,
  now = Date.now(),
): Message {
  const { said, unread } = useMessages.getState()
  const before = said.find((one) => one.text === text && one.weight === weight && now - one.at < SAME_MS)
  const id = before?.id ?? Math.max(0, ...said.map((one) => one.id)) + 1
  const message: Message = { id, text, weight, more, at: now, times: (before?.times ?? 0) + 1 }
  const others = said.filter((one) => one.id !== id)
  const isNew = weight === 'failed' && before === undefined
  useMessages.setState({ said: [message, ...others].slice(0, KEPT), unread: unread + (isNew ? 1 : 0) })
  return message
}

/** Whoever may not see what was shown may not read it later. */
export const forgetMessages = (): void => useMessages.setState({ said: [], unread: 0 })

export const readMessages = (): void => useMessages.setState({ unread: 0 })
