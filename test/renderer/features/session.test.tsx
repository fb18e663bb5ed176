// @vitest-environment jsdom
import { fireEvent, waitFor } from '@testing-library/react'
import { expect, test } from 'vitest'
import { checkConnect, formOf } from '../../../src/renderer/src/features/session/connect-form.ts'
import { drawPage, screen, usePage } from '../support.tsx'

usePage()

const EMPTY_FORM = { ...formOf({}), plainAccepted: false }

async function signIn(password: string) {
  fireEvent.change(await screen.findByLabelText('Email'), { target: { value: 'chief@example.org' } })
  fireEvent.change(screen.getByLabelText('Password'), { target: { value: password } })
  fireEvent.click(screen.getByRole('button', { name: 'Sign in' }))
}

test('[V22] a refused sign-in is told in words and the password is cleared', async () => {
  await drawPage('sign-in')
  await signIn('wrong')
  await screen.findByText(/The server does not know this email with this password/)
  expect(screen.getByLabelText<HTMLInputElement>('Password').value).toBe('')
  expect(screen.getByLabelText<HTMLInputElement>('Email').value).toBe('chief@example.org')
})

test('[V22] both missing fields are named at once, and nothing is sent', async () => {
  const { core } = await drawPage('sign-in')
  fireEvent.click(await screen.findByRole('button', { name: 'Sign in' }))
  await screen.findByText('Type the email of your account.')
  expect(screen.getByText('Type your password.')).toBeDefined()
  expect(core.calls).toEqual([])
})

test('[V22] sign-in names the server it goes to', async () => {
  await drawPage('sign-in')
  await screen.findByText('Headquarters')
  expect(screen.getByText('http://127.0.0.1:8000')).toBeDefined()
})

test('[V25] after signing in the page keeps nothing but tastes', async () => {
  await drawPage('sign-in')
  await signIn('right')
  await screen.findByText('Live')
  const kept = Object.entries({ ...localStorage, ...sessionStorage })
  expect(kept.map(([name]) => name)).toEqual(['tallydesk.preferences'])
  expect(JSON.stringify(kept)).not.toMatch(/token|password|secret|bearer|eyJ/i)
  expect(document.cookie).toBe('')
})

test('[V23] a desk without a server can connect to one or start a rehearsal', async () => {
  const { core } = await drawPage('no-server')
  await screen.findByRole('button', { name: 'Connect to your server…' })
  fireEvent.click(screen.getByRole('button', { name: 'Start a rehearsal' }))
  await waitFor(() => expect(core.calls.map((call) => call.name)).toEqual(['server.rehearse']))
  await screen.findByRole('region', { name: 'Rehearsal' })
})

test('[V24] the form for a server names all that is missing at once', () => {
  expect(checkConnect(EMPTY_FORM)).toEqual({ ok: false, error: { name: true, url: true } })
  expect(checkConnect({ ...EMPTY_FORM, name: 'HQ', url: 'ftp://x' })).toEqual({ ok: false, error: { url: true } })
})

test('[V24] an unencrypted address has to be accepted in words', () => {
  const form = { ...EMPTY_FORM, name: 'HQ', url: 'HTTP://10.0.0.3:8000/admin/' }
  expect(checkConnect(form)).toEqual({ ok: false, error: { plain: true } })
  const accepted = checkConnect({ ...form, plainAccepted: true })
  expect(accepted).toMatchObject({ ok: true, value: { url: 'http://10.0.0.3:8000', origin: null, authority: null } })
})

test('[V24] an address typed in Arabic digits is the same address', () => {
  const form = { ...EMPTY_FORM, name: 'HQ', url: 'https://tally.example.org:٨٤٤٣' }
  expect(checkConnect(form)).toMatchObject({ ok: true, value: { url: 'https://tally.example.org:8443' } })
})

test('[V24] the plain-http note appears as the address is typed, and connecting sends it accepted', async () => {
  const { core } = await drawPage('no-server')
  fireEvent.click(await screen.findByRole('button', { name: 'Connect to your server…' }))
  fireEvent.change(await screen.findByLabelText('Name'), { target: { value: 'Headquarters' } })
  fireEvent.change(screen.getByLabelText('Address'), { target: { value: 'http://10.0.0.3:8000' } })
  fireEvent.click(await screen.findByLabelText('I understand, and I accept it for this server'))
  fireEvent.click(screen.getByRole('button', { name: 'Connect' }))
  await waitFor(() => expect(core.calls[0]).toMatchObject({ name: 'server.connect', input: { plainAccepted: true } }))
})

test.each([
  ['wiped', /removed what it kept of this server/],
  ['locked', /Nothing was removed from this desk/],
  ['failed', /tries again at the next start/],
])('[J119] an account taken away (%s): by whose order, and what became of this desk', async (is, words) => {
  await drawPage(`revoked-${is}`)
  const note = await screen.findByRole('alert')
  expect(note.textContent).toContain('dana@example.org')
  expect(note.textContent).toContain('chief@example.org')
  expect(note.textContent).toMatch(words)
  expect(screen.getByRole('button', { name: 'Sign in' })).toBeDefined()
})

test('[J120] how many typed actions wait is said, and who can send them', async () => {
  await drawPage('revoked-held')
  const note = await screen.findByRole('alert')
  expect(note.textContent).toContain('3 actions typed here were never answered')
  expect(note.textContent).toMatch(/in that account’s name alone/)
})
