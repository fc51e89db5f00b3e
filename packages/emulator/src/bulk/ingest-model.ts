import type { Readable } from 'node:stream'
import type { Org } from '../org/org.ts'
import { hardDeleteNotAllowed, invalidValue, JobFailure, notTerminated, secondUpload, wrongState } from './errors.ts'
import { IngestFiles, type ResultKind } from './ingest-files.ts'
import { type IngestJob, type IngestOrder, type IngestState, isOver, newIngestJob } from './ingest-job.ts'
import { runIngest } from './ingest-run.ts'
import { type JobPage, jobPage, type ListQuery } from './job-list.ts'
import { JobRegister } from './job-register.ts'
import { PacedJob } from './pacing.ts'
import type { Workspace } from './workspace.ts'

interface Entry {
  readonly job: IngestJob
  readonly files: IngestFiles
  /** Ends the work on the job. */
  readonly stop: AbortController
  paced: PacedJob | undefined
}

/** The ingest jobs of an org: their states, their files and their work in the background. Knows no HTTP. */
export class IngestService {
  readonly #org: Org
  readonly #workspace: Workspace
  readonly #register: JobRegister<IngestJob, Entry>

  /** Jobs that an earlier process left unfinished in the data file go on by themselves. */
  constructor(org: Org, workspace: Workspace) {
    this.#org = org
    this.#workspace = workspace
    this.#register = new JobRegister<IngestJob, Entry>(org, {
      kind: 'ingest',
      restored: (job) => this.#entry(job),
      disposed: async (entry) => {
        end(entry)
        entry.files.remove()
        await entry.paced?.idle()
        if (!this.#register.has(entry.job.id)) entry.files.remove()
      },
    })
    for (const entry of this.#register.entries()) {
      const { state } = entry.job
      if (state === 'UploadComplete' || state === 'InProgress') this.#queue(entry)
    }
  }

  /** Opens a job. */
  create(order: IngestOrder): IngestJob {
    const { clock, ids, userId, accounts } = this.#org
    if (order.operation === 'hardDelete' && !accounts.mayHardDelete(userId)) throw hardDeleteNotAllowed()
    const job = newIngestJob(order, { id: ids.next('750'), createdById: userId, now: clock.now() })
    this.#register.add(this.#entry(job))
    return job
  }

  /** Takes the one upload of a job; an upload that breaks off leaves the job as it was. */
  async upload(jobId: string, body: Readable): Promise<void> {
    const { job, files } = this.#register.find(jobId)
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
    this.#register.save(job)
  }

  /** Closes a job for processing, or aborts it. */
  async setState(jobId: string, state: unknown): Promise<IngestJob> {
    const entry = this.#register.find(jobId)
    if (state === 'UploadComplete') this.#close(entry)
    else if (state === 'Aborted') await this.#abort(entry)
    else throw invalidValue('state', state)
    return entry.job
  }

  /** A job as a status read sees it. */
  async read(jobId: string): Promise<IngestJob> {
    const { job, paced } = this.#register.find(jobId)
    await paced?.read()
    return job
  }

  /** All jobs as they are, in the order of their creation; looking on is no status read. */
  get jobs(): IngestJob[] {
    return this.#register.entries().map(({ job }) => job)
  }

  /** A page of the jobs asked for, in the order of their creation. */
  async list(query: ListQuery): Promise<JobPage<IngestJob>> {
    await Promise.all(this.#register.entries().map(({ paced }) => paced?.look()))
    return jobPage(this.jobs, 'V2Ingest', query)
  }

  /** Forgets a job and its files. */
  delete(jobId: string): void {
    const entry = this.#register.find(jobId)
    if (!isOver(entry.job.state) && entry.job.state !== 'UploadComplete') throw notTerminated()
    this.#register.remove(entry)
  }

  /** The CSV of a result, undefined where there is nothing to show. */
  results(jobId: string, kind: ResultKind): Readable | undefined {
    const { job, files } = this.#register.find(jobId)
    if (!isOver(job.state)) throw wrongState(`Results of a Job in state ${job.state} are not available`)
    return job.upload === 'complete' ? files.result(kind, job) : undefined
  }

  /** Stops all work where it is; what is left of it goes on with the next process, if there is a data file. */
  async close(): Promise<void> {
    const entries = this.#register.entries()
    for (const entry of entries) end(entry)
    await Promise.all(entries.map(({ paced }) => paced?.idle()))
    await this.#register.tidied()
  }

  #entry(job: IngestJob): Entry {
    const files = new IngestFiles(this.#workspace.path, job.id)
    return { job, files, stop: new AbortController(), paced: undefined }
  }

  #close(entry: Entry): void {
    const { job } = entry
    if (job.state !== 'Open') throw wrongState(`Closing already ${STATE_WORDS[job.state]} Job not allowed`)
    if (job.upload === 'arriving') throw wrongState('Closing a Job whose upload is still going on not allowed')
    this.#enter(job, 'UploadComplete')
    this.#queue(entry)
  }

  #queue(entry: Entry): void {
    entry.paced = new PacedJob(this.#org, {
      start: () => this.#start(entry.job),
      // Whoever looks at the job may set its work going; it is still the work of its creator.
      run: () => this.#org.runAs(entry.job.createdById, () => this.#run(entry)),
    })
  }

  async #abort(entry: Entry): Promise<void> {
    const { job } = entry
    if (isOver(job.state)) throw wrongState(`Aborting already ${STATE_WORDS[job.state]} Job not allowed`)
    end(entry)
    this.#enter(job, 'Aborted')
    await entry.paced?.idle()
  }

  async #run({ job, files, stop: { signal } }: Entry): Promise<void> {
    const begin = this.#org.clock.now()
    this.#start(job)
    let ending: IngestState = 'JobComplete'
    try {
      if (job.upload !== 'complete') throw new JobFailure('InvalidBatch : Records not found')
      await runIngest(this.#org, { job, files, signal, save: (progress) => this.#register.save(progress) })
    } catch (error) {
      ending = 'Failed'
      job.errorMessage = failureText(error)
    }
    job.processingTime = this.#org.clock.now() - begin
    // A job whose work was ended is aborted, forgotten, or left to the next process.
    if (!signal.aborted) this.#enter(job, ending)
  }

  #start(job: IngestJob): void {
    if (job.state === 'UploadComplete') this.#enter(job, 'InProgress')
  }

  #enter(job: IngestJob, state: IngestState): void {
    job.state = state
    job.systemModstamp = this.#org.clock.now()
    this.#register.save(job)
  }
}

/** Ends the work on a job after the batch that is being done. */
function end({ paced, stop }: Entry): void {
  paced?.cancel()
  stop.abort()
}

function failureText(error: unknown): string {
  const reason = error instanceof Error ? error.message : String(error)
  return error instanceof JobFailure ? reason : `InternalServerError : the emulator failed: ${reason}`
}

const STATE_WORDS: Readonly<Record<IngestState, string>> = {
  Open: 'Open',
  UploadComplete: 'Closed',
  InProgress: 'Closed',
  JobComplete: 'Completed',
  Failed: 'Failed',
  Aborted: 'Aborted',
}
