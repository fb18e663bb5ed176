import { z } from 'zod'
import { CommandKey } from '../model/ids.ts'

/**
 * queued: on this desk's disk. sent: on its way, or the server has it (`accepted`) and it was not seen back yet. confirmed: seen
 * in a frame or a read. rejected: the server refused it. conflict: a card tells what stands against it. expired: its time
 * passed before it could be sent. withdrawn: taken back before it was sent.
 */
export const OutboxState = z.enum(['queued', 'sent', 'confirmed', 'rejected', 'conflict', 'expired', 'withdrawn'])
export type OutboxState = z.infer<typeof OutboxState>

/** What a person can do about an action that did not come to be. */
export const NextStep = z.enum([
  /** Check what was typed and enter it again. */
  'enter-again',
  /** The account may not: somebody who may has to do it. */
  'ask-admin',
  /** The record is gone on the server: look at the list again. */
  'look-again',
  /** The elector is unknown or not eligible: look the number up. */
  'look-up-elector',
  /** The register has the elector as one who may not vote: nothing typed here changes that. */
  'not-eligible',
  /** The elector belongs to another committee: record the arrival instead. */
  'record-arrival',
  /** Count sheets are not all verified yet. */
  'verify-first',
  /** It was too late; do it again if it is still wanted. */
  'do-again',
  /** The card tells what stands against it. */
  'decide',
])
export type NextStep = z.infer<typeof NextStep>

/** Why an action cannot be undone from here. */
export const UndoBar = z.enum([
  /** It is on its way, and not yet known whether the server did it. */
  'under-way',
  /** The server has no way back from it. */
  'no-way-back',
  /** It came to nothing: there is nothing to undo. */
  'nothing-done',
  /** Another person's. */
  'not-yours',
  /** It was undone already, or is being undone. */
  'undone-already',
])
export type UndoBar = z.infer<typeof UndoBar>

/** What an operator typed and where it is. Saved here before the operator sees "done". */
export const OutboxItem = z.object({
  key: CommandKey,
  /** The command's name, e.g. `attendance.mark`. */
  does: z.string(),
  /** What it is about, in words: an elector's number, a committee. */
  about: z.string(),
  /** E-mail of who typed it. */
  by: z.string(),
  state: OutboxState,
  /** The server has taken it. With state `sent`: it was not seen back yet. */
  accepted: z.boolean(),
  /** It was so already; by whom and since when, as far as the server tells. */
  already: z.object({ by: z.string().nullable(), at: z.number().nullable() }).nullable(),
  queuedAt: z.number(),
  settledAt: z.number().nullable(),
  /** Tries so far. */
  attempts: z.number().int(),
  /** The server's words on a rejection; what happened, on the other ends. */
  reason: z.string().nullable(),
  /** What a person can do about it; null: nothing, also once the card of a conflict is decided. */
  next: NextStep.nullable(),
  /** Not sent after this, ms; null: it keeps. */
  deadline: z.number().nullable(),
  /** Who read that it came to nothing, and when, ms; null: nobody said so yet, or it did not come to nothing. */
  lookedAt: z.object({ by: z.string(), at: z.number() }).nullable(),
  /** The card that speaks of it. */
  conflict: z.string().nullable(),
  /** The operator's reason, where one was asked for. */
  why: z.string().nullable(),
  /** The action this one undoes, and the one that undoes this. */
  undoes: CommandKey.nullable(),
  undoneBy: CommandKey.nullable(),
  /** How it can be undone: taken back unsent, or by the opposite action; null: `undoBar` says why not. */
  undo: z.enum(['withdraw', 'reverse']).nullable(),
  undoBar: UndoBar.nullable(),
})
export type OutboxItem = z.infer<typeof OutboxItem>

const whole = z.number().int().nonnegative()

export const OutboxView = z.object({
  /** Typed here and not taken by the server yet, everybody's. */
  waiting: whole,
  /** When the oldest waiting one was typed, ms. */
  oldestAt: z.number().nullable(),
  /** Taken by the server, not seen back yet. */
  unseen: whole,
  /** What came to nothing and nobody has read yet. What was read stays in `recent`. */
  rejected: whole,
  expired: whole,
  /** Cards not decided yet. */
  conflicts: whole,
  /** For the question at sign-out: what of the signed-in user's is not at the server yet, and of others. */
  leaving: z.object({ unsent: whole, oldestAt: z.number().nullable(), ofOthers: whole }),
  /** Newest first. */
  recent: z.array(OutboxItem).max(50),
})
export type OutboxView = z.infer<typeof OutboxView>
