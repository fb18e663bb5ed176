import type { Desk } from './desk.ts'
import type { DeskDeed } from './plan.ts'

/** Lets one thing happen to a desk; what lasts ends by itself. */
export function befall(desk: Desk, deed: DeskDeed): void {
  const { machine, line, disk, window } = desk
  const { world } = machine
  world.say(() => `${desk.name}: ${JSON.stringify(deed)}`)
  switch (deed.is) {
    case 'crash':
      return crash(desk, deed.power, deed.backIn)
    case 'crash-at-write':
      if (desk.runs) {
        const die = () => crash(desk, deed.power, deed.backIn)
        disk.crashAt = { in: deed.nth, when: deed.when, seam: deed.seam ?? false, die }
      }
      return
    case 'sleep':
      return sleep(desk, deed)
    case 'set-clock':
      return machine.setWall(deed.ms)
    case 'disk':
      disk.fault = deed.fault
      return void world.after(deed.ms, () => {
        disk.fault = null
      })
    case 'disk-at-write': {
      const begin = () => {
        disk.fullAt = null
        disk.fault = deed.fault
        world.after(deed.ms, () => {
          disk.fault = null
        })
      }
      disk.fullAt = { in: deed.nth, begin }
      return
    }
    case 'weather': {
      const during = { ...line.weather, ...deed.weather }
      line.weather = during
      if (deed.weather.cut || deed.weather.noSocket) line.reset()
      return void world.after(deed.ms, () => line.clearUp(during))
    }
    case 'reset':
      return line.reset()
    case 'network':
      return machine.tellNetwork(deed.up)
    case 'sign-out':
      if (!machine.asleep) void window.client?.call('session.sign-out', null)
      return
    case 'reread':
      if (!machine.asleep) void window.client?.call('link.reread', null)
      return
    default:
      return ofWindow(desk, deed)
  }
}

function crash(desk: Desk, power: boolean, backIn: number): void {
  desk.kill(power)
  desk.machine.world.after(backIn, () => desk.machine.awake(() => desk.start()))
}

/** The peer's side may end while the machine sleeps; whether the desk hears of it, chance decides. */
function sleep(desk: Desk, { ms, told, stands }: Extract<DeskDeed, { is: 'sleep' }>): void {
  const { machine, line } = desk
  machine.sleep(ms, told, stands)
  if (ms < 30_000) return
  machine.world.after(30_000, () => {
    for (const connection of [...line.connections]) {
      if (machine.chance.is(0.5)) connection.reset()
      else connection.forget()
    }
  })
}

function ofWindow({ window, machine, runs }: Desk, { how, ms }: Extract<DeskDeed, { is: 'window' }>): void {
  if (!runs || machine.asleep) return
  if (how === 'reload') return window.open()
  if (how === 'die') {
    window.gone()
    return void machine.world.after(ms, () => machine.awake(() => (window.isOpen ? undefined : window.open())))
  }
  window.slowness = ms
}
