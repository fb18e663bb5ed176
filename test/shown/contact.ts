import { rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { pathToFileURL } from 'node:url'
import type { Browser } from 'playwright-core'

/** A picture that was taken, and what is wrong with it. */
export type Shot = {
  readonly file: string
  readonly scene: string
  readonly look: string
  readonly width: number
  readonly height: number
  readonly faults: readonly string[]
}

/** Pictures on one sheet: as many as an eye takes in and still reads, each this wide and its sheet this high, px. */
const LYING = { count: 6, wide: 980, tall: 560 }
const UPRIGHT = { count: 4, wide: 480, tall: 860 }
const SHEET = { width: 2_000, height: 1_860 }
/** Faults beneath a picture on a sheet; the index and the terminal have them all. */
const FAULTS_BENEATH = 4

const escape = (text: string) => text.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;')

const STYLE =
  'body{margin:8px;background:#555;color:#fff;font:13px sans-serif}main{display:flex;flex-wrap:wrap;gap:8px}figure{margin:0}figcaption{padding:2px 0}img{display:block;max-width:100%;object-fit:contain}.wrong{color:#ffb3b3}'

const figure = ({ file, scene, look, width, height, faults }: Shot, wide: number, tall: number): string =>
  `<figure style="width:${wide}px"><a href="${file}"><img src="${file}" style="max-height:${tall}px" alt=""></a><figcaption>${escape(`${scene} · ${look} · ${width}×${height}`)}${faults.map((fault) => `<div class="wrong">${escape(fault)}</div>`).join('')}</figcaption></figure>`

const pageOf = (body: string) =>
  `<!doctype html><meta charset="utf-8"><title>Shots</title><style>${STYLE}</style><main>${body}</main>`

/** All of them on one page, small, each leading to its picture. */
export const indexPage = (shots: readonly Shot[]): string =>
  pageOf(shots.map((shot) => figure(shot, 460, 420)).join(''))

/** The same as pictures: a few to a sheet, one scene after the other. */
export async function contactSheets(browser: Browser, folder: string, shots: readonly Shot[]): Promise<void> {
  const page = await browser.newPage({ viewport: SHEET })
  let number = 0
  for (const [group, { count, wide, tall }] of [
    [shots.filter(({ width, height }) => width >= height), LYING],
    [shots.filter(({ width, height }) => width < height), UPRIGHT],
  ] as const)
    for (let first = 0; first < group.length; first += count) {
      const sheet = join(folder, `sheet-${String(++number).padStart(3, '0')}`)
      const figures = group.slice(first, first + count).map((shot) => figure(shorter(shot), wide, tall))
      await writeFile(`${sheet}.html`, pageOf(figures.join('')))
      await page.goto(pathToFileURL(`${sheet}.html`).href)
      await page.screenshot({ path: `${sheet}.png` })
      await rm(`${sheet}.html`)
    }
  await page.close()
}

const shorter = (shot: Shot): Shot => ({ ...shot, faults: shot.faults.slice(0, FAULTS_BENEATH) })
