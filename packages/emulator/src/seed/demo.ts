import type { Org } from '../org/org.ts'
import { addCustomers } from './demo-customers.ts'
import { DemoOrg } from './demo-org.ts'
import { addSales } from './demo-sales.ts'
import { addService } from './demo-service.ts'
import { seedUser } from './empty.ts'

/** Fills an org with some thousand related records, the same ones every time. */
export function seedDemo(org: Org): void {
  seedUser(org)
  const demo = new DemoOrg(org)
  addCustomers(demo)
  addSales(demo)
  addService(demo)
}
