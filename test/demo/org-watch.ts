/** The API version that the demo's own readings use. */
const apiVersion = 'v67.0'

/** One reading of the org, by plain HTTP and without any of our packages, so that it can contradict them. */
export interface Reading {
  /** Accounts that have an external id. */
  readonly accounts: number
  /** API calls that the org has charged so far, those of the demo's own readings left out. */
  readonly apiCalls: number
}

/** How far the ingest jobs created since a mark have come. */
export interface JobsSeen {
  /** The newest job's state, as Salesforce names it; `undefined` before there is a job. */
  readonly state: string | undefined
  /** Rows that the org has processed, in all jobs since the mark. */
  readonly rowsDone: number
}

interface Job {
  readonly id: string
  readonly state: string
  readonly createdDate: string
  readonly numberRecordsProcessed?: number
}

/** Looks at the org from outside while a flow works, and never counts its own calls. */
export class OrgWatch {
  readonly #url: string
  readonly #accessToken: string
  #ownCalls = 0
  #used = 0
  #known: ReadonlySet<string> = new Set()

  constructor(url: string, accessToken: string) {
    this.#url = url
    this.#accessToken = accessToken
  }

  /** Counts the accounts and the API calls used. */
  async read(): Promise<Reading> {
    const soql = 'SELECT COUNT() FROM Account WHERE External_Id__c != null'
    const { totalSize } = (await this.#get(`query?q=${encodeURIComponent(soql)}`)) as { totalSize: number }
    return { accounts: totalSize, apiCalls: this.#used - this.#ownCalls }
  }

  /** Sets the mark: jobs that exist now are not looked at any more. */
  async mark(): Promise<void> {
    this.#known = new Set((await this.#list()).map(({ id }) => id))
  }

  /** Looks at the jobs created since the mark. */
  async look(): Promise<JobsSeen> {
    const created = (await this.#list()).filter(({ id }) => !this.#known.has(id))
    const jobs = await Promise.all(created.map(({ id }) => this.#get(`jobs/ingest/${id}`) as Promise<Job>))
    const newest = jobs.toSorted((a, b) => b.createdDate.localeCompare(a.createdDate))[0]
    const rowsDone = jobs.reduce((sum, job) => sum + (job.numberRecordsProcessed ?? 0), 0)
    return { state: newest?.state, rowsDone }
  }

  async #list(): Promise<Job[]> {
    // The list is newest last or first as the org likes; the demo makes too few jobs for a second page.
    const { records } = (await this.#get('jobs/ingest')) as { records: Job[] }
    return records
  }

  async #get(road: string): Promise<unknown> {
    const response = await fetch(`${this.#url}/services/data/${apiVersion}/${road}`, {
      headers: { authorization: `Bearer ${this.#accessToken}` },
      signal: AbortSignal.timeout(5000),
    }).catch((error: unknown) => {
      throw new Error(`The org at ${this.#url} does not answer GET ${road}.`, { cause: error })
    })
    const text = await response.text()
    if (!response.ok) throw new Error(`The org answered ${response.status} to GET ${road}: ${text.slice(0, 200)}`)
    this.#ownCalls += 1
    const usage = /api-usage=(\d+)\//.exec(response.headers.get('sforce-limit-info') ?? '')
    this.#used = Math.max(this.#used, Number(usage?.[1] ?? 0))
    return JSON.parse(text) as unknown
  }
}
