/** One deliberate bug: exact text of a shipped file, and what stands in its place while the simulator looks for it. */
export type Plant = {
  readonly name: string
  /** What goes wrong, for the list in the docs. */
  readonly what: string
  readonly edits: readonly { readonly file: string; readonly from: string; readonly to: string }[]
}

const OUTBOX = 'src/core/outbox/outbox.ts'
const ARRIVAL = 'src/core/arrival.ts'
const DELIVERY = 'src/core/backend/election/delivery.ts'
const LETTING_GO = 'src/core/journal/letting-go.ts'
const SEQUENCE = 'src/core/ingest/sequence.ts'

/** What the simulator has to find, each by itself. Nothing of it is ever written into a shipped file. */
export const PLANTS: readonly Plant[] = [
  {
    name: 'saved-before-disk',
    what: 'an action is answered as saved before it is through to the disk',
    edits: [
      { file: OUTBOX, from: "[...beside(keys), ...queued], 'power')", to: "[...beside(keys), ...queued], 'process')" },
    ],
  },
  {
    name: 'key-per-try',
    what: 'every try of an action has a key of its own',
    edits: [
      {
        file: 'src/core/backend/election/actions.ts',
        from: '{ method, path, body, key, timeoutMs,',
        to: '{ method, path, body, key: `${key}-${(globalThis.tries = (globalThis.tries ?? 0) + 1)}`, timeoutMs,',
      },
    ],
  },
  {
    name: 'twice',
    what: 'a frame that comes again counts again, also one that a later one has overtaken',
    edits: [
      { file: SEQUENCE, from: "if (position.seq <= here.seq) return { is: 'duplicate' }", to: '' },
      {
        file: 'src/core/projection/records.ts',
        from: "if (!position || from !== 'live') return false",
        to: 'return false',
      },
    ],
  },
  {
    name: 'position-after-snapshot',
    what: 'the place in the stream is taken after the reading, so that what came meanwhile is in neither',
    edits: [
      { file: ARRIVAL, from: '    this.#deps.ingest.follow(position)\n', to: '    this.late = true\n' },
      {
        file: ARRIVAL,
        from: "    this.#stage = 'here'\n",
        to: "    this.#stage = 'here'\n    if (this.late) this.#deps.ingest.follow(this.#hello.position)\n    this.late = false\n",
      },
      {
        file: 'src/core/ingest/ingest.ts',
        from: "this.#sequence = position ? { at: 'following', position } :",
        to: "this.#sequence = position ? { at: 'following', position: this.#held.at(-1)?.position ?? position } :",
      },
    ],
  },
  {
    name: 'gap-unseen',
    what: 'a hole in the numbers is passed over without a doubt',
    edits: [{ file: SEQUENCE, from: 'if (from > here.seq + 1)', to: 'if (from > here.seq + 1 && here.seq < 0)' }],
  },
  {
    name: 'settled-unwritten',
    what: 'what the server answered is shown and never written',
    edits: [
      {
        file: OUTBOX,
        from: "const written = book.commit(events, events.length === 1 && is === 'accepted' ? 'process' : 'power')",
        to: 'events.forEach((event) => book.projection.apply({ cursor: book.journal.cursor, at: 0, event }))\n    const written = { ok: true }',
      },
    ],
  },
  {
    name: 'two-sockets',
    what: 'a socket that was given up is not ended before the next is dialled',
    edits: [{ file: 'src/core/link/link.ts', from: ': socket?.drop()', to: ': undefined' }],
  },
  {
    name: 'old-epoch',
    what: 'a stream that began anew is taken up at the old number',
    edits: [
      { file: ARRIVAL, from: ' && here.epoch === hello.position?.epoch', to: '' },
      {
        file: ARRIVAL,
        from: 'this.#deps.codec.resume(here)',
        to: 'this.#deps.codec.resume({ ...this.#hello.position, seq: here.seq })',
      },
      { file: SEQUENCE, from: "if (position.epoch !== here.epoch) return { is: 'other-epoch', at: position }", to: '' },
    ],
  },
  {
    name: 'claims-while-down',
    what: 'figures are called certain while there is no connection',
    edits: [
      {
        file: 'src/core/link-witness.ts',
        from: "this.#shelf.doubt(cause.code === 'silent' ? 'silent' : 'link-down', heardAt ?? cause.at)",
        to: 'void heardAt',
      },
    ],
  },
  {
    name: 'sleep-unseen',
    what: 'a clock that jumped ahead is no sleep, and the link stays live',
    edits: [
      { file: 'src/core/link/link-state.ts', from: 'if (ahead >= LINK_WAITS.slept) return wake(watched, now)', to: '' },
    ],
  },
  {
    name: 'late-unseen',
    what: 'a socket is live however late all comes that comes down it',
    edits: [
      { file: 'src/core/link/heartbeat.ts', from: 'if (behindMs >= LINK_WAITS.behind)', to: 'if (behindMs < 0)' },
    ],
  },
  {
    name: 'newest-first',
    what: 'what was typed last is sent first',
    edits: [
      {
        file: 'src/core/outbox/ready.ts',
        from: 'for (const entry of waiting) {',
        to: 'for (const entry of [...waiting].reverse()) {',
      },
    ],
  },
  {
    name: 'rotation-lost',
    what: 'the refresh token that the server gave is let go for the old one',
    edits: [{ file: 'src/core/session/create-session.ts', from: 'answer.refresh ?? refresh', to: 'refresh' }],
  },
  {
    name: 'no-version',
    what: 'a change is sent to a hub without what it rests on, and goes over what another wrote',
    edits: [
      {
        file: 'src/core/backend/election/versions.ts',
        from: 'return here.position && !isTorn ? versionText(here.position) : NO_VERSION',
        to: 'return undefined',
      },
      { file: DELIVERY, from: 'isContested ? NO_VERSION : versionOf', to: 'versionOf' },
    ],
  },
  {
    name: 'late-all-the-same',
    what: 'results are published although their time is past',
    edits: [
      {
        file: 'src/core/outbox/ready.ts',
        from: 'deadline !== null && now >= deadline',
        to: 'deadline !== null && now < 0',
      },
      { file: 'src/core/backend/rest.ts', from: "if (time?.isLate()) return err({ is: 'too-late' })", to: '' },
    ],
  },
  {
    name: 'not-looked-for',
    what: 'what had no answer is sent again to a server without keys, and nobody looks whether it is there',
    edits: [{ file: DELIVERY, from: '(unsure > 0 || replaces(action))', to: 'replaces(action)' }],
  },
  {
    name: 'polling-without-end',
    what: 'where there is no socket nothing ends what was begun before a sign-out',
    edits: [
      { file: 'src/core/link/link.ts', from: 'next.cause) this.#on.down(next.cause)', to: 'next.cause) void next' },
    ],
  },
  {
    name: 'one-for-two',
    what: 'one of two blind entries is sent as the whole sheet, and is counted alone',
    edits: [
      {
        file: 'src/core/backend/election/actions.ts',
        from: "return ['POST', `${path}/type/`, {",
        to: "return ['POST', '/api/voting/vote-counts/bulk_entry/', { committeeId: action.committee,",
      },
    ],
  },
  {
    name: 'double-unseen',
    what: 'an elector marked at two committees by others is no card',
    edits: [
      {
        file: 'src/core/projection/double-marks.ts',
        from: 'if (!first || !second) return',
        to: 'if (!first || !second || second) return',
      },
    ],
  },
  {
    name: 'counts-unseen',
    what: 'two others’ differing counts of a committee are no card',
    edits: [
      {
        file: 'src/core/projection/others-counts.ts',
        from: 'return isByTwo(before, after) && !told.isOurs &&',
        to: 'return before === after &&',
      },
    ],
  },
  {
    name: 'let-go-unanswered',
    what: 'where little is kept the oldest part goes although what was typed in it has no answer',
    edits: [{ file: LETTING_GO, from: 'if (open > 0)', to: 'if (open < 0)' }],
  },
  {
    name: 'let-go-unheld',
    what: 'where little is kept the oldest part goes although no checkpoint stands for it',
    edits: [
      { file: LETTING_GO, from: 'if (isVouchedAt(digest, journal, checkpoints, stays.first)) whole', to: 'whole' },
    ],
  },
]
