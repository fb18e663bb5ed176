import type { LinkState } from '../../shared/model/link.ts'
import type { Note } from './notify.ts'
import type { TraySign } from './tray.ts'

const SIGNS: Readonly<Record<LinkState, TraySign>> = {
  live: { tone: 'good', words: 'Live' },
  'catching-up': { tone: 'waiting', words: 'Catching up' },
  stale: { tone: 'waiting', words: 'Stale' },
  offline: { tone: 'bad', words: 'Offline' },
  'signed-out': { tone: 'off', words: 'Signed out' },
  refused: { tone: 'bad', words: 'Stopped by server' },
}

const LOST: Partial<Record<LinkState, string>> = {
  offline: 'The server is not reached. The desk keeps trying; what you enter is kept.',
  'signed-out': 'Sign in again to see live figures. What you enter is kept.',
  refused: 'The server has stopped this desk. The Link page says why.',
}

/**
 * What the tray shows of the link, and what is worth a note: the first loss after the link was live, and its return.
 * In between a link may come and go without a word, so that a bad line does not become a stream of notes.
 */
export function linkSigns(show: (sign: TraySign) => void, note: (note: Note) => void): (state: LinkState) => void {
  let shown: LinkState | null = null
  let trusted: 'not-yet' | 'live' | 'lost' = 'not-yet'
  return (state) => {
    if (state === shown) return
    shown = state
    show(SIGNS[state])
    const why = LOST[state]
    if (trusted === 'live' && why !== undefined) {
      trusted = 'lost'
      note({ title: `Tallydesk: ${SIGNS[state].words}`, body: why })
    } else if (state === 'live') {
      if (trusted === 'lost')
        note({ title: 'Tallydesk: Live', body: 'The link is back and the figures are caught up.' })
      trusted = 'live'
    }
  }
}
