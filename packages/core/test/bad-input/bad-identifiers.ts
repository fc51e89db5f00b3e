/** What names nothing in Salesforce, by what is wrong with it. None of them may reach an address or a body. */
export const badIdentifiers: Readonly<Record<string, unknown>> = {
  blank: ' ',
  empty: '',
  'a quote': "Account'",
  'a slash': 'Account/describe',
  'a space': 'First Name',
  'a comma': 'Account,Contact',
  'a line break': 'Account\n',
  'half a character': 'Account\ud800',
  dots: '..',
  'a question mark': 'Account?x',
  'a number': 7,
  null: null,
}

/** Those that are wrong for the value of an external ID, which may be any text. */
export const badKeyValues: readonly string[] = ['blank', 'empty', 'half a character', 'dots', 'null']
