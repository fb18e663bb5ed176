import { type DoctorView, type DoctorWishes, NO_DOCTOR } from '../../shared/view/doctor.ts'
import type { DoctorPorts, Patient } from './chart.ts'
import { examine } from './examine.ts'
import { Word } from './patience.ts'

/**
 * The doctor of one console: one visit at a time, seen by every window. It owns the visit under way; a new one, or the end
 * of the console, ends it. What the last visit found stays until the next.
 */
export class Doctor {
  readonly #ports: DoctorPorts
  readonly #listeners = new Set<() => void>()
  #view: DoctorView = NO_DOCTOR
  #stop: Word | null = null
  #enough: Word | null = null

  constructor(ports: DoctorPorts) {
    this.#ports = ports
  }

  view(): DoctorView {
    return this.#view
  }
  onChange(listener: () => void): () => void {
    this.#listeners.add(listener)
    return () => void this.#listeners.delete(listener)
  }

  /** Begins a visit. The promise ends with it; nobody has to wait for it. */
  async run(patient: Patient, wishes: DoctorWishes): Promise<void> {
    this.stop()
    const [stop, enough] = [new Word(), new Word()]
    this.#stop = stop
    this.#enough = enough
    this.#show({ ...NO_DOCTOR, state: 'running', startedAt: this.#ports.clock.now() })
    const under: Parameters<typeof examine>[0]['under'] = (step, part) => {
      if (!stop.isSaid) this.#show({ ...this.#view, step, progress: part })
    }
    for await (const finding of examine({ ports: this.#ports, patient, wishes, stop, enough, under })) {
      if (!stop.isSaid) this.#show({ ...this.#view, findings: [...this.#view.findings, finding] })
    }
    if (this.#stop !== stop || stop.isSaid) return
    this.#stop = null
    this.#show({ ...this.#view, state: 'done', step: null, progress: null })
  }

  /** Ends the visit under way. */
  stop(): void {
    if (this.#stop === null) return
    this.#stop.say()
    this.#stop = null
    this.#show({ ...this.#view, state: 'stopped', step: null, progress: null })
  }
  /** Ends listening, and goes on with what comes after it. */
  skip(): void {
    this.#enough?.say()
  }
  /** Another server, another patient: what was found says nothing any more. */
  forget(): void {
    this.stop()
    this.#show(NO_DOCTOR)
  }

  #show(view: DoctorView): void {
    this.#view = view
    for (const listener of this.#listeners) listener()
  }
}
