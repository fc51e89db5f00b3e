import type { Readable } from 'node:stream'
import type { Org } from '../org/org.ts'
import { invalidValue, JobFailure, jobNotFound, notTerminated, secondUpload, wrongState } from './errors.ts'
import { IngestFiles, type ResultKind } from './ingest-files.ts'
import { type IngestJob, type IngestOrder, type IngestState, isOver } from './ingest-job.ts'
import { runIngest } from './ingest-run.ts'
import { type JobPage, jobPage } from './job-list.ts'
import { PacedJob } from './pacing.ts'
import type { Workspace } from './workspace.ts'

interface Entry {
  readonly job: IngestJob
  readonly files: IngestFiles
  paced: PacedJob | undefined
}

/** The ingest jobs of an org: their states, their files and their work in the background. Knows no HTTP. */
export class IngestService {
  readonly #org: Org
  readonly #workspace: Workspace
  readonly #entries: Map<string, Entry> = new Map()

  constructor(org: Org, workspace: Workspace) {
    this.#org = org
    this.#workspace = workspace
    org.onReset(() => void this.close())
  }

  /** Opens a job. */
  async create(order: IngestOrder): Promise<IngestJob> {
    const now = this.#org.clock.now()
    const job: IngestJob = {
      ...order,
      id: this.#org.ids.next('750'),
      createdById: this.#org.userId,
      createdDate: now,
      systemModstamp: now,
      state: 'Open',
      errorMessage: undefined,
      processed: 0,
      failed: 0,
      headerBytes: 0,
      processedBytes: 0,
      uploadedBytes: 0,
      processingTime: 0,
      upload: 'none',
    }
    const files = new IngestFiles(await this.#workspace.path(), job.id)
    this.#entries.set(job.id, { job, files, paced: undefined })
    return job
  }

  /** Takes the one upload of a job; an upload that breaks off leaves the job as it was. */
  async upload(jobId: string, body: Readable): Promise<void> {
    const { job, files } = this.#entry(jobId)
    if (job.state !== 'Open') throw wrongState(`Uploading data to a Job in state ${job.state} not allowed`)
    if (job.upload !== 'none') throw secondUpload(job.id)
    job.upload = 'arriving'
    try {
      job.uploadedBytes = await files.receive(body)
      job.upload = 'complete'
    } catch (error) {
      job.upload = 'none'
      throw error
    }
  }

  /** Closes a job for processing, or aborts it. */
  async setState(jobId: string, state: unknown): Promise<IngestJob> {
    const entry = this.#entry(jobId)
    if (state === 'UploadComplete') this.#close(entry)
    else if (state === 'Aborted') await this.#abort(entry)
    else throw invalidValue('state', state)
    return entry.job
  }

  /** A job as a status read sees it. */
  async read(jobId: string): Promise<IngestJob> {
    const entry = this.#entry(jobId)
    await entry.paced?.read()
    return entry.job
  }

  /** All jobs as they are, in the order of their creation; looking on is no status read. */
  get jobs(): IngestJob[] {
    return [...this.#entries.values()].map(({ job }) => job)
  }

  /** A page of all jobs in the order of their creation, or undefined for an unknown locator. */
  async list(locator: string | undefined): Promise<JobPage<IngestJob> | undefined> {
    await Promise.all([...this.#entries.values()].map((entry) => entry.paced?.look()))
    return jobPage(
      [...this.#entries.values()].map((entry) => entry.job),
      locator,
    )
  }

  /** Forgets a job and its files. */
  async delete(jobId: string): Promise<void> {
    const entry = this.#entry(jobId)
    if (!isOver(entry.job.state) && entry.job.state !== 'UploadComplete') throw notTerminated()
    entry.paced?.cancel()
    this.#entries.delete(entry.job.id)
    await entry.files.remove()
  }

  /** The CSV of a result, undefined where there is nothing to show. */
  results(jobId: string, kind: ResultKind): { job: IngestJob; body: Readable | undefined } {
    const { job, files } = this.#entry(jobId)
    if (!isOver(job.state)) throw wrongState(`Results of a Job in state ${job.state} are not available`)
    return { job, body: job.upload === 'complete' ? files.result(kind, job) : undefined }
  }

  /** Stops all work and forgets all jobs. */
  async close(): Promise<void> {
    const entries = [...this.#entries.values()]
    this.#entries.clear()
    await Promise.all(
      entries.map(async ({ job, files, paced }) => {
        paced?.cancel()
        if (job.state === 'InProgress') job.state = 'Aborted'
        await paced?.idle()
        await files.remove()
      }),
    )
  }

  #entry(jobId: string): Entry {
    // Salesforce takes the 15-character Id as well.
    const entry = this.#entries.get(jobId) ?? [...this.#entries.values()].find(({ job }) => job.id.startsWith(jobId))
    if (entry === undefined || jobId.length < 15) throw jobNotFound()
    return entry
  }

  #close(entry: Entry): void {
    const { job } = entry
    if (job.state !== 'Open') throw wrongState(`Closing already ${STATE_WORDS[job.state]} Job not allowed`)
    if (job.upload === 'arriving') throw wrongState('Closing a Job whose upload is still going on not allowed')
    this.#enter(job, 'UploadComplete')
    entry.paced = new PacedJob(this.#org, {
      start: () => {
        if (job.state === 'UploadComplete') this.#enter(job, 'InProgress')
      },
      run: () => this.#run(entry),
    })
  }

  async #abort({ job, paced }: Entry): Promise<void> {
    if (isOver(job.state)) throw wrongState(`Aborting already ${STATE_WORDS[job.state]} Job not allowed`)
    paced?.cancel()
    this.#enter(job, 'Aborted')
    await paced?.idle()
  }

  async #run({ job, files }: Entry): Promise<void> {
    const begin = this.#org.clock.now()
    if (job.state === 'UploadComplete') this.#enter(job, 'InProgress')
    try {
      if (job.upload !== 'complete') throw new JobFailure('InvalidBatch : Records not found')
      await runIngest(this.#org, job, files)
      if (job.state === 'InProgress') this.#enter(job, 'JobComplete')
    } catch (error) {
      if (job.state === 'InProgress') this.#enter(job, 'Failed')
      const reason = error instanceof Error ? error.message : String(error)
      job.errorMessage = error instanceof JobFailure ? reason : `InternalServerError : the emulator failed: ${reason}`
    }
    job.processingTime = this.#org.clock.now() - begin
  }

  #enter(job: IngestJob, state: IngestState): void {
    job.state = state
    job.systemModstamp = this.#org.clock.now()
  }
}

const STATE_WORDS: Readonly<Record<IngestState, string>> = {
  Open: 'Open',
  UploadComplete: 'Closed',
  InProgress: 'Closed',
  JobComplete: 'Completed',
  Failed: 'Failed',
  Aborted: 'Aborted',
}
