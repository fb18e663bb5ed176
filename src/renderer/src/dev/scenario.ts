import type { LinkState } from '../../../shared/model/link.ts'
import type { RevokedView } from '../../../shared/view/session.ts'

/** What the made-up core shows. Words are joined by commas: `?fake=420,offline,counting`. */
export type Scenario = {
  readonly committees: number
  readonly link: LinkState
  readonly doubt: 'none' | 'some' | 'all'
  readonly counting: boolean
  readonly quiet: boolean
  readonly election: boolean
  readonly session: 'no-server' | 'signed-out' | 'signed-in'
  readonly mode: 'official' | 'rehearsal'
  readonly vault: 'keychain' | 'locked' | 'unavailable' | 'memory'
  /** The server plays a rehearsal although the profile says official. */
  readonly surprise: boolean
  /** An action in every state. */
  readonly yours: boolean
  /** Cards that wait for a decision. */
  readonly conflicts: boolean
  /** A clerk who may mark in two committees only. */
  readonly clerk: boolean
  /** An evidence pack is there. */
  readonly pack: 'none' | 'making' | 'made' | 'made-of-kept' | 'failed'
  /** One screen, one task. */
  readonly kiosk: boolean
  /** A wall: it only shows. */
  readonly wall: boolean
  /** The wall's account may do more than look. */
  readonly overpowered: boolean
  /** No socket there: asked every few seconds. */
  readonly polling: boolean
  /** A server that loses messages in silence: figures are as read. */
  readonly unnumbered: boolean
  /** Names and figures as long as they come. */
  readonly long: boolean
  /** Started without a link: nothing was ever read. */
  readonly unread: boolean
  /** Committees and attendance were read; guarantees, counts and results never. */
  readonly partRead: boolean
  /** Committees were read; who came never. */
  readonly cameUnread: boolean
  /** Streams never answer. */
  readonly loading: boolean
  /** Nothing moves: for tests and pictures. */
  readonly still: boolean
  /** The shift before handed over, and nobody has confirmed that yet. */
  readonly handOver: boolean
  /** The host goes away after two seconds. */
  readonly away: boolean
  /** Started in safe mode after too many deaths. */
  readonly safe: boolean
  /** The window looks at a recorded day. */
  readonly replay: boolean
  /** Two people type each sheet, and some are on the way. */
  readonly double: boolean
  /** Results were published, and sheets corrected since. */
  readonly published: boolean
  /** The account of this desk was taken away, and so far its order was carried out. */
  readonly revoked: RevokedView['is'] | null
}

const REVOKED = ['locked', 'held', 'wiped', 'failed'] as const
const LINKS = ['catching-up', 'stale', 'offline', 'refused'] as const satisfies readonly LinkState[]

const packOf = (has: (word: string) => boolean): Scenario['pack'] => {
  if (has('pack')) return 'made'
  if (has('pack-of-kept')) return 'made-of-kept'
  if (has('packing')) return 'making'
  return has('no-pack') ? 'failed' : 'none'
}

export function parseScenario(text: string): Scenario {
  const words = new Set(text.split(',').map((word) => word.trim()))
  const has = (word: string) => words.has(word)
  const number = [...words].map(Number).find((value) => Number.isInteger(value) && value > 0)
  const unread = has('unread')
  const none = has('none') || unread
  const link = has('signed-out') ? 'signed-out' : (LINKS.find(has) ?? (unread ? 'offline' : 'live'))
  return {
    committees: none ? 0 : (number ?? 13),
    link,
    doubt: has('doubt') ? 'some' : link === 'live' || link === 'catching-up' ? 'none' : 'all',
    counting: has('counting'),
    quiet: has('quiet') || none,
    election: !none,
    session: has('no-server')
      ? 'no-server'
      : has('sign-in') || [...words].some((word) => word.startsWith('revoked-'))
        ? 'signed-out'
        : 'signed-in',
    mode: has('rehearsal') || has('surprise') ? 'rehearsal' : 'official',
    surprise: has('surprise'),
    clerk: has('clerk'),
    yours: has('yours'),
    conflicts: has('conflicts'),
    vault: has('memory') ? 'memory' : has('locked') ? 'locked' : has('no-vault') ? 'unavailable' : 'keychain',
    pack: packOf(has),
    kiosk: has('kiosk'),
    wall: has('wall'),
    overpowered: has('overpowered'),
    polling: has('polling'),
    unnumbered: has('unnumbered') || has('polling'),
    long: has('long'),
    unread,
    partRead: has('part-read'),
    cameUnread: has('came-unread'),
    loading: has('loading'),
    handOver: has('hand-over'),
    still: has('still'),
    away: has('away'),
    safe: has('safe'),
    replay: has('replay'),
    double: has('double'),
    published: has('published'),
    revoked: REVOKED.find((is) => has(`revoked-${is}`)) ?? null,
  }
}
