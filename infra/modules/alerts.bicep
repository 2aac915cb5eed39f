// What wakes somebody up before users notice. What each alert means and what to do: docs/operate/operations.md.
param environmentName string
param location string
param applicationInsightsId string
param workspaceId string
param readyUrl string
param email string
param monthlyBudget int
param budgetStart string
param tags object

// Log alerts: each query gives rows where something is wrong. Event ids, names and properties are those of the product; a line with an exception is in AppExceptions.
var logAlerts = [
  {
    name: 'undelivered'
    severity: 1
    description: 'The oldest event that waits for its delivery is over 30 minutes old: receivers fail, or nothing is delivered.'
    query: 'AppMetrics | where Name == "paysg.webhooks.oldest_undelivered.age" | summarize Age = max(Max) by bin(TimeGenerated, 5m) | where Age > 1800'
    windowSize: 'PT15M'
  }
  {
    name: 'sweeper-silent'
    severity: 1
    description: 'The sweeper, which runs every 30 seconds and forgets no work, has not been seen for 15 minutes.'
    query: 'AppMetrics | where Name == "paysg.webhooks.oldest_undelivered.age" | summarize Seen = count() | where Seen == 0'
    windowSize: 'PT15M'
  }
  {
    name: 'poison'
    severity: 1
    description: 'A queue message failed five times: a fault of ours, or a crash. Its work is not lost, the sweeper sends it again.'
    query: 'AppTraces | where tostring(Properties.EventId) == "2006"'
    windowSize: 'PT15M'
  }
  {
    name: 'refund-refused'
    severity: 1
    description: 'The gateway refuses a refund that is owed to a payer, or one of a late charge came back. Somebody must look at it.'
    query: 'AppTraces | where tostring(Properties.EventId) in ("4005", "4018", "6053")'
    windowSize: 'PT15M'
  }
  {
    name: 'dispute'
    severity: 1
    description: 'A payer, or their bank, disputes a payment. Somebody must answer it at the gateway before its date, or the money is lost.'
    query: 'AppTraces | where tostring(Properties.EventId) == "4017"'
    windowSize: 'PT15M'
  }
  {
    name: 'stripe-mismatch'
    severity: 1
    description: 'An object or an event at Stripe is not what is stored here: another amount, account, mode or attempt. Nothing is believed of it.'
    query: 'AppTraces | where tostring(Properties.EventId) in ("4011", "4013", "4014")'
    windowSize: 'PT15M'
  }
  {
    name: 'gateway-silent'
    severity: 1
    description: 'Over five calls of the gateway in 15 minutes had no clear answer: it is down, or its key is revoked or lacks a permission.'
    query: 'AppExceptions | where tostring(Properties.EventId) in ("4010", "4016") | summarize Times = count() | where Times > 5'
    windowSize: 'PT15M'
  }
  {
    name: 'notices-refused'
    severity: 2
    description: 'Over five notices of the gateway in 15 minutes were not signed with its secret: the secret was rotated there and not here, or somebody forges.'
    query: 'AppTraces | where tostring(Properties.EventId) == "1008" and tostring(Properties.Code) == "invalid_signature" | summarize Times = count() | where Times > 5'
    windowSize: 'PT15M'
  }
  {
    name: 'storage-refuses'
    severity: 1
    description: 'Storage refuses the app, lacks a table or a queue, is full, or the clocks disagree. It does not pass by itself.'
    query: 'union AppTraces, AppExceptions | where tostring(Properties.EventId) in ("1006", "1007")'
    windowSize: 'PT15M'
  }
  {
    name: 'backup-late'
    severity: 1
    description: 'The newest whole backup was due over 26 hours ago, or none was seen for three hours.'
    query: 'AppMetrics | where Name == "paysg.backup.age" | summarize Age = min(Min), Seen = count() | where Seen == 0 or Age > 93600'
    windowSize: 'PT3H'
  }
  {
    name: 'guessing'
    severity: 2
    description: 'Over 500 payments, links or attempts that do not exist were asked for in 15 minutes: somebody tries out addresses of payers.'
    query: 'AppMetrics | where Name == "paysg.pages.unknown" | summarize Guesses = sum(Sum) | where Guesses > 500'
    windowSize: 'PT15M'
  }
  {
    name: 'attempts-refused'
    severity: 2
    description: 'Over 50 attempts to pay were not begun in 15 minutes, because too many were on one payment or link: somebody floods it, or a crowd pays.'
    query: 'AppMetrics | where Name == "paysg.pages.attempts.refused" | summarize Refused = sum(Sum) | where Refused > 50'
    windowSize: 'PT15M'
  }
  {
    name: 'wrong-keys'
    severity: 2
    description: 'Over 50 wrong keys of one kind, or more than three wrong management keys, in 15 minutes: a caller that was not told of a rotation, or somebody who guesses.'
    query: 'AppTraces | where tostring(Properties.EventId) == "1301" | summarize Wrong = count() by Kind = tostring(Properties.Kind) | where Wrong > 50 or (Kind == "management_key" and Wrong > 3)'
    windowSize: 'PT15M'
  }
  {
    name: 'secret-key-missing'
    severity: 1
    description: 'A stored secret cannot be read: its key is not among the settings, or its row was changed. Webhooks of its endpoint are not signed.'
    query: 'union AppTraces, AppExceptions | where tostring(Properties.EventId) in ("1009", "2011")'
    windowSize: 'PT15M'
  }
  {
    name: 'server-errors'
    severity: 2
    description: 'More than 1 % of at least 50 requests in 15 minutes were answered 5xx.'
    query: 'AppRequests | where Name == "paysg.request" | summarize Total = count(), Failed = countif(toint(Properties.status) >= 500) | where Total >= 50 and Failed * 100.0 / Total > 1'
    windowSize: 'PT15M'
  }
  {
    name: 'slow'
    severity: 3
    description: 'Of at least 50 requests in 15 minutes the slowest 5 % took over 2 seconds.'
    query: 'AppRequests | where Name == "paysg.request" | summarize Total = count(), P95 = percentile(DurationMs, 95) | where Total >= 50 and P95 > 2000'
    windowSize: 'PT15M'
  }
]

resource operators 'Microsoft.Insights/actionGroups@2023-01-01' = {
  name: 'ag-${environmentName}'
  location: 'global'
  tags: tags
  properties: {
    groupShortName: 'paysg'
    enabled: true
    emailReceivers: empty(email) ? [] : [
      {
        name: 'operators'
        emailAddress: email
        useCommonAlertSchema: true
      }
    ]
  }
}

resource logAlert 'Microsoft.Insights/scheduledQueryRules@2023-12-01' = [for alert in logAlerts: {
  name: 'alert-${environmentName}-${alert.name}'
  location: location
  tags: tags
  properties: {
    displayName: alert.name
    description: alert.description
    severity: alert.severity
    enabled: true
    scopes: [
      workspaceId
    ]
    evaluationFrequency: 'PT5M'
    windowSize: alert.windowSize
    criteria: {
      allOf: [
        {
          query: alert.query
          timeAggregation: 'Count'
          operator: 'GreaterThan'
          threshold: 0
          failingPeriods: {
            numberOfEvaluationPeriods: 1
            minFailingPeriodsToAlert: 1
          }
        }
      ]
    }
    // A table of the workspace has its columns from the first telemetry on, and the rules are made before it.
    skipQueryValidation: true
    // Gone when it is well again, so that the next fault is a new alert.
    autoMitigate: true
    actions: {
      actionGroups: [
        operators.id
      ]
    }
  }
}]

// Asked from outside, as a payer would: it fails where the app is down, and where the app cannot reach its storage.
resource readyTest 'Microsoft.Insights/webtests@2022-06-15' = {
  name: 'ready-${environmentName}'
  location: location
  // The portal finds the test by this tag.
  tags: union(tags, { 'hidden-link:${applicationInsightsId}': 'Resource' })
  kind: 'standard'
  properties: {
    SyntheticMonitorId: 'ready-${environmentName}'
    Name: 'ready-${environmentName}'
    Enabled: true
    Frequency: 300
    Timeout: 30
    Kind: 'standard'
    RetryEnabled: true
    Locations: [
      {
        Id: 'apac-sg-sin-azr'
      }
      {
        Id: 'apac-hk-hkn-azr'
      }
      {
        Id: 'apac-jp-kaw-edge'
      }
    ]
    Request: {
      RequestUrl: readyUrl
      HttpVerb: 'GET'
      ParseDependentRequests: false
    }
    ValidationRules: {
      ExpectedHttpStatusCode: 200
      SSLCheck: true
      SSLCertRemainingLifetimeCheck: 14
    }
  }
}

resource readyAlert 'Microsoft.Insights/metricAlerts@2018-03-01' = {
  name: 'alert-${environmentName}-not-ready'
  location: 'global'
  tags: tags
  properties: {
    description: 'Two of three places cannot reach the app, or the app cannot reach its storage.'
    severity: 0
    enabled: true
    scopes: [
      readyTest.id
      applicationInsightsId
    ]
    evaluationFrequency: 'PT1M'
    windowSize: 'PT5M'
    criteria: {
      'odata.type': 'Microsoft.Azure.Monitor.WebtestLocationAvailabilityCriteria'
      webTestId: readyTest.id
      componentId: applicationInsightsId
      failedLocationCount: 2
    }
    actions: [
      {
        actionGroupId: operators.id
      }
    ]
  }
}

// Azure compares once a day or so: a budget tells, it stops nothing.
resource budget 'Microsoft.Consumption/budgets@2023-05-01' = if (monthlyBudget > 0) {
  name: 'budget-${environmentName}'
  properties: {
    category: 'Cost'
    amount: monthlyBudget
    timeGrain: 'Monthly'
    timePeriod: {
      startDate: budgetStart
    }
    notifications: {
      spent: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 80
        thresholdType: 'Actual'
        contactEmails: [
          email
        ]
      }
      forecast: {
        enabled: true
        operator: 'GreaterThan'
        threshold: 100
        thresholdType: 'Forecasted'
        contactEmails: [
          email
        ]
      }
    }
  }
}
