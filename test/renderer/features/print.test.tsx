// @vitest-environment jsdom
import { fireEvent, screen, waitFor, within } from '@testing-library/react'
import { expect, test, vi } from 'vitest'
import { drawPage, text, usePage } from '../support.tsx'

usePage()

const paper = () => document.querySelector('[data-paper]')
const rowsOnPaper = () => [...document.querySelectorAll('[data-paper] tbody tr')]

async function ask(at: string, scenario = '13,counting') {
  const print = vi.fn()
  vi.stubGlobal('print', print)
  const { core } = await drawPage(scenario, { at })
  fireEvent.click(await screen.findByRole('button', { name: 'Print the list…' }))
  const dialog = await screen.findByRole('dialog', { name: /^Print: / })
  await waitFor(() => expect(dialog.textContent).toContain('sheets of A4'))
  return { core, dialog, print }
}

test('[V394] every row of a list as it is filtered goes on paper, after it was said how much paper that is', async () => {
  const { core, dialog, print } = await ask('guarantees?committee=m1')
  const wanted = core.world.guarantees.filter((row) => row.committeeCode === 'm1')
  expect(wanted.length).toBeGreaterThan(200)
  expect(dialog.textContent).toContain(`Rows: ${wanted.length} · sheets of A4: about ${Math.ceil(wanted.length / 26)}`)
  expect(paper()).toBeNull()
  expect(print).not.toHaveBeenCalled()
  fireEvent.click(within(dialog).getByRole('button', { name: 'Print' }))
  await waitFor(() => expect(print).toHaveBeenCalledOnce())
  const numbers = rowsOnPaper().map((row) => row.querySelector('td')?.textContent)
  expect(numbers.toSorted()).toEqual(wanted.map((row) => row.elector).toSorted())
  expect(paper()?.textContent).toContain(`${wanted.length} of ${wanted.length} rows`)
  expect(paper()?.textContent).toMatch(/Guarantees.*Union election 2026.*Kuwait/)
  expect(paper()?.querySelector('button, input')).toBeNull()
  fireEvent(window, new Event('afterprint'))
  await waitFor(() => expect(paper()).toBeNull())
  expect(document.documentElement.dataset['print']).toBeUndefined()
})

test('[V394] the call list has an empty column for the answers, and a rehearsal is said to be one', async () => {
  const { dialog } = await ask('radar?list=calls&committee=m1', '13,rehearsal')
  fireEvent.click(within(dialog).getByRole('button', { name: 'Print' }))
  await waitFor(() => expect(rowsOnPaper().length).toBeGreaterThan(10))
  const heads = [...document.querySelectorAll('[data-paper] th')].map((head) => head.textContent)
  expect(heads.at(-1)).toBe('Answer')
  expect(rowsOnPaper()[0]?.lastElementChild?.textContent).toBe('')
  expect(paper()?.textContent).toContain('REHEARSAL')
})

test('[V394] what does not fit is said in words before it is printed', async () => {
  const { dialog } = await ask('guarantees', '420')
  expect(dialog.textContent).toMatch(/Paper takes the first 5.000 rows; [\d\s\u202f]+ are left out\./)
})

test('[V394] a list printed with its screen says that it is a part', async () => {
  await drawPage('13', { at: 'attendance' })
  await waitFor(() => expect(text()).toContain('Only the rows in sight are on this paper.'))
})
