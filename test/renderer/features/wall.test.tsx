// @vitest-environment jsdom
import { act, fireEvent, screen, within } from '@testing-library/react'
import { expect, onTestFinished, test, vi } from 'vitest'
import { followScene } from '../../../src/renderer/src/features/wall/scene-address.ts'
import { SCENE_MS } from '../../../src/renderer/src/features/wall/use-rotation.ts'
import { drawPage, settle, text, usePage } from '../support.tsx'

usePage()

/** The page as a wall's window draws it, at this scene. */
async function drawWall(scenario = '13,wall', at = 'wall/turnout', preferences = {}) {
  const page = await drawPage(scenario, { at, preferences })
  onTestFinished(followScene())
  await screen.findByRole('contentinfo')
  await settle()
  return page
}
const press = async (key: string, target: Element | Window = window) => {
  fireEvent.keyDown(target, { key })
  await settle()
}
const scene = () => document.querySelector('[data-scene]')?.getAttribute('data-scene')
const figures = () => [...document.querySelectorAll('[data-scene] [data-level]')]

test('[V304] a wall turns by itself, is paused, chosen and turned by keys, and the address says where it is', async () => {
  await drawWall('13,wall,counting')
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] })
  onTestFinished(() => void vi.useRealTimers())
  const pass = async (ms: number) => act(async () => void vi.advanceTimersByTime(ms))
  const key = (name: string) => act(async () => void fireEvent.keyDown(window, { key: name }))
  // From here on the timers are the test's.
  await key('4')
  await key('1')
  const seen = []
  for (let turn = 0; turn < 5; turn++) {
    seen.push(scene())
    await pass(SCENE_MS)
  }
  expect(seen).toEqual(['turnout', 'committees', 'count', 'link', 'turnout'])
  await key(' ')
  const paused = scene()
  await pass(SCENE_MS * 3)
  expect([scene(), location.hash]).toEqual([paused, `#/wall/${paused}?paused`])
  expect(text()).toContain('Paused')
  await key('3')
  expect([scene(), location.hash]).toEqual(['count', '#/wall/count?paused'])
  await key('ArrowRight')
  expect(scene()).toBe('link')
  await key('ArrowLeft')
  await key('ArrowLeft')
  expect(scene()).toBe('committees')
  await key(' ')
  expect(location.hash).toBe('#/wall/committees')
})

test('[V304] a page loaded at an address shows that scene, and stays paused', async () => {
  await drawWall('13,wall', 'wall/link?paused')
  expect([scene(), location.hash]).toEqual(['link', '#/wall/link?paused'])
  expect(text()).toContain('Paused')
})

test('[V305] each scene has three figures at most, each drawn with its doubt, and says why', async () => {
  for (const at of ['turnout', 'committees', 'count'] as const) {
    const { link } = await drawWall('420,wall,counting,offline', `wall/${at}`)
    expect(figures().length).toBeGreaterThan(0)
    expect(figures().length).toBeLessThanOrEqual(3)
    for (const figure of figures()) expect(figure.getAttribute('data-trust')).toBe('doubtful')
    expect(document.querySelector('[data-doubt="doubtful"]')?.textContent).toMatch(
      /Doubtful for \d min.*Last confirmed/,
    )
    link.stop()
    document.body.replaceChildren()
  }
})

test('[V306] 420 committees are 420 tiles, faults first and then by name; few faulty ones are large', async () => {
  await drawWall('420,wall', 'wall/committees')
  const list = screen.getByRole('list', { name: 'Committees, faults first' })
  const tiles = within(list).getAllByRole('listitem')
  expect(tiles).toHaveLength(420)
  const order = tiles.map((tile) => `${tile.dataset['condition']} ${tile.textContent}`)
  const weight = ['over', 'silent', 'count', 'behind', 'fine']
  const people = new Intl.Collator('en', { numeric: true })
  const sorted = [...order].sort((a, b) => {
    const [[ca = '', na = ''], [cb = '', nb = '']] = [a.split(' '), b.split(' ')]
    return weight.indexOf(ca) - weight.indexOf(cb) || people.compare(na, nb)
  })
  expect(order).toEqual(sorted)
  expect(order[0]).not.toMatch(/^fine/)
  expect(list.dataset['large']).toBe('true')
})

test('[V307] every scene has election, clock with zone, link and age; a lost link is said on each, with the time of the figures', async () => {
  await drawWall('13,wall,counting,offline')
  for (const key of ['1', '2', '3', '4']) {
    await press(key)
    const head = screen.getByRole('banner').textContent
    expect(head).toMatch(/Union election 2026/)
    expect(head).toMatch(/\d\d:\d\d Kuwait/)
    expect(head).toMatch(/Offline · data 4 min/)
    expect(screen.getByRole('status').textContent).toMatch(/Offline for 4 min · The figures are of \d\d:\d\d\./)
  }
})

test('[V307] while the link is live there is no band', async () => {
  await drawWall('13,wall')
  expect(screen.getByRole('status').textContent).toBe('')
})

test('[V308] made-up data and an account that may more are said on each scene', async () => {
  await drawWall('13,wall,rehearsal,overpowered')
  for (const key of ['1', '2', '4']) {
    await press(key)
    expect(screen.getByRole('status').textContent).toMatch(/REHEARSAL.*may do more than look/)
  }
})

test('[V310] a key changes the language, another the digits', async () => {
  await drawWall('13,wall')
  await press('a')
  expect([document.documentElement.lang, document.documentElement.dir]).toEqual(['ar', 'rtl'])
  expect(screen.getByRole('banner').textContent).toContain('الكويت')
  await press('d')
  expect(figures()[0]?.textContent).toMatch(/^[٠-٩٫]+/)
})

test('[V311] before anything is counted the rotation passes the count by', async () => {
  await drawWall('13,wall', 'wall/committees?paused')
  await press('ArrowRight')
  expect(scene()).toBe('link')
  await press('3')
  expect(scene()).toBe('count')
})

test('[V312] an unpaired wall asks for a code, says what is wrong with it, and pairs', async () => {
  const { core } = await drawPage('13,wall,no-server', { at: 'wall/turnout' })
  const button = await screen.findByRole('button', { name: 'Pair' })
  fireEvent.click(button)
  expect((await screen.findByRole('alert')).textContent).toMatch(/address/)
  const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
  type('Address of the server', ' https://hub.example ')
  type('Pairing code', 'WRONG')
  fireEvent.click(button)
  await settle()
  expect(screen.getByRole('alert').textContent).toMatch(/wrong, was used, or is too old/)
  type('Pairing code', '٢٣٤٥٦-ABCDE')
  fireEvent.click(button)
  await settle()
  expect(core.calls.at(-1)).toEqual({
    name: 'wall.pair',
    input: { url: 'https://hub.example', plainAccepted: false, code: '23456-ABCDE' },
  })
})

test('[V312] where the server knows no devices the wall is signed in with an account of its own', async () => {
  const { core } = await drawPage('13,wall,no-server', { at: 'wall/turnout' })
  fireEvent.click(await screen.findByLabelText('With an account'))
  await settle()
  const type = (label: string, value: string) => fireEvent.change(screen.getByLabelText(label), { target: { value } })
  type('Address of the server', 'https://tally.example')
  type('Email', 'wall@example.com')
  type('Password', 'wrong')
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
  await settle()
  expect(screen.getByRole('alert').textContent).toMatch(/password/i)
  expect(core.calls.at(-1)).toEqual({
    name: 'wall.sign-in',
    input: { url: 'https://tally.example', email: 'wall@example.com' },
  })
})

test('[V313] a sign-in that ended leaves the figures and says what to do; only P brings a form, and Escape takes it away', async () => {
  await drawWall('13,wall,signed-out')
  const before = figures().map((figure) => figure.textContent)
  expect(before).toHaveLength(3)
  const band = screen.getByRole('status').textContent
  expect(band).toMatch(/Sign-in ended\. The figures are of \d\d:\d\d\. Ask an administrator .* press P here\./)
  expect(document.querySelector('input')).toBeNull()
  await press('p')
  const inputs = [...document.querySelectorAll('input')].filter((input) => input.type !== 'radio')
  expect(inputs.map((input) => input.value).filter((value) => value !== '')).toEqual([expect.stringMatching(/^http:/)])
  await press('Escape')
  expect(figures().map((figure) => figure.textContent)).toEqual(before)
})
