import { expect, test } from 'vitest'
import { ROOT } from '../../tools/bootstrap/bootstrap.mjs'
import { bareFigures } from '../../tools/screen/figures.mjs'
import { KNOWN } from '../../tools/screen/known.mjs'
import { parse, windowSources } from '../../tools/screen/source.mjs'
import { hardCoded, keysOf, wordBooks, wordFaults } from '../../tools/screen/words.mjs'
import { CHECKS } from '../../tools/suite/checks.mjs'

const view = (body: string) => [{ path: 'a.tsx', tree: parse('a.tsx', `const A = () => (\n${body}\n)`) }]

test('[C78] a text written into a view, or into what is read out, is refused with its place', () => {
  const planted = [
    '<p>Hello</p>',
    "<p>{open ? 'yes, please' : t('a.b')}</p>",
    '<button aria-label="Close it" />',
    '<img alt={`a picture of ${name}`} />',
    "<TextInput placeholder={'Type here'} />",
    '<p>{count > 0 && "some left"}</p>',
    '<p>السلام</p>',
  ]
  for (const body of planted)
    expect(hardCoded(view(body)), body).toEqual([expect.stringMatching(/^a\.tsx:2: ".+" is written/)])
  const fine = [
    "<p className='some words'>{t('a.b')} · {' '}</p>",
    "<p>{state === 'live' && <b>{t('a.b')}</b>}</p>",
    '<code>tallydesk start</code>',
    '<h1>Tallydesk</h1>',
    '<Keys keys="Ctrl K" />',
  ]
  for (const body of fine) expect(hardCoded(view(body)), body).toEqual([])
})

test('[C78] a key in no book, in one book only, and one that nobody says are refused', () => {
  const books = { en: ['a.b', 'a.c', 'a.d.one', 'a.d.two', 'a.n'], ar: ['a.b', 'a.d.one', 'a.d.two', 'a.n', 'a.x'] }
  const source = view("<p>{t('a.b')}{t('a.z')}{t(`a.d.${which}`)}{t('a.n', { count })}</p>")
  expect(wordFaults(source, books)).toEqual([
    "a.tsx:2: t('a.z') is in no word book",
    'a.c: is in English and not in Arabic',
    'a.c: nobody says it; take it out of both books',
    'a.x: is in Arabic and not in English',
  ])
  expect(keysOf({ a: { b: 'x', n_one: 'x', n_other: 'y', d: { e: 'z' } } })).toEqual(['a.b', 'a.n', 'a.d.e'])
})

test('[C79] a figure drawn without its doubt is refused with its place', () => {
  const planted = [
    '<b>{row.votes}</b>',
    '<td>{format.number(headline.attended)}</td>',
    '<bdi>{format.share(row.pledgedAttended, all)}</bdi>',
    '<b>{open ? format.number(votes) : null}</b>',
    '<b>{known && row.attended}</b>',
  ]
  for (const body of planted)
    expect(bareFigures(view(body), new Map()), body).toEqual([
      expect.stringMatching(/^a\.tsx:2: the figure \w+ is drawn/),
    ])
  const fine = [
    '<Figure value={row.votes} topic="counts" />',
    '<table data-trust={trust}><td>{format.number(row.votes)}</td></table>',
    '<p>{format.plain(row.rank)} {format.number(shown.length)}</p>',
    "<p>{found.attended && <b>{t('a.b')}</b>}</p>",
  ]
  for (const body of fine) expect(bareFigures(view(body), new Map()), body).toEqual([])
  expect(bareFigures(view('<b>{row.votes}</b>'), new Map([['a.tsx votes', 'not of an election']]))).toEqual([])
})

test('[C78][C79] the window as it is has none of these faults, and the check is run with the others', async () => {
  const sources = windowSources(ROOT)
  expect(sources.length).toBeGreaterThan(100)
  expect(hardCoded(sources)).toEqual([])
  expect(bareFigures(sources, KNOWN)).toEqual([])
  expect(wordFaults(sources, await wordBooks(ROOT)).filter((fault) => !fault.includes('nobody says it'))).toEqual([])
  expect(CHECKS.map((check) => check.args[0])).toContain('tools/screen/main.mjs')
})
