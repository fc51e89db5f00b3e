/** Fields of a recorded answer that are not compared. */
export interface LeftOut {
  /** Paths in the body, `*` for every entry of a list and every rest of a name; taken out of both answers. */
  readonly fields?: readonly string[]
  /** Paths of what only the recorded answer has. */
  readonly missing?: readonly string[]
  readonly reason: string
}

/** What the authors of a recording did to single fields, and what only one of two orgs has. */
export const LEFT_OUT: Readonly<Record<string, LeftOut>> = {
  'cci-describe-global': {
    fields: ['sobjects.*.keyPrefix'],
    reason: 'the recorder took the key prefix of some objects away; `sss-describe-global` has them',
  },
  'cci-query-024': { fields: ['records.*.Id'], reason: 'the recorder wrote one Id into every row' },
  'sss-describe-global': {
    fields: [
      'sobjects.*.createable',
      'sobjects.*.deletable',
      'sobjects.*.feedEnabled',
      'sobjects.*.label',
      'sobjects.*.labelPlural',
      'sobjects.*.layoutable',
      'sobjects.*.mergeable',
      'sobjects.*.searchable',
      'sobjects.*.updateable',
    ],
    reason: 'an org of 2011: `cci-describe-global` and the Object Reference show what became of these',
  },
  'sss-query-simple': {
    fields: ['debug', 'nextRecordsUrl'],
    reason: 'the authors of the sample noted its query, and left a nextRecordsUrl in a result that is done',
  },
  'sss-query-where': { fields: ['debug'], reason: 'the authors of the sample noted its query' },
  'jsforce-400-two-validation-errors': {
    fields: ['*.message', '*.fields'],
    reason: 'what a validation rule says, and where, is the business of the org that made it',
  },
  'nango-get-record-account': {
    fields: ['External_Id__c', 'Legacy_Id__c', 'Interests__c', 'PhotoUrl'],
    reason: 'the custom fields of the demo org; a photo is where users have Social Accounts and Contacts',
  },
  'nango-query-users': {
    fields: ['0', '1', '2'].flatMap((row) => [`records.${row}.Email`, `records.${row}.Profile`]),
    reason: "only Salesforce's own users have an e-mail address whose domain is none, and a profile that nobody sees",
  },
  'ncf-account': { fields: ['PhotoUrl'], reason: 'a photo is where users have Social Accounts and Contacts' },
  'ncf-contact': { fields: ['PhotoUrl'], reason: 'a photo is where users have Social Accounts and Contacts' },
  'restforce-query-subquery': {
    fields: ['records.*.Whizbangs__r.records.*.attributes'],
    reason: 'the authors of the sample gave the children of an object another type than the object has',
  },
  'restforce-reauth-success': { fields: ['token_type'], reason: 'tokens of those years had no type' },
  'restforce-refresh-success': { fields: ['token_type', 'scope'], reason: 'tokens of those years had neither' },
  'sss-user-details': {
    fields: [
      'address',
      'is_salesforce_integration_user',
      'urls.custom_domain',
      'urls.feed_elements',
      'urls.metadata',
      'urls.tooling_rest',
      'urls.tooling_soap',
    ],
    reason: 'the authors of the sample made up an address; the others came later',
  },
  'vcr-identity': {
    fields: [
      'is_lightning_login_user',
      'urls.custom_domain',
      'urls.feed_elements',
      'urls.tooling_rest',
      'urls.tooling_soap',
    ],
    reason: 'these came later than the recording of 2015',
  },
  'ncf-user': {
    fields: [
      'CreatedById',
      'LastModifiedById',
      'CUST__CustomField1__c',
      'AboutMe',
      'BadgeText',
      'BannerPhotoUrl',
      'FullPhotoUrl',
      'MediumBannerPhotoUrl',
      'MediumPhotoUrl',
      'SmallBannerPhotoUrl',
      'SmallPhotoUrl',
      'DefaultGroupNotificationFrequency',
      'DigestFrequency',
      'IsProfilePhotoActive',
      'GeocodeAccuracy',
      'LastPasswordChangeDate',
      'UserPreferences*',
    ],
    reason:
      'the described users are older than the sample; the first user of an org made itself; a password that nobody changed has no date',
  },
  'vcr-service-root': {
    fields: ['actions', 'composite', 'jobs', 'parameterizedSearch', 'process'],
    missing: ['appMenu', 'chatter', 'commerce', 'connect', 'flexiPage', 'licensing', 'theme', 'tooling', 'wave'],
    reason: 'the emulator lists the resources that it covers; the others are later than the recording of 2015',
  },
  'swiftly-limits': {
    fields: [
      'CdpAiInferenceApiMonthlyLimit',
      'Content*',
      'DailyApex*',
      'DailyAsyncApexTests',
      'DailyDeliveredPlatformEvents',
      'DailyEinsteinDiscoveryOptimizationJobRuns',
      'DailyMetadataRetrievesWithDependencies',
      'DailyServiceEmailAgentforceCalls',
      'ExternalServices*',
      'HourlyElevate*',
      'MaxContentDocumentsLimit',
      'PlatformEventTriggersWithParallelProcessing',
      'PublishCallbackUsageInApex',
      'Scheduled*',
      'DailyBulkApiBatches',
      'DailyGenericStreamingApiEvents',
      'DailyStreamingApiEvents',
    ],
    missing: ['BOZosCalloutHourlyLimit', 'MonthlyPlatformEventsUsageEntitlement'],
    reason:
      'limits come and go with versions, features and packages; three of them told of every connected app of that org',
  },
}
