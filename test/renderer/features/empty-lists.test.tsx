// @vitest-environment jsdom
import { screen, waitFor } from '@testing-library/react'
import { beforeEach, expect, test } from 'vitest'
import { ar } from '../../../src/renderer/src/i18n/ar.ts'
import { en } from '../../../src/renderer/src/i18n/en.ts'
import { usePreferences } from '../../../src/renderer/src/store/preferences.ts'
import { useSceneAddress } from '../../../src/renderer/src/features/wall/scene-address.ts'
import { drawPage, settle, text, usePage } from '../support.tsx'

usePage()
// What a wall showed must not be where the next page begins.
beforeEach(() => useSceneAddress.setState({ at: null }))

/** Every list and chart of the window and what it says while there is nothing. */
const LISTS = {
  board: 'board.noElectionText',
  guarantees: 'lists.guarantees.empty',
  'guarantees?view=sums': 'pledges.nobody',
  radar: 'pledges.radar.empty',
  'radar?list=calls': 'pledges.calls.empty',
  attendance: 'lists.attendance.empty',
  'attendance?view=hours': 'attend.hours.empty',
  'attendance?view=reconcile': 'attend.reconcile.empty',
  count: 'lists.count.empty',
  results: 'lists.results.empty',
  'results?view=parties': 'lists.results.empty',
  'results?view=committees': 'results.sheetsEmpty',
  'results?view=lead': 'results.leadEmpty',
  'results?view=counts': 'lists.count.empty',
  'committee?code=m4': 'board.committeesEmpty',
} as const
const AT = Object.keys(LISTS) as (keyof typeof LISTS)[]

/** What says the same whether or not anything was read: it is this desk's own. */
const OWN = ['incidents', 'conflicts', 'link'] as const

/** With rows and without filters on them, and with none that fit. */
const FILTERED = [
  'guarantees?committee=zz',
  'attendance?committee=zz',
  'radar?list=calls&committee=zz',
  'count?committee=zz',
  'results?view=counts&committee=zz',
  'results?view=committees&q=zzzz',
]

function words(of: object, key: string): string {
  let at: unknown = of
  for (const part of key.split('.')) at = (at as Record<string, unknown>)[part]
  if (typeof at !== 'string') throw new Error(`no words: ${key}`)
  return at
}

/** Lists and tables that hold nothing, in whose box no sentence stands. */
function wordless(): string[] {
  const lists = [...document.querySelectorAll('main ul, main ol, main table, main [role="table"], main [role="grid"]')]
  return lists.flatMap((list) => {
    if (list.querySelector('li, td, [role="cell"], [role="gridcell"], [aria-busy="true"]')) return []
    const box = list.closest('section, .panel') ?? list.parentElement
    const said = [...(box?.querySelectorAll('p') ?? [])].some((line) => /\S+ \S+.*[.؟?]/.test(line.textContent ?? ''))
    return said ? [] : [`${list.tagName} ${list.getAttribute('aria-label') ?? list.className}`]
  })
}

test.each(AT)('[V29] [V458] [V459] %s without anything says what will appear', async (at) => {
  await drawPage('none', { at })
  await screen.findAllByText(words(en, LISTS[at]))
  await settle()
  expect(wordless()).toEqual([])
  expect(text()).not.toContain(en.lists.noMatch)
})

test('[V460] What the account may not read is said to be so, in both languages', async () => {
  await drawPage('unread,clerk', { at: 'attendance' })
  await screen.findByText(en.common.unread.notAllowed)
  expect(screen.queryByText(en.common.unread.link)).toBeNull()
  usePreferences.getState().set({ language: 'ar' })
  await screen.findByText(ar.common.unread.notAllowed)
})

test.each([...AT, ...OWN])('[V458] %s of a day before its polls has no empty list without words', async (at) => {
  await drawPage('13,quiet', { at })
  await settle()
  expect(wordless()).toEqual([])
})

test.each(AT)(
  '[V460] [V461] [V420] [V421] %s of a console that never reached its server says so, once, and no zero',
  async (at) => {
    await drawPage('unread', { at })
    await screen.findAllByText(en.common.unread.title)
    await settle()
    expect(screen.getAllByText(en.common.unread.link)[0]?.getAttribute('href')).toBe('#/link')
    expect(text()).not.toContain(words(en, LISTS[at]))
    expect(wordless()).toEqual([])
    const figures = [...document.querySelectorAll('main [data-figure]')].map((figure) => figure.textContent ?? '')
    expect(figures.filter((figure) => /^0( |$)/.test(figure))).toEqual([])
    expect(zeros('main')).toEqual([])
    expect(screen.getAllByText(en.common.unread.title)).toHaveLength(1)
  },
)

test.each(FILTERED)('[V458] %s says that the filters leave nothing and how to see all again', async (at) => {
  await drawPage('13,counting', { at })
  await screen.findByText(en.lists.noMatch)
  await screen.findByText(en.lists.noMatchText)
  expect(wordless()).toEqual([])
  expect(screen.getAllByRole('button', { name: en.common.clear }).length).toBeGreaterThan(0)
})

/** Every piece of text in sight and every name of a control in which a zero stands alone. */
function zeros(within: string): string[] {
  const lone = /(^|[^\d.,:\u202f])0([^\d.,:]|$)/
  const boxes = [...document.querySelectorAll(within)]
  return boxes.flatMap((box) => {
    const named = [...box.querySelectorAll('[aria-label]')].map((each) => each.getAttribute('aria-label') ?? '')
    const pieces: string[] = []
    const walker = document.createTreeWalker(box, NodeFilter.SHOW_TEXT)
    while (walker.nextNode()) pieces.push(walker.currentNode.textContent ?? '')
    return [...named, ...pieces].filter((piece) => lone.test(piece))
  })
}

test.each(['turnout', 'committees', 'count'])(
  '[V420] a wall that never read anything shows no zero: %s',
  async (scene) => {
    await drawPage('unread,wall', { at: `wall/${scene}` })
    await waitFor(() => expect(document.querySelector('main [data-scene], main p')).not.toBeNull())
    await settle()
    expect(zeros('[data-wall] main')).toEqual([])
    expect(text()).not.toContain(en.wall.noCommittees)
  },
)

/** Where guarantees and counts stand beside what was read; what of each screen is made of them. */
const PARTLY = {
  board: '[aria-label="Pledged who came"], [aria-label="Counted"]',
  'committee?code=m1': '[aria-label="Pledges"], [aria-label="Count sheet"]',
  count: 'main',
  'results?view=committees': 'main',
  radar: 'main',
  guarantees: 'main',
} as const

test.each(Object.entries(PARTLY))(
  '[V420] %s shows no zero of what was not read beside what was',
  async (at, within) => {
    await drawPage('13,part-read', { at })
    await waitFor(() => expect(document.querySelectorAll(within).length).toBe(within.split(',').length))
    await waitFor(() => expect(document.querySelector('main [data-figure]')).not.toBeNull())
    await settle()
    expect(zeros(within)).toEqual([])
    const said = [...document.querySelectorAll(within)].map((box) => box.textContent ?? '').join(' ')
    for (const stage of [en.sheet.stage['not-started'], en.board.notStarted, en.committee.pledges.none])
      expect(said).not.toContain(stage)
  },
)

test.each(['offline', 'stale', 'signed-out', 'refused'] as const)(
  '[V422] %s before anything was read: the bar speaks of no figures as last heard',
  async (state) => {
    await drawPage(`unread,${state}`)
    await screen.findByText(en.link.meansBlank[state])
    expect(text()).not.toContain('last heard')
    usePreferences.getState().set({ language: 'ar' })
    await screen.findByText(ar.link.meansBlank[state])
  },
)

test('[V422] after one topic was read the bar speaks of its figures', async () => {
  await drawPage('part-read,offline')
  await screen.findByText(en.link.means.offline)
})

test('[V420] in Arabic nothing follows from a zero that was not read: not that all of them came', async () => {
  await drawPage('13,part-read', { preferences: { language: 'ar' } })
  const card = await screen.findByRole('group', { name: ar.board.pledged })
  await settle()
  expect(card.textContent).toContain(`${ar.pledges.radar.missing} —`)
  expect(card.textContent).not.toContain(ar.board.notSeen_zero)
})

/** Where who came stands beside what was read: one box of each. */
const UNMARKED = {
  board: '[aria-label="Turnout"] [data-figure], tr[data-condition] [data-figure], [aria-label="Turnout"] [role="img"]',
  'committee?code=m1': '[aria-label="Turnout"]',
  count: 'nav[aria-label] ~ ul',
  'attendance?view=reconcile&committee=m1': '[aria-label="Marked, told, on paper"] dl > div:nth-child(2)',
} as const

test.each(Object.entries(UNMARKED))(
  '[V420] %s shows no share of nothing where who came was never read',
  async (at, within) => {
    await drawPage('13,came-unread', { at })
    await waitFor(() => expect(document.querySelector(within)).not.toBeNull())
    await settle()
    expect(zeros(within)).toEqual([])
    const said = [...document.querySelectorAll(within)].map((box) => box.textContent ?? '').join(' ')
    expect(said).toContain('—')
    expect(said).not.toMatch(/(^|[^\d])0\.0/)
  },
)
