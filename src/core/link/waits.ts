/** Every wait of the link, ms, each with its reason. */
export const LINK_WAITS = {
  /** A name, a connection, a TLS handshake and an upgrade on a bad line. */
  dial: 10_000,
  /** The server greets at once; one that does not is not the one we look for, or is stuck. */
  hello: 5_000,
  /** An answer not here by then is named as the cause, while it is still waited for: a person is told within 5 s. */
  overdue: 3_500,
  /** The host owes an answer to each dial, token and probe; should it forget, the link tries again all the same. */
  forgotten: 60_000,
  /** The link looks at its watch this often. */
  tick: 1_000,
  /** A JSON ping, idle or not: the round trip, and proof that the server's own code still runs. Often enough to see a `stall`. */
  ping: 5_000,
  /** Not one byte, or no pong, for this long and then life again: a message layer lets fall what it could not deliver in 10 s. */
  stall: 10_000,
  /** Not one byte for this long, pings unanswered: half-open. With one tick and one grace still under 25 s. */
  silence: 20_000,
  /** A ping without its pong for this long is missed. */
  pong: 10_000,
  /** A ping without its pong for this long on a socket that has answered before: what comes there may be as old, however much of it comes. */
  behind: 20_000,
  /** A tick this late means that this process was held up: nothing the clocks say about the server counts yet. */
  lateTick: 1_500,
  /** A tick this late, or a wall clock this far ahead, means that the machine slept. */
  slept: 5_000,
  /** After a hold-up, what waited in the system's buffers gets this long to be heard. */
  grace: 1_000,
  /** After a change of network, a clock set back or a sleep an open socket has this long to show life. */
  proveLife: 3_000,
  /** A link that held this long was good; shorter, the next try waits longer. */
  goodLife: 20_000,
  /** A server that says it restarts is not dialled by all desks at once: the first try falls in this span. */
  restartSpread: 5_000,
  /** The server ends each socket after 24 h, with 1000; ours ends before, at a random minute. */
  recycleFrom: 22.5 * 3_600_000,
  recycleTo: 23.5 * 3_600_000,
  /** A socket this old that ends with 1000 met the server's limit. */
  dayLimit: 20 * 3_600_000,
  /** Where there is no socket, the console asks for one again this often, give or take a tenth. */
  noSocket: 300_000,
  /** Contact lost longer ago than this is offline; before, stale. */
  offline: 120_000,
  /** A poll this recent makes the figures live: the slowest poll is every 30 s. */
  polled: 45_000,
  /** A cut this soon before a refused connection was a server going down. */
  restarting: 120_000,
} as const

/** Bytes of the largest frame taken. */
export const LARGEST_FRAME = 1024 * 1024
/** Pings without a pong, while other life goes on, before a stall is reported. */
export const MISSED_PONGS = 2
