/**
 * What the types of a schema accept and refuse. The compiler is the test: it complains of a line below
 * `@ts-expect-error` that compiles, and of any other line that does not. schema.test.ts sees to it that it would.
 */
import type {
  CreateOf,
  ExternalIdOf,
  FieldOf,
  ObjectType,
  RecordKeyOf,
  RecordOf,
  Salesforce,
  UpdateOf,
  ValueToWrite,
} from '@forcewire/core'
import type { Salesforce as PortableSalesforce } from '@forcewire/core/portable'

interface Account {
  Id: string
  Name: string
  Rating: 'Cold' | 'Hot' | null
  NumberOfEmployees: number | null
  FoundedAt__c: string | null
}

interface AccountType extends ObjectType {
  record: Account
  create: { Name: string; Rating?: 'Hot' | null; FoundedAt__c?: string | Date | null }
  update: { Name?: string; Rating?: 'Hot' | null }
  externalIds: 'Id' | 'External_Id__c'
  children: { Contacts: 'Contact' }
}

interface NoExternalIds extends ObjectType {
  record: { Id: string }
  create: object
  update: object
  externalIds: never
}

/** A record type may have fields that are named like the parts of an ObjectType. */
interface Song {
  Id: string
  record: string
}

/** An interface, as the command writes it. */
interface Org {
  Account: AccountType
  Song: Song
  Plain: Account
}

type Same<A, B> = (<T>() => T extends A ? 1 : 2) extends <T>() => T extends B ? 1 : 2 ? true : false

export const schemas: readonly true[] = [
  true satisfies Same<RecordOf<Account>, Account>,
  true satisfies Same<RecordOf<AccountType>, Account>,
  true satisfies Same<RecordOf<Song>, Song>,
  true satisfies Same<RecordOf<Record<string, unknown>>, Record<string, unknown>>,
  true satisfies Same<FieldOf<AccountType>, keyof Account>,
  true satisfies Same<FieldOf<Account>, keyof Account>,
  true satisfies Same<FieldOf<Record<string, unknown>>, string>,
  true satisfies Same<CreateOf<AccountType>, AccountType['create']>,
  true satisfies Same<UpdateOf<AccountType>, AccountType['update']>,
  true satisfies Same<ExternalIdOf<NoExternalIds>, never>,
  true satisfies Same<RecordKeyOf<NoExternalIds>, string>,
  true satisfies Same<ValueToWrite<number>, number | null>,
  true satisfies Same<ValueToWrite<string>, string | Date | Uint8Array | null>,
  true satisfies Same<ValueToWrite<'Cold' | 'Hot' | null>, 'Cold' | 'Hot' | null>,
]

export const written: readonly CreateOf<Account>[] = [
  { Name: 'Acme', FoundedAt__c: new Date(0) },
  { Rating: 'Hot', NumberOfEmployees: null },
  // @ts-expect-error a plain record type has no such field
  { Nmae: 'Acme' },
  // @ts-expect-error no such value
  { Rating: 'Warm' },
  // @ts-expect-error a date is no number
  { NumberOfEmployees: new Date(0) },
]

export const created: readonly CreateOf<AccountType>[] = [
  { Name: 'Acme', Rating: null },
  // @ts-expect-error Name is required
  { Rating: 'Hot' },
  // @ts-expect-error Id cannot be written
  { Name: 'Acme', Id: '001000000000001AAA' },
]

export const changed: readonly UpdateOf<AccountType>[] = [
  {},
  { Rating: 'Hot' },
  // @ts-expect-error it can only be given when a record is created
  { FoundedOn__c: null },
]

export const keys: readonly RecordKeyOf<AccountType>[] = [
  '001000000000001AAA',
  { External_Id__c: 'A-1' },
  // @ts-expect-error a field that is no external ID
  { Name: 'Acme' },
  // @ts-expect-error a list
  ['001000000000001AAA'],
]

export const plainKeys: readonly RecordKeyOf<Account>[] = [
  { Name: 'Acme' },
  // @ts-expect-error not a field
  { Nmae: 'Acme' },
]

export const looseKeys: readonly RecordKeyOf<Record<string, unknown>>[] = ['001000000000001AAA', { Anything__c: 1 }]

/** Compiled, never called: both clients take a schema, and know its objects. */
export function clients(typed: Salesforce<Org>, portable: PortableSalesforce<Org>, loose: Salesforce): unknown[] {
  return [
    typed.sobject('Account'),
    portable.sobject('Plain'),
    loose.sobject('Anything__c'),
    // @ts-expect-error no such object
    typed.sobject('Acount'),
    // @ts-expect-error no such object
    portable.sobject('Acount'),
  ]
}
