import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import { assertNever } from '../../../../shared/result.ts'
import { codeOf, findingsOf, ruleWords, sumsOnly } from '../../../../shared/sheet/rules.ts'
import type { Evidence, Incident } from '../../../../shared/view/incident.ts'
import { type Format, useFormat } from '../../i18n/format.ts'
import type { Language } from '../../i18n/words.ts'
import { usePreferences } from '../../store/preferences.ts'
import { to } from '../../store/route.ts'

const SECOND = 1_000
const MEGABYTE = 1_000_000

/** What it is, and where: `m4 · Silent committee`. */
export function useIncidentTitle(): (incident: Pick<Incident, 'evidence' | 'topic' | 'committee'>) => string {
  const { t } = useTranslation()
  const format = useFormat()
  return ({ evidence, committee, topic }) => {
    const title = t(`incidents.title.${evidence.is}`)
    if (committee) return `\u2068${format.digitsOf(committee.code)}\u2069 · ${title}`
    return evidence.is === 'doubt' && topic ? `${t(`common.topic.${topic}`)} · ${title}` : title
  }
}

/** The figures that prove it, in a sentence or two. */
export function useEvidenceWords(): (evidence: Evidence) => string {
  const { t } = useTranslation()
  const format = useFormat()
  const language = usePreferences((preferences) => preferences.language)
  return (evidence) => evidenceWords(t, format, language, evidence)
}

function evidenceWords(t: TFunction, format: Format, language: Language, evidence: Evidence): string {
  const n = format.number
  switch (evidence.is) {
    case 'link':
      return t('incidents.evidence.link', { state: t(`link.state.${evidence.state}`) })
    case 'doubt':
      return `${t(`common.doubt.${evidence.because}`)}.`
    case 'silent':
      return silentWords(t, format, evidence)
    case 'over':
      return t('incidents.evidence.over', { attended: n(evidence.attended), electors: n(evidence.electors) })
    case 'count':
      return sheetWords(format, language, evidence)
    case 'outbox': {
      const { waiting: count, oldestAt } = evidence
      return t('incidents.evidence.outbox', { count, n: n(count), time: format.clock(oldestAt) })
    }
    case 'refused': {
      const count = evidence.count - evidence.handled
      return t('incidents.evidence.refused', { count, n: n(count) })
    }
    case 'disk':
      return t('incidents.evidence.disk', { n: n(Math.floor(evidence.freeBytes / MEGABYTE)) })
    case 'clock': {
      const seconds = n(Math.round(Math.abs(evidence.skewMs) / SECOND))
      return t(evidence.skewMs > 0 ? 'incidents.evidence.clockAhead' : 'incidents.evidence.clockBehind', { n: seconds })
    }
    case 'target': {
      const { attended, electors, expected, target } = evidence
      const figures = { attended: n(attended), electors: n(electors), expected: n(expected) }
      return t('incidents.evidence.target', { ...figures, target: format.share(target, 1) })
    }
    case 'quarantine':
      return t('incidents.evidence.quarantine', { n: n(evidence.lately), m: n(evidence.total) })
    case 'lost-end':
      return lostWords(t, format, evidence)
    default:
      return assertNever(evidence)
  }
}

type Of<Is extends Evidence['is']> = Extract<Evidence, { is: Is }>

function silentWords(t: TFunction, format: Format, { lastMarkAt, missed, elsewhere, perHour }: Of<'silent'>): string {
  const n = format.number
  const last =
    lastMarkAt === null
      ? t('incidents.evidence.silentNone')
      : t('incidents.evidence.silentLast', { time: format.clock(lastMarkAt) })
  const usual = { missed: n(missed), elsewhere: n(elsewhere), perHour: n(perHour) }
  return `${last} ${t('incidents.evidence.silent', usual)}`
}

/** What is gone, since when, and whether anything that was called saved was in it. */
function lostWords(t: TFunction, format: Format, { after, through, lastAt, saved }: Of<'lost-end'>): string {
  const rows = { from: format.number(after + 1), to: format.number(through) }
  const at =
    lastAt > 0 ? t('incidents.evidence.lostEndAt', { time: format.clock(lastAt), date: format.date(lastAt) }) : ''
  const which = saved === false ? 'unsaved' : saved ? 'saved' : 'unknown'
  return [t('incidents.evidence.lostEnd', rows), at, t(`incidents.evidence.lostEndOf.${which}`)].join(' ')
}

/** Each rule as the supervisor reads it, with its code: they are asked on the telephone by it. */
function sheetWords(
  format: Format,
  language: Language,
  { findings, votes: sum, perBallot, ...sheet }: Of<'count'>,
): string {
  const found = findingsOf(sumsOnly({ ...sheet, sum, perBallot: perBallot ?? 0 }))
  return findings
    .flatMap((name) => {
      const code = codeOf(name)
      if (code === null) return []
      const figures = found.find((finding) => finding.code === code)
      const said = (n: number | undefined) => (n === undefined ? '—' : format.number(n))
      const figure = { n: said(figures?.n ?? sum), most: said(figures?.most), place: '' }
      return [`${code} ${ruleWords(code, 'supervisor', language, figure)}`]
    })
    .join(' ')
}

/** Where it is looked into; null: here. */
export function placeOf({ evidence, committee }: Pick<Incident, 'evidence' | 'committee'>): string | null {
  switch (evidence.is) {
    case 'link':
    case 'doubt':
    case 'clock':
    case 'quarantine':
      return to('link')
    case 'silent':
    case 'over':
      return committee === null ? to('attendance') : to('committee', { code: committee.code })
    case 'count':
      return to('count', { committee: committee?.code })
    case 'target':
      return to('radar')
    case 'outbox':
    case 'refused':
    case 'disk':
    case 'lost-end':
      return null
    default:
      return assertNever(evidence)
  }
}
