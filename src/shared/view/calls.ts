import { z } from 'zod'
import { CommandKey, CommitteeCode, ElectorNumber, GuaranteeId } from '../model/ids.ts'

const whole = z.number().int().nonnegative()
const slice = { offset: whole.default(0), limit: whole.max(200).default(100) }

/** What a call came to, as it stays at this desk. */
export const CALL_OUTCOMES = ['coming', 'came', 'no-answer', 'wrong-number', 'not-coming'] as const
export const CallOutcome = z.enum(CALL_OUTCOMES)
export type CallOutcome = z.infer<typeof CallOutcome>

/** A window of this desk, by a key it made up: two windows are two people. */
export const WindowKey = z.string().min(8).max(60)
/** The person at that window, as they wrote it: all windows of a desk are signed in as one. */
const caller = z.string().trim().min(1).max(60)

/** The server is to be told under this key; absent where it has no place for it. */
const key = CommandKey.optional()

/** One thing that happened about ringing an elector; `by`: e-mail of the signed-in user. */
export const CallTurn = z.discriminatedUnion('does', [
  /** Nobody else rings until then, ms. */
  z.object({
    does: z.literal('claimed'),
    elector: ElectorNumber,
    by: z.string(),
    caller,
    window: WindowKey,
    until: z.number(),
    key,
  }),
  z.object({ does: z.literal('released'), elector: ElectorNumber, by: z.string(), window: WindowKey, key }),
  z.object({
    does: z.literal('called'),
    elector: ElectorNumber,
    by: z.string(),
    caller,
    window: WindowKey,
    outcome: CallOutcome,
    note: z.string(),
    key,
  }),
  /** The server knows what was told under this key. `refused`: it will not have it; `lost`: somebody else had the call first. */
  z.object({
    does: z.literal('told'),
    elector: ElectorNumber,
    by: z.string(),
    key: CommandKey,
    how: z.enum(['taken', 'refused', 'lost']),
  }),
])
export type CallTurn = z.infer<typeof CallTurn>

/**
 * Who is ringing an elector, since when and until when at most, ms. `from`: the server holds it for all desks, or this desk alone
 * knows of it.
 */
export const Claim = z.object({
  caller: z.string(),
  window: z.string(),
  at: z.number(),
  until: z.number(),
  from: z.enum(['server', 'desk']),
})
export type Claim = z.infer<typeof Claim>

/** The last call of an elector, and how many there were. */
export const Called = z.object({
  outcome: CallOutcome,
  caller: z.string(),
  note: z.string(),
  at: z.number(),
  times: whole,
})
export type Called = z.infer<typeof Called>

export const CallQuery = z.object({
  committee: CommitteeCode.nullable().default(null),
  /** `waiting`: those still to be called; null: also those whose call settled it. */
  show: z.literal('waiting').nullable().default(null),
  search: z.string().max(100).default(''),
  ...slice,
})
export type CallQuery = z.infer<typeof CallQuery>

/** An elector who promised and was not seen. */
export const CallRow = z.object({
  elector: ElectorNumber,
  name: z.string(),
  committeeCode: CommitteeCode,
  committeeName: z.string(),
  /** Empty where none is known or it is not this viewer's to see. */
  mobile: z.string(),
  mobileHidden: z.boolean(),
  /** The viewer's own guarantee, else one of another collector. */
  guarantee: GuaranteeId,
  mine: z.boolean(),
  collector: z.string().nullable(),
  confirmation: z.enum(['PENDING', 'CONFIRMED', 'NOT_AVAILABLE']),
  note: z.string(),
  claim: Claim.nullable(),
  called: Called.nullable(),
  /** The server is still to be told something of this call. */
  untold: z.boolean(),
})
export type CallRow = z.infer<typeof CallRow>
export const CallSlice = z.object({ total: whole, offset: whole, rows: z.array(CallRow).max(200) })
export type CallSlice = z.infer<typeof CallSlice>

const errors = ['not-open', 'not-allowed', 'not-saved', 'not-to-call', 'claimed', 'not-claimed'] as const
/** As many rows as an election has electors. */
const MOST_TEXT = 64_000_000

/**
 * `not-to-call`: this desk shows nobody of that number who promised and was not seen. `claimed`: somebody else is ringing.
 * `not-claimed`: it is not this window's call (any more).
 */
export const CALL_COMMANDS = {
  /** Takes the call for this window, or keeps it longer. `from`: whether all desks know, or this one alone. */
  'call.claim': {
    input: z.object({ elector: ElectorNumber, caller, window: WindowKey }),
    output: z.object({ until: z.number(), from: Claim.shape.from }),
    errors,
  },
  /** Gives it back without having called. */
  'call.release': { input: z.object({ elector: ElectorNumber, window: WindowKey }), output: z.null(), errors },
  /**
   * Writes what the call came to and gives the call back. Of the viewer's own guarantee the confirmation and what was typed
   * go to the server as well (`toServer`). `shared`: all desks know of the call already.
   */
  'call.outcome': {
    input: z.object({
      elector: ElectorNumber,
      caller,
      window: WindowKey,
      outcome: CallOutcome,
      note: z.string().trim().max(1_000).default(''),
    }),
    output: z.object({ toServer: z.boolean(), shared: z.boolean() }),
    errors,
  },
  /** The list as it stands, whole, as a CSV for spreadsheets. */
  'call.export': {
    input: CallQuery.pick({ committee: true, show: true, search: true }).extend({ language: z.enum(['en', 'ar']) }),
    output: z.object({ name: z.string(), rows: whole, text: z.string().max(MOST_TEXT) }),
    errors: ['not-open', 'not-allowed'],
  },
} as const
