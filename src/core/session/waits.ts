/** Every wait of the session, ms, each with its reason. */
export const SESSION_WAITS = {
  /** A sign-in is looked at by a person; after this the server counts as silent. */
  signIn: 15_000,
  /** Longer than usual: an answer lost after the server rotated costs the session. */
  refresh: 20_000,
  /** Signing out is told to the server on the way out, never waited for. */
  signOut: 2_000,
  /** A token handed out lives at least this long, so that the call it is for arrives before it dies. */
  shortestLife: 60_000,
  /** Assumed of a token that does not say when it ends. */
  assumedLife: 300_000,
  /** Two callers whose calls were refused together get one refresh, not two. */
  justRenewed: 10_000,
  /** First and longest pause after a refresh that reached nobody. */
  unreachedFirst: 500,
  unreachedLongest: 10_000,
  /** First and longest pause after the server or its proxy declined: it allows 5 such calls a minute, to a whole site. */
  declinedFirst: 15_000,
  declinedLongest: 60_000,
} as const

/** Renewal falls somewhere in this part of the token's life, so that desks which signed in together do not renew together. */
export const RENEWAL = { from: 0.75, to: 0.85 } as const
