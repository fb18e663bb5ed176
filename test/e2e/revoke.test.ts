import { existsSync, readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect, test } from 'vitest'
import { waitFor } from '../electron/shell.ts'
import { focused, tabTo } from './keys.ts'
import { isLive, linkState, shows, textOf } from './page-world.ts'
import { run, runForJson } from './program.ts'
import { ADMIN, CLERK, PASSWORD } from './small-election.ts'
import { describeInShells, signIn, Workplace } from './workplace.ts'

/** `tallydesk hub revoke` against a whole desk: what is on the screen, and what is on the disk. */

/** The desk hears of it when it asks for another token, which it does at most every few seconds, ms. */
const HEARD_WITHIN = 60_000

describeInShells('a desk whose account is taken away', (kind) => {
  const at = new Workplace({ kind, as: CLERK })
  const filesIn = (folder: string, is = /\.(sqlite|checkpoint)$/) => {
    const path = join(at.desk.data, folder)
    return existsSync(path) ? readdirSync(path).filter((file) => is.test(file)) : []
  }
  const note = () => at.page.getByRole('alert').filter({ hasText: 'This account was taken away' })
  const revoke = async (url: string, ...words: readonly string[]) => {
    const how = { env: { TALLYDESK_PASSWORD: PASSWORD } }
    const done = await run(['hub', 'revoke', '--server', url, '--email', ADMIN, '--account', CLERK, ...words], how)
    expect(done).toMatchObject({ code: 0, err: expect.stringContaining(`${CLERK} is signed out everywhere`) })
  }
  const openAgain = async () => {
    const { json } = await at.hub.admin.call('GET', `/api/users/?search=${CLERK}`)
    const { data } = json as { data: { id: number }[] } // as the hub lists them
    const { status } = await at.hub.admin.call('PATCH', `/api/users/${data[0]?.id}/`, { body: { is_active: true } })
    expect(status).toBe(200)
  }
  const enter = async (email: string) => {
    await signIn(at.page, email)
    await isLive(at.page)
    await note().waitFor({ state: 'detached' })
  }
  const mark = async (elector: number) => {
    await at.page.keyboard.press('m')
    await waitFor('the field', async () => ((await focused(at.page)).includes('mark-number') ? true : null))
    await at.page.keyboard.type(String(elector))
    await at.page.keyboard.press('Tab')
    await at.page.keyboard.type('C1')
    await tabTo(at.page, /Mark attended/)
    await at.page.keyboard.press('Enter')
    await at.page
      .getByRole('form', { name: 'Mark attendance' })
      .getByRole('status')
      .filter({ hasText: /saved (here|at this desk)/i })
      .waitFor()
  }

  test('[E127] locked by an order without --wipe it shows nothing and says by whose order; nothing is removed', async () => {
    await at.hub.mark(1001)
    await shows(at.page, 1)
    const before = filesIn('journals')
    expect(before).toHaveLength(1)
    await revoke(at.hub.url)
    await note().waitFor({ timeout: HEARD_WITHIN })
    const words = await note().innerText()
    expect(words.replaceAll(/[\u2066-\u2069]/g, '')).toContain(`${CLERK} was taken away by ${ADMIN}`)
    expect(words).toContain('Nothing was removed from this desk')
    expect(await textOf(at.page)).not.toContain('Turnout')
    await at.page.reload()
    await note().waitFor()
    expect([filesIn('journals'), existsSync(join(at.desk.data, 'wiped'))]).toEqual([before, false])
    await openAgain()
    await enter(CLERK)
    await shows(at.page, 1)
  }, 120_000)

  test('[E127] with --wipe and nothing unsent every file of that hub is gone, the record that stays names nobody, and another may work', async () => {
    expect(await run(['journal', 'backup', '--data', at.desk.data])).toMatchObject({ code: 0 })
    expect([filesIn('journals'), filesIn('backups')]).toMatchObject([{ length: 1 }, { length: 1 }])
    await revoke(at.hub.url, '--wipe')
    await note().waitFor({ timeout: HEARD_WITHIN })
    await note().filter({ hasText: 'this desk removed what it kept of this server' }).waitFor()
    expect(['journals', 'checkpoints', 'backups', 'set-aside'].flatMap((folder) => filesIn(folder, /./))).toEqual([])
    const [record = ''] = filesIn('wiped', /\.json$/)
    const text = readFileSync(join(at.desk.data, 'wiped', record), 'utf8')
    expect(JSON.parse(text)).toMatchObject({ state: 'done', why: expect.stringMatching(/^ordered by the server/) })
    expect(text).not.toContain('@')
    expect(await textOf(at.page)).not.toMatch(/Elector \d|Turnout/)
    await enter(ADMIN)
    await shows(at.page, 1)
    await openAgain()
  }, 120_000)

  test('[E128] with --wipe and something unsent its journal stays whole, the screen says how many wait, and once the account is opened they go out once', async () => {
    await at.page.getByRole('button', { name: 'Menu', exact: true }).click()
    await at.page.getByRole('button', { name: 'Sign out' }).click()
    await enter(CLERK)
    await at.hub.kill()
    await waitFor('a lost link', async () => ((await linkState(at.page)) === 'live' ? null : true))
    await mark(1004)
    await at.page.getByRole('button', { name: /Yours: 1 waiting/ }).waitFor()
    const [journal = ''] = filesIn('journals')
    await at.hub.elsewhere(ADMIN, (_other, url) => revoke(url, '--wipe'))
    await at.hub.comeBack()
    await note().waitFor({ timeout: HEARD_WITHIN })
    await note().filter({ hasText: 'One action typed here was never answered by the server. It is kept' }).waitFor()
    expect(await textOf(at.page)).not.toMatch(/Elector \d|Turnout/)
    expect(filesIn('journals')).toEqual([journal])
    const name = journal.replace(/\.sqlite$/, '')
    const verdict = await runForJson(['journal', 'verify', '--data', at.desk.data, '--journal', name])
    expect(verdict).toMatchObject({ intact: true })
    const unsent = await runForJson(['journal', 'unsent', '--data', at.desk.data, '--journal', name])
    expect(unsent).toMatchObject({ does: 'attendance.mark', by: CLERK })
    expect(at.hub.truth().attendance.filter(({ elector }) => elector === '1004')).toEqual([])
    await openAgain()
    await enter(CLERK)
    await waitFor('the mark at the hub', async () =>
      at.hub.truth().attendance.some(({ elector }) => elector === '1004') ? true : null,
    )
    // It comes back to where it was left: the marking of attendance.
    await at.page.evaluate(() =>
      Object.assign((globalThis as unknown as { location: object }).location, { hash: '#/board' }),
    ) // a browser's window
    await shows(at.page, 2)
    expect(at.hub.truth().attendance.filter(({ elector }) => elector === '1004')).toHaveLength(1)
  }, 120_000)
})
