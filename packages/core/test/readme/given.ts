import { format } from 'node:util'
import type { Emulator, Fault } from '@forcewire/emulator'
import { type ConnectProxy, connectProxy } from '../support/connect-proxy.ts'
import { Person } from '../support/person.ts'
import { clientCredentials, Salesforce } from './core.ts'

/** The names that a snippet may use without declaring them; they stand for what a reader has. */
export interface Given {
  /** A client on an org with the emulator's demo records. */
  readonly salesforce: Salesforce
  /** Address of the org. */
  readonly loginUrl: string
  readonly clientId: string
  readonly clientSecret: string
  readonly username: string
  readonly password: string
  readonly securityToken: string
  /** PEM. */
  readonly privateKey: string
  readonly redirectUri: string
  /** A refresh token that was stored before. */
  readonly storedToken: string
  /** Ids of records that are there. */
  readonly accountId: string
  readonly contactId: string
  readonly userId: string
  readonly reportId: string
  /** A person who logs in on the page, enters the code if there is one, and agrees; answers where the browser ends. */
  readonly person: (page: string, userCode?: string) => Promise<URL>
  /** Makes the next requests meet trouble. */
  readonly fault: (fault: Fault) => void
  /** Address of a proxy in front of the org. */
  readonly proxyUrl: string
  readonly console: Printer
}

/** All names of {@link Given}. */
export const names: readonly (keyof Given)[] = [
  'salesforce',
  'loginUrl',
  'clientId',
  'clientSecret',
  'username',
  'password',
  'securityToken',
  'privateKey',
  'redirectUri',
  'storedToken',
  'accountId',
  'contactId',
  'userId',
  'reportId',
  'person',
  'fault',
  'proxyUrl',
  'console',
]

/** A console that keeps what the lines of a snippet print. */
export class Printer {
  /** Texts by line of the README. */
  readonly printed: Map<number, string[]> = new Map()

  /** What a line prints goes here. */
  at(line: number): Pick<Console, 'log'> {
    return {
      log: (...values) => {
        this.printed.set(line, [...(this.printed.get(line) ?? []), format(...values)])
      },
    }
  }

  /** Printed, and held to nothing. */
  log(...values: readonly unknown[]): void {
    format(...values)
  }
}

/** What a test has of a snippet beside what the snippet gets. */
export interface Lent extends Given, AsyncDisposable {
  readonly proxy: ConnectProxy
}

/** What one snippet gets at an org with the demo records. */
export async function given(emulator: Emulator): Promise<Lent> {
  const { credentials, url: loginUrl } = emulator
  const salesforce = new Salesforce({ auth: clientCredentials({ ...credentials, loginUrl }) })
  const firstId = async (object: string): Promise<string> => {
    const record = await salesforce.query<{ Id: string }>(`SELECT Id FROM ${object} ORDER BY Id LIMIT 1`).first()
    if (record === undefined) throw new Error(`The demo org has no ${object}.`)
    return record.Id
  }
  const proxy = await connectProxy()
  return {
    ...credentials,
    salesforce,
    loginUrl,
    storedToken: credentials.refreshToken,
    accountId: await firstId('Account'),
    contactId: await firstId('Contact'),
    userId: await firstId('User'),
    reportId: await firstId('Report'),
    person: (page, userCode) => visit(emulator, page, userCode),
    fault: (fault) => emulator.faults.add(fault),
    proxy,
    proxyUrl: proxy.url,
    console: new Printer(),
    async [Symbol.asyncDispose]() {
      emulator.faults.clear()
      await salesforce.close()
      await proxy[Symbol.asyncDispose]()
    },
  }
}

async function visit(emulator: Emulator, page: string, userCode: string | undefined): Promise<URL> {
  const person = new Person(emulator)
  await person.open(page)
  if (userCode !== undefined) await person.submit({ user_code: userCode })
  await person.agree()
  return person.redirectedTo ?? new URL(page)
}
