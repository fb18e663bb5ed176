import { TOPICS } from '../../shared/model/change.ts'
import type { CandidateId, CommitteeId } from '../../shared/model/ids.ts'
import type { BallotEntry, Candidate, Committee, Election } from '../../shared/model/records.ts'
import { type EvidenceFacts, utc } from './facts.ts'
import { beginningWords } from './beginning.ts'
import { nistStatus } from './nist-standing.ts'
import { committeesOf } from './sheets-figures.ts'

/**
 * The election report of NIST SP 1500-100 version 2 (schema: usnistgov/ElectionResultsReporting, branch `version2`).
 * Types are ours to say: `@type` is the class of the standard without its namespace, which `typed` adds.
 */
const typed = (type: string, fields: Readonly<Record<string, unknown>>) => ({
  '@type': `ElectionResults.${type}`,
  ...Object.fromEntries(Object.entries(fields).filter(([, value]) => value !== undefined)),
})

const ARABIC = /\p{Script=Arabic}/u
/** The language of a name is not told by any server: what is written in Arabic letters is taken for Arabic. */
const words = (text: string) =>
  typed('InternationalizedText', {
    Text: [typed('LanguageString', { Content: text, Language: ARABIC.test(text) ? 'ar' : 'en' })],
  })

const AREA = 'area'
const unitId = (id: CommitteeId) => `committee-${id}`
const candidateId = (id: CandidateId) => `candidate-${id}`

const identifier = (label: string, value: string) =>
  typed('ExternalIdentifier', { Type: 'other', OtherType: label, Value: value })

/** The whole report, ready to be written as JSON. */
export function nistReport(facts: EvidenceFacts): unknown {
  const { fold, journal, version } = facts
  const [held] = fold.projection.of('election').values()
  const isTest = journal.mode === 'rehearsal'
  return typed('ElectionReport', {
    Format: 'precinct-level',
    // The schema knows whole seconds only.
    GeneratedDate: utc(journal.at).replace(/\.\d+Z$/, 'Z'),
    Issuer: `Tallydesk at ${journal.server}`,
    IssuerAbbreviation: 'Tallydesk',
    IsTest: isTest,
    TestType: isTest ? 'rehearsal' : undefined,
    Notes: notesOf(facts, held?.record),
    SequenceStart: 1,
    SequenceEnd: 1,
    Status: nistStatus(fold),
    VendorApplicationId: `tallydesk/${version}`,
    ExternalIdentifier: [
      identifier('journal', journal.name),
      identifier('journal-cursor', String(journal.cursor)),
      identifier('journal-head', journal.head),
    ],
    GpUnit: gpUnits(facts),
    Party: parties(facts),
    Election: [electionOf(facts, held?.record)],
  })
}

function notesOf({ fold, journal }: EvidenceFacts, election: Election | undefined): string {
  const notes = TOPICS.flatMap((topic) => {
    const trust = fold.projection.trust.of(topic)
    return trust.state === 'doubtful' ? [`${topic} in doubt since ${utc(trust.since)} (${trust.because})`] : []
  })
  if (!election?.date) notes.push('the server gave no election day: the day of the last record stands in for it')
  const beginning = journal.begins ? ` ${beginningWords(journal.begins, utc)}` : ''
  return `As known to one desk at journal record ${journal.cursor}. ${notes.length === 0 ? 'No topic in doubt.' : `${notes.join('; ')}.`}${beginning}`
}

function gpUnits({ fold }: EvidenceFacts): unknown[] {
  const committees = committeesOf(fold)
  const { figures, projection } = fold
  const area = typed('ReportingUnit', {
    '@id': AREA,
    Type: 'other',
    OtherType: 'election-area',
    ComposingGpUnitIds: committees.map(({ id }) => unitId(id)),
    TotalSubUnits: committees.length,
    SubUnitsReported: figures.counts.entries.completed,
    VotersRegistered: figures.electors,
    VotersParticipated: figures.attendance.attended,
  })
  const units = committees.map((committee) =>
    unitOf(committee, projection.of('entry').get(committee.id)?.record, figures.attendance.of(committee.code).attended),
  )
  return [area, ...units]
}

const unitOf = ({ id, code, name, electors }: Committee, entry: BallotEntry | undefined, attended: number) =>
  typed('ReportingUnit', {
    '@id': unitId(id),
    Type: 'precinct',
    Name: words(name),
    Number: code,
    ExternalIdentifier: [typed('ExternalIdentifier', { Type: 'local-level', Value: code })],
    VotersRegistered: electors,
    VotersParticipated: attended,
    CountStatus: [typed('CountStatus', { Type: 'total', Status: countStatus(entry) })],
  })

function countStatus(entry: BallotEntry | undefined): string {
  if (!entry || entry.status === 'NOT_STARTED') return 'not-processed'
  return entry.status === 'VERIFIED' ? 'completed' : 'in-process'
}

const COLOR = /^#?([0-9a-f]{6})$/

function parties({ fold }: EvidenceFacts): unknown[] {
  return [...fold.projection.of('party').values()]
    .map((held) => held.record)
    .sort((a, b) => a.id - b.id)
    .map(({ id, name, color }) =>
      typed('Party', { '@id': `party-${id}`, Name: words(name), Color: COLOR.exec(color.toLowerCase())?.[1] }),
    )
}

const candidatesOf = ({ fold }: EvidenceFacts): Candidate[] =>
  [...fold.projection.of('candidate').values()].map((held) => held.record).sort((a, b) => a.id - b.id)

function electionOf(facts: EvidenceFacts, election: Election | undefined): unknown {
  const day = election?.date ?? utc(facts.journal.at).slice(0, 10)
  return typed('Election', {
    Type: 'general',
    Name: words(election?.name ?? facts.journal.name),
    StartDate: day,
    EndDate: day,
    ElectionScopeId: AREA,
    ExternalIdentifier: [identifier('election', String(facts.journal.election))],
    Candidate: candidatesOf(facts).map(({ id, name, number, party }) =>
      typed('Candidate', {
        '@id': candidateId(id),
        BallotName: words(name),
        ExternalIdentifier: [typed('ExternalIdentifier', { Type: 'local-level', Value: String(number) })],
        PartyId: party !== null && facts.fold.projection.of('party').has(party) ? `party-${party}` : undefined,
      }),
    ),
    BallotCounts: ballotCounts(facts),
    Contest: [contestOf(facts, election)],
  })
}

function ballotCounts({ fold }: EvidenceFacts): unknown[] {
  const { projection, figures } = fold
  const each = committeesOf(fold).flatMap(({ id }) => {
    const entry = projection.of('entry').get(id)?.record
    if (!entry || entry.status === 'NOT_STARTED') return []
    return [
      typed('BallotCounts', {
        GpUnitId: unitId(id),
        Type: 'total',
        BallotsCast: entry.cast,
        BallotsRejected: entry.invalid,
      }),
    ]
  })
  if (each.length === 0) return []
  const { cast, invalid } = figures.counts
  return [
    typed('BallotCounts', { GpUnitId: AREA, Type: 'total', BallotsCast: cast, BallotsRejected: invalid }),
    ...each,
  ]
}

function contestOf(facts: EvidenceFacts, election: Election | undefined): unknown {
  const { fold } = facts
  const most = Math.max(1, election?.maxCandidatesPerBallot ?? 1)
  const byParty = election?.votingMode === 'FULL_PARTY'
  return typed('CandidateContest', {
    '@id': 'contest',
    Name: election?.name ?? facts.journal.name,
    ElectionDistrictId: AREA,
    VotesAllowed: most,
    VoteVariation: byParty ? 'other' : most > 1 ? 'n-of-m' : 'plurality',
    OtherVoteVariation: byParty ? 'full-party' : undefined,
    TotalSubUnits: fold.projection.of('committee').size,
    SubUnitsReported: fold.figures.counts.entries.completed,
    ContestSelection: selectionsOf(facts),
  })
}

function selectionsOf(facts: EvidenceFacts): unknown[] {
  const { projection, figures } = facts.fold
  const counts = new Map<CandidateId, unknown[]>()
  const held = [...projection.of('count').values()].sort((a, b) => a.record.committee - b.record.committee)
  for (const { record } of held) {
    // A count of a committee this desk has not read has no unit to name.
    if (!projection.of('committee').has(record.committee)) continue
    const its = counts.get(record.candidate) ?? []
    its.push(typed('VoteCounts', { GpUnitId: unitId(record.committee), Type: 'total', Count: record.votes }))
    counts.set(record.candidate, its)
  }
  return candidatesOf(facts).map(({ id, number }) => {
    const each = counts.get(id) ?? []
    const sum = typed('VoteCounts', { GpUnitId: AREA, Type: 'total', Count: figures.counts.candidate(id).votes })
    return typed('CandidateSelection', {
      '@id': `selection-${id}`,
      CandidateIds: [candidateId(id)],
      SequenceOrder: number,
      VoteCounts: each.length === 0 ? [] : [sum, ...each],
    })
  })
}
