import assert from 'node:assert/strict'
import { test } from 'node:test'
import type { Emulator } from '../../src/index.ts'
import { data, send, startEmulator } from '../support/harness.ts'

// biome-ignore lint/suspicious/noExplicitAny: records of every shape
async function query(emulator: Emulator, soql: string): Promise<any[]> {
  const { status, text, json } = await send(emulator, 'GET', data(`/query?q=${encodeURIComponent(soql)}`))
  assert.equal(status, 200, text)
  return json.records
}

async function create(emulator: Emulator, records: object): Promise<string[]> {
  const { status, text, json } = await send(emulator, 'POST', '/_emulator/seed', { body: records })
  assert.equal(status, 200, text)
  return json.ids
}

test('every user has a profile and may have a role, and owners tell of both', async (t) => {
  const emulator = await startEmulator(t, { users: [{ username: 'two@forcewire.example', password: 'x' }] })
  await create(emulator, { Account: [{ Name: 'A' }] })
  const [account] = await query(emulator, 'SELECT Owner.Profile.Name, Owner.UserRole.Name FROM Account')
  assert.equal(account.Owner.Profile.Name, 'System Administrator')
  assert.equal(account.Owner.UserRole, null)
  const [role] = await create(emulator, { UserRole: [{ Name: 'Sales' }] })
  const users = await query(emulator, 'SELECT Id, Profile.Name FROM User ORDER BY Username')
  assert.deepEqual(
    users.map(({ Profile }) => Profile.Name),
    ['System Administrator', 'Standard User'],
  )
  await send(emulator, 'PATCH', data(`/sobjects/User/${users[0].Id}`), { body: { UserRoleId: role } })
  const [owned] = await query(emulator, "SELECT Name FROM Account WHERE Owner.UserRole.Name = 'Sales'")
  assert.equal(owned.Name, 'A')
  const nobody = { Username: 'n@x.example', LastName: 'N', Email: 'n@x.example', Alias: 'n' }
  const refused = await send(emulator, 'POST', data('/sobjects/User'), { body: nobody })
  assert.deepEqual(refused.json[0].fields, ['ProfileId'])
})

test('an order has a number, the sum of its products, and a status that tells its category', async (t) => {
  const emulator = await startEmulator(t)
  await create(emulator, {
    Account: [{ attributes: { referenceId: 'a' }, Name: 'A' }],
    Pricebook2: [{ attributes: { referenceId: 'p' }, Name: 'P' }],
    Product2: [{ attributes: { referenceId: 'g' }, Name: 'Gateway' }],
    PricebookEntry: [{ attributes: { referenceId: 'e' }, Pricebook2Id: '@p', Product2Id: '@g', UnitPrice: 20 }],
    Order: [{ attributes: { referenceId: 'o' }, AccountId: '@a', Pricebook2Id: '@p', EffectiveDate: '2026-01-02' }],
    OrderItem: [
      { OrderId: '@o', PricebookEntryId: '@e', Quantity: 2 },
      { OrderId: '@o', PricebookEntryId: '@e', Quantity: 1, UnitPrice: 5 },
    ],
  })
  const soql =
    'SELECT Id, OrderNumber, TotalAmount, StatusCode, (SELECT Product2.Name, TotalPrice FROM OrderItems) FROM Order'
  const [order] = await query(emulator, soql)
  assert.deepEqual([order.OrderNumber, order.TotalAmount, order.StatusCode], ['00000001', 45, 'Draft'])
  assert.deepEqual(
    order.OrderItems.records.map((item: { TotalPrice: number }) => item.TotalPrice),
    [40, 5],
  )
  assert.equal(order.OrderItems.records[0].Product2.Name, 'Gateway')
  await send(emulator, 'PATCH', data(`/sobjects/Order/${order.Id}`), { body: { Status: 'Activated' } })
  const [activated] = await query(emulator, 'SELECT StatusCode, ActivatedDate FROM Order')
  assert.equal(activated.StatusCode, 'Activated')
  assert.match(activated.ActivatedDate, /^\d{4}-/)
})

test('an activity shows the account behind it, a case how to reach its contact', async (t) => {
  const emulator = await startEmulator(t)
  const [account, contact] = await create(emulator, {
    Account: [{ attributes: { referenceId: 'a' }, Name: 'A' }],
    Contact: [{ attributes: { referenceId: 'c' }, LastName: 'L', AccountId: '@a', Email: 'l@x.example' }],
    Task: [{ WhoId: '@c', Priority: 'High', IsReminderSet: true, ReminderDateTime: '2026-01-01T08:00:00Z' }],
    Event: [{ WhatId: '@a', StartDateTime: '2026-01-01T08:00:00Z', DurationInMinutes: 30 }],
    Case: [{ ContactId: '@c' }],
  })
  const [task] = await query(emulator, 'SELECT AccountId, IsHighPriority, IsReminderSet, TaskSubtype FROM Task')
  const { attributes: _, ...fields } = task
  assert.deepEqual(fields, { AccountId: account, IsHighPriority: true, IsReminderSet: true, TaskSubtype: 'Task' })
  const [event] = await query(emulator, 'SELECT Account.Name FROM Event')
  assert.equal(event.Account.Name, 'A')
  assert.equal((await query(emulator, 'SELECT ContactEmail FROM Case'))[0].ContactEmail, 'l@x.example')
  await send(emulator, 'PATCH', data(`/sobjects/Contact/${contact}`), { body: { Email: 'new@x.example' } })
  assert.equal((await query(emulator, 'SELECT ContactEmail FROM Case'))[0].ContactEmail, 'new@x.example')
})

test('an opportunity tells its fiscal period, and its forecast category by stage until that is set by hand', async (t) => {
  const emulator = await startEmulator(t)
  const [id] = await create(emulator, {
    Opportunity: [{ Name: 'O', StageName: 'Prospecting', CloseDate: '2026-05-01' }],
  })
  const told = async (change: object): Promise<unknown[]> => {
    await send(emulator, 'PATCH', data(`/sobjects/Opportunity/${id}`), { body: change })
    const [row] = await query(emulator, 'SELECT Fiscal, ForecastCategory, ForecastCategoryName FROM Opportunity')
    return [row.Fiscal, row.ForecastCategory, row.ForecastCategoryName]
  }
  assert.deepEqual(await told({}), ['2026 2', 'Pipeline', 'Pipeline'])
  assert.deepEqual(await told({ ForecastCategoryName: 'Commit' }), ['2026 2', 'Forecast', 'Commit'])
  assert.deepEqual(await told({ CloseDate: '2027-01-01' }), ['2027 1', 'Forecast', 'Commit'])
  assert.deepEqual(await told({ StageName: 'Closed Won' }), ['2027 1', 'Closed', 'Closed'])
})
