import { mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { parseArgs } from 'node:util'
import type { Browser } from 'playwright-core'
import { ROOT } from '../e2e/program.ts'
import { launchBrowser } from '../e2e/shells.ts'
import { contactSheets, indexPage, type Shot } from './contact.ts'
import { servePage } from './page.ts'
import { take } from './opened.ts'
import { type Scene, scenes } from './scenes.ts'
import { type Look, Steered } from './steered.ts'

/**
 * `npm run shots`: every screen in every look as a picture in `.cache/shots`, with an index and contact sheets, and what can
 * be said about them without eyes. `-- --only kiosk,board` takes those whose name holds such a word, `--quick` one look each.
 */

const SHOTS = join(ROOT, '.cache/shots')

type Size = { readonly width: number; readonly height: number }
const LAPTOP: Size = { width: 1366, height: 768 }
const WIDE: Size = { width: 1920, height: 1080 }
const PORTRAIT: Size = { width: 1080, height: 1920 }

const LOOKS: readonly Look[] = (['en', 'ar'] as const).flatMap((language) => [
  { language, theme: 'light', contrast: 'normal' },
  { language, theme: 'dark', contrast: 'normal' },
  { language, theme: 'light', contrast: 'more' },
])
/** One of each language and theme, for circumstances that differ from the first only here and there. */
const FEW: readonly Look[] = [
  { language: 'en', theme: 'light', contrast: 'normal' },
  { language: 'ar', theme: 'dark', contrast: 'normal' },
]
/** Figures move this often, this far apart, while nothing else may; ms. */
const MOVES = 12
const MOVE_EVERY_MS = 150
/** What opens is there by then, ms. */
const FADED_MS = 400
/** Pages drawn side by side: as many as the machine has cores to draw them. */
const AT_ONCE = 2

const { values } = parseArgs({ options: { only: { type: 'string' }, quick: { type: 'boolean', default: false } } })
const words = values.only?.split(',') ?? ['']

const sizesOf = (scene: Scene): readonly Size[] => {
  if (scene.name.startsWith('wall')) return [WIDE]
  if (values.quick || !scene.whole || scene.steps.length > 0)
    return [scene.name.startsWith('kiosk') ? PORTRAIT : LAPTOP]
  return scene.name.startsWith('kiosk') ? [PORTRAIT, LAPTOP] : [LAPTOP, WIDE]
}
const looksOf = (scene: Scene): readonly Look[] => (values.quick || !scene.whole ? FEW : LOOKS)

const said = (look: Look) => `${look.language} ${look.contrast === 'more' ? 'high contrast' : look.theme}`

/** One scene in all its looks and sizes: its pictures, and what is wrong with them. */
async function shoot(browser: Browser, url: string, scene: Scene): Promise<Shot[]> {
  const shots: Shot[] = []
  const context = await browser.newContext({ viewport: LAPTOP, reducedMotion: 'reduce' })
  // The offer to a newcomer is looked at by itself.
  if (!scene.name.startsWith('tour'))
    await context.addInitScript(`localStorage.setItem('tallydesk.tour', '{"state":{"offered":true},"version":1}')`)
  const page = await context.newPage()
  const wrongs: string[] = []
  page.on('pageerror', (error) => void wrongs.push(`error: ${error.message}`))
  page.on('console', (message) => void (message.type() === 'error' && wrongs.push(`console: ${message.text()}`)))
  const steered = new Steered(page, url)
  await steered.open(scene.scenario, scene.screen)
  await steered.type(scene.typed)
  await take(page, scene.steps, () => steered.rest()).catch((error: Error) => {
    wrongs.push(`cannot be opened: ${error.message.split('\n')[0]}`)
  })
  // What opens fades in.
  if (scene.steps.length > 0) await page.waitForTimeout(FADED_MS)
  for (const size of sizesOf(scene)) {
    await page.setViewportSize(size)
    for (const look of looksOf(scene)) {
      await steered.look(look)
      await steered.rest()
      const file = `${`${scene.name} ${said(look)} ${size.width}x${size.height}`.replaceAll(/[^\w-]+/g, '_')}.jpg`
      await page.screenshot({ path: join(SHOTS, file), type: 'jpeg', quality: 80 })
      const faults = [...(await steered.faults()), ...wrongs.splice(0)]
      shots.push({ file, scene: scene.name, look: said(look), ...size, faults })
    }
    const moved = scene.moves ? await steered.move(MOVES, MOVE_EVERY_MS) : []
    const last = shots.at(-1)
    if (moved.length > 0 && last)
      shots[shots.length - 1] = {
        ...last,
        faults: [...last.faults, ...moved.map(({ by, what }) => `moved by ${by.toFixed(4)}: ${what.join(', ')}`)],
      }
  }
  await context.close()
  return shots
}

async function shootAll(): Promise<readonly Shot[]> {
  const served = await servePage()
  const browser = await launchBrowser()
  try {
    const probe = new Steered(await browser.newPage(), served.url)
    await probe.open('still,13')
    const waiting = scenes(await probe.screens()).filter(({ name }) => words.some((word) => name.includes(word)))
    await probe.page.close()
    const shots: Shot[] = []
    const worker = async () => {
      for (let scene = waiting.shift(); scene; scene = waiting.shift())
        shots.push(...(await shoot(browser, served.url, scene)))
    }
    await Promise.all(Array.from({ length: AT_ONCE }, worker))
    shots.sort((a, b) => (a.file < b.file ? -1 : 1))
    await writeFile(join(SHOTS, 'index.html'), indexPage(shots))
    await contactSheets(browser, SHOTS, shots)
    return shots
  } finally {
    await browser.close()
    await served.stop()
  }
}

const started = Date.now()
await rm(SHOTS, { recursive: true, force: true })
await mkdir(SHOTS, { recursive: true })
const shots = await shootAll()
const wrong = new Map<string, string[]>()
for (const shot of shots)
  for (const fault of shot.faults)
    wrong.set(fault, [...(wrong.get(fault) ?? []), `${shot.scene} ${shot.look} ${shot.width}`])
for (const [fault, where] of wrong)
  console.log(
    `${fault}\n    ${where.slice(0, 4).join(' · ')}${where.length > 4 ? ` and ${where.length - 4} more` : ''}`,
  )
console.log(
  `${shots.length} pictures in ${Math.round((Date.now() - started) / 1000)} s, ${wrong.size} things wrong: ${join(SHOTS, 'index.html')}`,
)
process.exitCode = wrong.size === 0 ? 0 : 1
