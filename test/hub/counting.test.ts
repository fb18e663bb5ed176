import { expect, test } from 'vitest'
import { hub, type Json, type Person, signIn } from './fixture.ts'

const sheet = (committeeId: number, votes: number[], more: Json = {}): Json => ({
  committeeId,
  voteCounts: votes.map((voteCount, index) => ({ candidateId: index + 1, voteCount })),
  totalBallotsCast: 6,
  invalidBallots: 1,
  ...more,
})
const BULK = '/api/voting/vote-counts/bulk_entry/'

async function counted(admin: Person): Promise<void> {
  for (const [committee, votes] of [
    [1, [3, 2, 0]],
    [2, [1, 2, 1]],
  ] as const) {
    const { status, body } = await admin.post(BULK, sheet(committee, [...votes]))
    expect(status).toBe(201)
    expect(body['data']).toEqual({ committeeEntryId: committee, created: 3, updated: 0, total: 3 })
    expect((await admin.patch(`/api/voting/committee-entries/${committee}/verify/`, {})).status).toBe(200)
  }
}

test('[B48] an impossible sheet is refused whole', async () => {
  const { url, store } = await hub()
  const admin = await signIn(url)
  const twice = [
    { candidateId: 1, voteCount: 1 },
    { candidateId: 1, voteCount: 2 },
  ]
  for (const [bad, field] of [
    [sheet(1, [1], { invalidBallots: 7 }), 'invalidBallots'],
    [sheet(1, [7]), 'voteCount'],
    [sheet(1, [1, 1, 1, 1]), 'voteCounts'],
    [sheet(1, [], { voteCounts: twice }), 'voteCounts'],
    [sheet(9, [1]), 'committeeId'],
    [sheet(1, [-1]), 'voteCounts.0.voteCount'],
    [sheet(1, [1.5]), 'voteCounts.0.voteCount'],
    [sheet(1, [1], { totalBallotsCast: undefined }), 'totalBallotsCast'],
  ] as const) {
    const answer = await admin.post(BULK, bad)
    expect([answer.status, Object.keys(answer.body['errors'])], answer.text).toEqual([400, [field]])
  }
  expect(store.position().seq).toBe(0)
  expect((await admin.get('/api/voting/committee-entries/')).body['data']).toEqual([])
})

test('[B49] an entry is verified by verify only, and a changed figure takes it back', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  const supervisor = await signIn(url, 'supervisor')
  await supervisor.post(BULK, sheet(1, [1, 2, 3]))
  const entry = '/api/voting/committee-entries/1/'
  const patched = await supervisor.patch(entry, { status: 'VERIFIED', notes: 'please look' })
  expect(patched.body['data']).toMatchObject({
    status: 'COMPLETED',
    notes: 'please look',
    validBallots: 5,
    completionPercentage: 100,
  })
  const sneaky = await supervisor.patch('/api/voting/vote-counts/1/', { isVerified: true, status: 'VERIFIED' })
  expect(sneaky.body['data']).toMatchObject({ isVerified: false, status: 'SUBMITTED' })
  await admin.patch(`${entry}verify/`, {})
  expect((await admin.patch(`${entry}verify/`, {})).status).toBe(400)
  expect((await admin.get(entry)).body['data']).toMatchObject({ status: 'VERIFIED', verifiedByName: 'Ada Test' })
  expect((await admin.patch('/api/voting/vote-counts/1/verify/', {})).status).toBe(400)
  const changed = await supervisor.patch('/api/voting/vote-counts/1/', { voteCount: 2 })
  expect(changed.body['data']).toMatchObject({ voteCount: 2, isVerified: false, verifiedBy: null, status: 'SUBMITTED' })
  expect((await admin.get(entry)).body['data']).toMatchObject({ status: 'COMPLETED', verifiedBy: null })
  await admin.patch(`${entry}verify/`, {})
  expect((await supervisor.post(BULK, sheet(1, [1, 1, 1]))).body['data']).toMatchObject({ created: 0, updated: 3 })
  expect((await admin.get(entry)).body['data'].status).toBe('COMPLETED')
  const audit = (await admin.get('/api/voting/vote-counts/1/audit/')).body['data']
  expect(audit.map((row: Json) => [row.action, row.oldValue, row.newValue])).toEqual([
    ['UPDATED', 2, 1],
    ['VERIFIED', 2, 2],
    ['UPDATED', 1, 2],
    ['VERIFIED', 1, 1],
    ['UPDATED', 1, 1],
    ['CREATED', null, 1],
  ])
})

test('[B50] results wait for every verification, add up exactly, share ranks and stay published', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  await admin.mark('70001')
  expect((await admin.get('/api/voting/results/')).status).toBe(404)
  await admin.post(BULK, sheet(1, [3, 2, 0]))
  const early = await admin.post('/api/voting/results/generate/')
  expect(early.body).toMatchObject({
    message: 'Not all committees are verified (0/2)',
    errors: { canGeneratePreliminary: true, verified: 0, total: 2 },
  })
  expect((await admin.get('/api/voting/committee-entries/progress/')).body['data']).toMatchObject({
    ...{ totalCommittees: 2, entriesCreated: 1, completed: 1, verified: 0, notStarted: 1 },
    committees: [
      { committeeCode: 'm1', status: 'COMPLETED' },
      { committeeCode: 'FC#28', status: 'NOT_STARTED' },
    ],
  })
  await admin.patch('/api/voting/committee-entries/1/verify/', {})
  await admin.post(BULK, sheet(2, [1, 2, 1]))
  await admin.patch('/api/voting/committee-entries/2/verify/', {})
  const made = await admin.post('/api/voting/results/generate/')
  expect(made.status).toBe(201)
  expect(made.body['data']).toMatchObject({
    ...{ status: 'PRELIMINARY', totalRegisteredElectors: 12, totalAttendance: 1, turnoutPercentage: 8.33 },
    ...{ totalBallotsCast: 12, totalInvalidBallots: 2, totalValidBallots: 10 },
  })
  const rows = made.body['data'].resultsData.candidates
  expect(rows.map((row: Json) => [row.candidateName, row.party, row.totalVotes, row.rank, row.votePercentage])).toEqual(
    [
      ['Candidate One', 'Blue', 4, 1, 40],
      ['Candidate Two', 'Independent', 4, 1, 40],
      ['Candidate Three', 'Blue', 1, 3, 10],
    ],
  )
  expect((await admin.post('/api/voting/results/generate/')).status).toBe(200)
  expect((await admin.post('/api/voting/results/publish/')).body['data']).toMatchObject({
    status: 'PUBLISHED',
    publishedByName: 'Ada Test',
  })
  expect((await admin.post('/api/voting/results/publish/')).status).toBe(400)
  expect((await admin.post('/api/voting/results/generate/')).status).toBe(400)
  expect((await admin.get('/api/voting/results/')).body['data'].status).toBe('PUBLISHED')
  expect((await admin.get('/api/voting/results/summary/')).body['data'].winners).toHaveLength(2)
  expect((await admin.get('/api/voting/results/by-committee/')).body['data'][1]).toMatchObject({
    validBallots: 5,
    status: 'VERIFIED',
  })
})

test('[B50] unverified figures are not in the tally', async () => {
  const { url } = await hub()
  const admin = await signIn(url)
  await counted(admin)
  expect((await admin.get('/api/candidates/1/')).body['data'].totalVotes).toBe(4)
  await admin.patch('/api/voting/vote-counts/1/', { voteCount: 5 })
  expect((await admin.get('/api/candidates/1/vote_counts/')).body['data'].summary).toMatchObject({
    ...{ totalVotes: 1, committeesCounted: 2, pendingVerification: 1 },
  })
  expect((await admin.get('/api/voting/vote-counts/?candidate=1&is_verified=false')).body['data']).toHaveLength(1)
})
