/** Families of recordings that the emulator is not asked, and why. */
export const FAMILIES_LEFT_OUT: Readonly<Record<string, string>> = {
  bulk1: 'Bulk API 1.0 is not emulated: its roads answer 501',
  soap: 'of SOAP only login and logout are emulated: other calls get a fault that says so',
}

/** Single recordings that the emulator is not asked, and why. */
export const CASES_LEFT_OUT: Readonly<Record<string, string>> = {
  'nango-quickaction-defaults': 'quick actions are not covered: the road answers 501',
  'nango-quickactions-list': 'quick actions are not covered: the road answers 501',
  'pasted-html-long-uri': 'the HTTP server closes a connection whose request line and headers are over 16 KB with 431',
  'restforce-listview-results':
    'list views are not covered: the road answers 501; the sample is of v23.0, which is retired',
  'restforce-query-page1':
    'the sample pages after one row, where an org has 200 at least (`nango-query-batchsize-1000` pages)',
  'restforce-query-page2': 'the other page of the same sample',
}
