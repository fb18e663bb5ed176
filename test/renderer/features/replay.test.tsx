// @vitest-environment jsdom
import { act, fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { steppedTo } from '../../../src/renderer/src/features/replay/steps.ts'
import { letGo } from '../../../src/renderer/src/store/freeze.ts'
import { drawPage, type Page, screen, settle, usePage } from '../support.tsx'

usePage()
const press = (key: string, more: object = {}) => fireEvent.keyDown(document.body, { key, ...more })
const calls = ({ core }: Page, name: string) =>
  core.calls.filter((call) => call.name === name).map(({ input }) => input)

async function lookBack(scenario = '13', options = {}) {
  const page = await drawPage(scenario, options)
  await screen.findByText('Live')
  fireEvent.click(screen.getByRole('button', { name: 'Recorded days' }))
  fireEvent.click((await screen.findAllByRole('button', { name: 'Look' }))[0]!)
  const slider = await screen.findByRole('slider', { name: 'Time of the recorded day' })
  return { ...page, slider }
}

test('[T30] arrows step a minute, with Shift ten, Page keys an hour, to either end; later is to the right in every language', () => {
  const day = { from: 0, to: 10_000_000 }
  const at = 5_000_000
  const go = (key: string, shiftKey = false) => steppedTo({ key, shiftKey }, at, day)
  expect(go('ArrowRight')).toBe(at + 60_000)
  expect(go('ArrowLeft', true)).toBe(at - 600_000)
  expect(go('PageUp')).toBe(at + 3_600_000)
  expect(go('Home')).toBe(0)
  expect(go('End')).toBe(day.to)
  expect(go('x')).toBeNull()
  expect(steppedTo({ key: 'ArrowLeft', shiftKey: false }, 5, day)).toBe(0)
})

test('[T30] Space plays and pauses, the speeds are chosen beside, l leads back', async () => {
  const page = await lookBack()
  fireEvent.keyDown(page.slider, { key: ' ' })
  await waitFor(() => expect(calls(page, 'replay.play')).toEqual([{ speed: 60 }]))
  fireEvent.click(screen.getByRole('button', { name: '300×' }))
  await waitFor(() => expect(calls(page, 'replay.play')).toEqual([{ speed: 60 }, { speed: 300 }]))
  press(' ')
  await waitFor(() => expect(calls(page, 'replay.pause')).toHaveLength(1))
  press('l')
  await waitFor(() => expect(screen.queryByRole('slider', { name: 'Time of the recorded day' })).toBeNull())
  expect(calls(page, 'replay.close')).toHaveLength(1)
})

test('[T31] in a replay each control that would do something says why it does not', async () => {
  await lookBack('13', { at: 'attendance' })
  expect((await screen.findAllByText(/nothing in it can be changed/)).length).toBeGreaterThan(0)
  const mark = screen.getByRole('button', { name: /Mark attended/ })
  expect(mark.getAttribute('aria-disabled')).toBe('true')
  expect(mark.getAttribute('aria-description')).toMatch(/nothing in it can be changed/)
})

/** What would do something, screen by screen; and dialogs, by their address. */
const DOING: readonly (readonly [string, readonly RegExp[]])[] = [
  ['attendance', [/^Correct the mark of/]],
  ['attendance?view=reconcile&committee=m1', [/^(Count the paper|Count again|Type)/]],
  ['guarantees', [/^New guarantee/, /^Change many/, /^More for/]],
  ['guarantees?open=views', [/^Save$/, /^Remove/]],
  ['radar?list=calls', [/^Take the call/, /CSV/]],
  ['count?committee=m2', [/^Verify/, /^Enter the count sheet/, /types? each sheet|type each sheet/]],
  ['results', [/^Add up/, /^Publish/]],
  ['incidents', [/^Sound/, /^Rules and sound/]],
  ['incidents?open=shift', [/^Hand over$/]],
  ['conflicts', [/^(Keep|Take|Undo|Enter|Let|It)/]],
  ['board?open=zone', [/^(Use|Tell|Set|Keep)/]],
  ['board?open=evidence', [/^Make/]],
  ['link?open=keeping', [/^Save$/]],
  ['board?open=yours', [/^Undo…$/, /^I have read/]],
]

test.each(DOING)('[T31] %s of a replay: what would do something looks and says that it does not', async (at, named) => {
  const page = await drawPage('13,counting,yours,conflicts,replay', { at })
  await screen.findByRole('slider', { name: 'Time of the recorded day' })
  for (const name of named) {
    const found = await screen.findAllByRole('button', { name, hidden: true })
    for (const button of found.slice(0, 3)) {
      const what = `${name} ${button.textContent}`
      expect(button.getAttribute('aria-disabled'), what).toBe('true')
      expect(button.getAttribute('aria-description') ?? button.textContent, what).toMatch(
        /nothing in it can be changed/,
      )
      if (button.textContent) expect(button.dataset['disabled'], what).toBe('true')
      fireEvent.click(button)
    }
  }
  expect(page.core.calls.filter(({ name }) => !/^(replay|elector)\./.test(name))).toEqual([])
})

test.each(['count?committee=m9&sheet=open', 'guarantees?open=new', 'incidents?open=rules', 'results?open=publish'])(
  '[T31] %s of a replay opens nothing to be filled in',
  async (at) => {
    await drawPage('13,counting,replay', { at })
    await screen.findByRole('slider', { name: 'Time of the recorded day' })
    await settle()
    expect(screen.queryByRole('dialog')).toBeNull()
    expect(screen.getByRole('heading', { level: 1 }).textContent).not.toContain('Count sheet')
  },
)

test('[T32] in Arabic the bar has its words and time still runs from left to right', async () => {
  await drawPage('13', { preferences: { language: 'ar' } })
  fireEvent.click(await screen.findByRole('button', { name: 'الأيام المسجَّلة' }))
  fireEvent.click((await screen.findAllByRole('button', { name: 'عرض' }))[0]!)
  const slider = await screen.findByRole('slider', { name: 'وقت اليوم المسجَّل' })
  expect(slider.closest('[dir]')?.getAttribute('dir')).toBe('ltr')
})

test('[T33] a recording that is not shown, or not to its end, is told with the reason', async () => {
  const page = await lookBack()
  act(() => {
    page.core.replay.become({ is: 'live', fault: { is: 'chain-broken', cursor: 50, detail: 'wrong-hash at 50' } })
  })
  const alert = await screen.findByText(/its chain breaks at event 50/)
  expect(alert.textContent).toContain('wrong-hash at 50')
})

const turnout = () => screen.getByRole('group', { name: 'Turnout' }).textContent

test('[T35] while the screen is held its figures stay, what comes is counted, and letting go shows the newest at once', async () => {
  const { core } = await drawPage('13')
  await screen.findByText('Live')
  const before = turnout()
  press('f')
  await screen.findByText(/Held still since/)
  for (let mark = 0; mark < 3; mark++) act(core.tick)
  await screen.findByText(/3 events held, nothing lost/)
  expect(turnout()).toBe(before)
  press('f')
  await waitFor(() => expect(turnout()).not.toBe(before))
  expect(screen.queryByText(/Held still since/)).toBeNull()
})

test('[T36] what is opened while the screen is held is told to be of its own moment', async () => {
  await drawPage('13')
  await screen.findByText('Live')
  press('f')
  await screen.findByText(/Held still since/)
  press('g')
  press('g')
  await screen.findByText(/What you opened meanwhile is of/)
  act(() => letGo())
})

test('[T37] a recorded day is paused, not held', async () => {
  await lookBack()
  press('f')
  fireEvent.click(
    document.querySelector('[aria-description="This is a recorded day: pause it with Space."]') as Element,
  )
  await screen.findByText('This is a recorded day: pause it with Space.')
  expect(screen.queryByText(/Held still since/)).toBeNull()
})

test('[T34] while the thumb moves nothing else is drawn; where it rests the screen is that of its moment', async () => {
  const { core, slider } = await lookBack()
  slider.setPointerCapture = () => undefined
  const before = turnout()
  fireEvent.pointerDown(slider, { clientX: 10, pointerId: 1 })
  for (let mark = 0; mark < 3; mark++) act(core.tick)
  await new Promise((drawn) => setTimeout(drawn))
  expect(turnout()).toBe(before)
  await waitFor(() => expect(turnout()).not.toBe(before))
  fireEvent.pointerUp(slider, { pointerId: 1 })
})

test('[J170] a pack is brought as any file; of one without its journal it is said what to bring instead', async () => {
  const page = await drawPage('13')
  await screen.findByText('Live')
  fireEvent.click(screen.getByRole('button', { name: 'Recorded days' }))
  await screen.findByText(/or an evidence pack made with its journal/)
  const choose = async (name: string) => {
    await screen.findByRole('button', { name: /^Open a file of another desk/ })
    const field = document.querySelector<HTMLInputElement>('input[type="file"]')!
    fireEvent.change(field, { target: { files: [new File([new Uint8Array([0x50, 0x4b, 3, 4, 0, 0])], name)] } })
  }
  await choose('pack-without-journal.zip')
  await screen.findByText(/^This evidence pack was made without its journal.*Put the journal itself in.*journal backup/)
  await choose('pack-with-journal.zip')
  await waitFor(() => expect(calls(page, 'replay.bring-end')).toHaveLength(2))
  expect(calls(page, 'replay.bring')).toEqual([
    { name: 'pack-without-journal.zip', bytes: 6 },
    { name: 'pack-with-journal.zip', bytes: 6 },
  ])
})
