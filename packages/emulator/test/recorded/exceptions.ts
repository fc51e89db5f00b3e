/** Families of recordings that the emulator is not asked, and why. */
export const FAMILIES_LEFT_OUT: Readonly<Record<string, string>> = {
  bulk1: 'Bulk API 1.0 is not emulated: its roads answer 501',
  soap: 'of SOAP only login and logout are emulated: other calls get a fault that says so',
}
