// Everything that PaySG for Azure needs in one resource group of an agency's own subscription.
// Each module is one concern; no module comes from a registry, so the files compile without a network.
targetScope = 'resourceGroup'

@description('Part of every name, such as paysg-test. Lower-case letters, digits and dashes.')
@minLength(3)
@maxLength(20)
param environmentName string

@description('The resource group that this environment is deployed into. Another one is refused, so the file of one environment cannot be deployed over another. Empty: any.')
param resourceGroupName string = ''

@description('Where everything runs. Flex Consumption and availability zones must be offered there.')
@metadata({ azd: { type: 'location' } })
param location string = resourceGroup().location

@description('test: no money moves. live: money moves through Stripe, so usesStripe must be true.')
@allowed(['test', 'live'])
param mode string = 'test'

@description('What payers\' and integrators\' links begin with, such as https://pay.agency.gov.sg. Empty: the custom domain, or the app\'s own host name.')
param publicBaseUrl string = ''

@description('A host name of the agency\'s own, such as pay.agency.gov.sg, for which Azure makes and renews the certificate. Its DNS records must be there first. Empty: none.')
param customDomain string = ''

@description('Memory of one instance in MB; processor and network grow with it.')
@allowed([512, 2048, 4096])
param instanceMemoryMB int = 2048

@description('Most instances of one group of functions: HTTP is one group, each queue and each timer function is its own.')
@minValue(40)
@maxValue(1000)
param maximumInstanceCount int = 100

@description('Whether the app\'s instances stand in several zones: one that fails stops nothing.')
param zoneRedundant bool = false

@description('Instances for HTTP that are never scaled away: payers do not wait for a cold start.')
@minValue(0)
@maxValue(1000)
param alwaysReadyHttpInstances int = 1

@description('Instances for webhook deliveries that are never scaled away: the first webhook after a silence leaves at once.')
@minValue(0)
@maxValue(1000)
param alwaysReadyDeliveryInstances int = 1

@description('Redundancy of the storage account, which holds all payments. ZRS keeps three zones in step; GZRS copies payers\' data to the paired region too, which may be another country.')
@allowed(['Standard_LRS', 'Standard_ZRS', 'Standard_GZRS', 'Standard_RAGZRS'])
param storageSku string = 'Standard_ZRS'

@description('A virtual network with private endpoints, and a NAT gateway that gives webhooks a fixed source address.')
param privateNetwork bool = false

@description('Address range of that network; at least a /24.')
param networkAddressPrefix string = '10.40.0.0/24'

@description('With privateNetwork: the id of a subnet of the agency\'s own for the app, delegated to Microsoft.App/environments. Empty: a network is made.')
param existingAppSubnetId string = ''

@description('With existingAppSubnetId: the id of a subnet of the same network for the private endpoints.')
param existingEndpointSubnetId string = ''

@description('With privateNetwork: the id of the resource group that holds the private DNS zones. They must be linked to the network. Empty: zones are made.')
param existingDnsZonesGroupId string = ''

@description('Who is told of alerts. Needed in live mode; empty: alerts show in the portal only.')
param alertEmail string = ''

@description('What a month may cost, in the currency of the subscription; alertEmail is told at 80 %, and where 100 % are forecast. 0: no budget.')
@minValue(0)
param monthlyBudget int = 0

@description('With monthlyBudget: the first day of the month in which it was made, such as 2026-12-01. It cannot be changed later.')
param budgetStart string = ''

@description('GB of telemetry a day; what comes after is dropped, and alerts are blind until the next day. -1: no cap.')
@minValue(-1)
@maxValue(1000)
param telemetryDailyCapGb int = -1

@description('A lock against deleting the storage account.')
param lockStorage bool = false

@description('Days that the daily backups are kept; a payer\'s data that is redacted is in older backups until then.')
@minValue(1)
@maxValue(3650)
param backupKeptDays int = 35

@description('Whether nobody can change or delete a backup before that time.')
param immutableBackups bool = mode == 'live'

@description('Whether a deleted vault cannot be purged for 90 days, by anybody. Once on, it stays on. Without it a test environment can be taken down and made again.')
param vaultPurgeProtection bool = mode == 'live'

@description('For one deployment after the vault was deleted: brings it back with its secrets.')
param recoverVault bool = false

@description('Largest payment in cents.')
@minValue(1)
@maxValue(99999999)
param maxAmountInCents int = 20000000

@description('Requests a minute that one API key or credential may send to each instance; 0: any number.')
@minValue(0)
@maxValue(6000000)
param requestsPerMinute int = 6000

@description('The header in which the platform tells the address of a client: CLIENT-IP, X-Azure-ClientIP behind Front Door, or none.')
@maxLength(100)
param clientAddressHeader string = 'CLIENT-IP'

@description('Whether pages have the masthead of Singapore Government websites: true, false, or empty for yes where publicBaseUrl is below gov.sg.')
@allowed(['', 'true', 'false'])
param governmentMasthead string = ''

@description('Attempts of webhooks that may go to one host in any minute, from each instance.')
@minValue(20)
@maxValue(600000)
param webhookPostsPerMinute int = 1200

@description('Mails that one address may get from one payment service on a day; 0: any number.')
@minValue(0)
@maxValue(100000)
param mailsPerRecipientAndDay int = 50

@description('Networks that the management API may be called from, in CIDR form, separated by commas; empty: any.')
param managementAllowedNetworks string = ''

@description('Networks that webhooks may reach although they are not public, in CIDR form, separated by commas. Refused in live mode.')
param webhookAllowedNetworks string = ''

@description('Seconds that a Singapay access token is valid.')
@minValue(60)
@maxValue(216000)
param tokenLifetimeSeconds int = 3600

@description('Days that events and ended deliveries are kept; at least 30.')
@minValue(30)
@maxValue(3650)
param retentionDays int = 90

@description('Years that payments are kept after they last changed: at least 6, for the tax record; 100: always.')
@minValue(6)
@maxValue(100)
param paymentRetentionYears int = 100

@description('The client id of the app registration by which officers sign in to the dashboard; empty: there is no dashboard.')
param dashboardClientId string = ''

@description('The relay for mails to payers; empty: no mails are sent.')
param smtpHost string = ''
@description('587 and others by STARTTLS, 465 by TLS from the first byte.')
@minValue(1)
@maxValue(65535)
param smtpPort int = 587
param smtpUser string = ''
@description('The sender of mails, such as no-reply@agency.gov.sg. Needed with smtpHost.')
param mailFrom string = ''
@description('The name beside it, in one line.')
@maxLength(100)
param mailFromName string = ''

@description('How many days after a payment\'s link was first mailed its payer is reminded, once, if nothing is paid by then. 0: nobody is reminded.')
@minValue(0)
@maxValue(90)
param mailReminderDays int = 0

// Secrets are parameters of the first deployment and of a rotation only. One that is left empty is left as it is in the
// vault, so later deployments need none of them. How to make and rotate each: docs/operate/operations.md.
@secure()
@description('What x-management-key must hold: 32 or more random bytes in hexadecimal or base64.')
param managementKey string = ''
@secure()
@description('The management key before it, which is taken too while callers change over.')
param previousManagementKey string = ''
@secure()
@description('Encrypts webhook secrets and client secrets: a name, a colon, 32 bytes in base64.')
param secretsCurrentKey string = ''
@secure()
param secretsPreviousKey string = ''
@secure()
@description('Signs access tokens: a name, a colon, 32 bytes in base64.')
param tokensCurrentKey string = ''
@secure()
param tokensPreviousKey string = ''
@secure()
param smtpPassword string = ''
@secure()
@description('A restricted or secret key of the agency\'s account at Stripe, of the same mode as the app: rk_live_…, rk_test_….')
param stripeSecretKey string = ''
@secure()
@description('The signing secret of the webhook endpoint that was made at Stripe: whsec_….')
param stripeWebhookSecret string = ''
@secure()
@description('The signing secret before it, which is taken too while Stripe changes over.')
param previousStripeWebhookSecret string = ''

@description('Whether payers are charged by Stripe: the vault then holds its key and its webhook secret. Needed in live mode; in test mode it takes the place of the sandbox.')
param usesStripe bool = mode == 'live'

@description('Whether the vault holds a previous key of each kind, so that the app is to read it: for the time of a rotation.')
param hasPreviousManagementKey bool = false
param hasPreviousSecretsKey bool = false
param hasPreviousTokensKey bool = false
param hasPreviousStripeWebhookSecret bool = false

@description('The repository whose workflow may ask what a deployment would change, such as agency/paysg: an identity is made for it that can read and no more. Empty: none is made.')
param whatIfRepository string = ''

@description('Put on every resource.')
param tags object = {}

// What no decorator can say. The app checks the same when it starts; here nothing is changed yet.
var nameLetters = 'abcdefghijklmnopqrstuvwxyz0123456789-'
var wrongLetters = filter(range(0, length(environmentName)), i => !contains(nameLetters, substring(environmentName, i, 1)))
var groupSizes = [alwaysReadyHttpInstances, alwaysReadyDeliveryInstances]
var prefixParts = split(networkAddressPrefix, '/')
var allowedNetworks = filter(split('${managementAllowedNetworks},${webhookAllowedNetworks}', ','), range => !empty(trim(range)))
var problems = filter(
  [
    empty(resourceGroupName) || toLower(resourceGroupName) == toLower(resourceGroup().name) ? '' : 'resourceGroupName: these parameters are for the resource group ${resourceGroupName}, and this is ${resourceGroup().name}. Name the parameter file of this environment.'
    empty(wrongLetters) && !startsWith(environmentName, '-') && !endsWith(environmentName, '-') ? '' : 'environmentName: lower-case letters, digits and dashes, none of them at the ends.'
    mode == 'live' && !usesStripe ? 'usesStripe: live mode takes money through Stripe, so it must be true.' : ''
    mode == 'live' && empty(alertEmail) ? 'alertEmail: in live mode somebody must be told of alerts.' : ''
    mode == 'live' && !empty(webhookAllowedNetworks) ? 'webhookAllowedNetworks: refused in live mode. Webhooks of real payments go to public addresses.' : ''
    empty(publicBaseUrl) || startsWith(publicBaseUrl, 'https://') && !contains(publicBaseUrl, '?') && !contains(publicBaseUrl, '#') && !endsWith(publicBaseUrl, '//') ? '' : 'publicBaseUrl: must begin with https://, without a query or two slashes at its end.'
    empty(customDomain) || contains(customDomain, '.') && !contains(customDomain, '/') && !contains(customDomain, ':') ? '' : 'customDomain: a host name only, such as pay.agency.gov.sg.'
    empty(filter(allowedNetworks, range => !contains(range, '/'))) ? '' : 'managementAllowedNetworks, webhookAllowedNetworks: ranges such as 10.1.0.0/16, separated by commas.'
    empty(dashboardClientId) || length(dashboardClientId) == 36 && length(split(dashboardClientId, '-')) == 5 ? '' : 'dashboardClientId: the client id of an app registration, such as 00000000-0000-4000-8000-000000000000.'
    empty(whatIfRepository) || length(split(whatIfRepository, '/')) == 2 ? '' : 'whatIfRepository: owner and name, such as agency/paysg.'
    max(groupSizes) <= maximumInstanceCount ? '' : 'alwaysReadyHttpInstances, alwaysReadyDeliveryInstances: at most maximumInstanceCount.'
    zoneRedundant && contains(groupSizes, 1) ? 'alwaysReadyHttpInstances, alwaysReadyDeliveryInstances: with zoneRedundant 0 or at least 2, so that one is in another zone.' : ''
    retentionDays <= paymentRetentionYears * 365 ? '' : 'retentionDays: events must not be kept for longer than payments (paymentRetentionYears).'
    empty(smtpHost) || contains(mailFrom, '@') ? '' : 'mailFrom: needed with smtpHost, an address such as no-reply@agency.gov.sg.'
    length(prefixParts) == 2 && int(last(prefixParts)) <= 24 ? '' : 'networkAddressPrefix: a range such as 10.40.0.0/24, and not smaller.'
    empty(existingAppSubnetId) == empty(existingEndpointSubnetId) ? '' : 'existingAppSubnetId, existingEndpointSubnetId: both or neither.'
    empty(existingAppSubnetId) || contains(existingAppSubnetId, '/subnets/') && contains(existingEndpointSubnetId, '/subnets/') ? '' : 'existingAppSubnetId, existingEndpointSubnetId: ids of subnets, /subscriptions/…/subnets/….'
    (empty(existingAppSubnetId) && empty(existingDnsZonesGroupId)) || privateNetwork ? '' : 'existingAppSubnetId, existingDnsZonesGroupId: only with privateNetwork.'
    monthlyBudget == 0 || (!empty(alertEmail) && length(budgetStart) == 10 && endsWith(budgetStart, '-01')) ? '' : 'monthlyBudget: needs alertEmail, and as budgetStart the first day of a month, such as 2026-12-01.'
  ],
  problem => !empty(problem)
)
// Every name is made of it, so nothing is deployed where there is a problem.
var environmentLabel = empty(problems) ? environmentName : fail(join(problems, ' '))

var token = uniqueString(resourceGroup().id, environmentName)
var identityName = 'id-${environmentLabel}'
var allTags = union(tags, { 'azd-env-name': environmentName })

module identity 'modules/identity.bicep' = {
  name: 'identity'
  params: {
    name: identityName
    location: location
    tags: allTags
  }
}

module monitoring 'modules/monitoring.bicep' = {
  name: 'monitoring'
  params: {
    environmentName: environmentLabel
    location: location
    dailyCapGb: telemetryDailyCapGb
    identityName: identityName
    principalId: identity.outputs.principalId
    tags: allTags
  }
}

module storage 'modules/storage.bicep' = {
  name: 'storage'
  params: {
    name: 'stpaysg${token}'
    location: location
    sku: storageSku
    isPrivate: privateNetwork
    isLocked: lockStorage
    backupKeptDays: backupKeptDays
    immutableBackups: immutableBackups
    identityName: identityName
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    tags: allTags
  }
}

module vault 'modules/vault.bicep' = {
  name: 'vault'
  params: {
    name: 'kv-${token}'
    location: location
    isPrivate: privateNetwork
    identityName: identityName
    principalId: identity.outputs.principalId
    workspaceId: monitoring.outputs.workspaceId
    purgeProtection: vaultPurgeProtection
    recover: recoverVault
    managementKey: managementKey
    previousManagementKey: previousManagementKey
    secretsCurrentKey: secretsCurrentKey
    secretsPreviousKey: secretsPreviousKey
    tokensCurrentKey: tokensCurrentKey
    tokensPreviousKey: tokensPreviousKey
    smtpPassword: smtpPassword
    stripeSecretKey: stripeSecretKey
    stripeWebhookSecret: stripeWebhookSecret
    previousStripeWebhookSecret: previousStripeWebhookSecret
    tags: allTags
  }
}

// The packages stand in an account of their own, which the identity of the app itself cannot open.
module packages 'modules/packages.bicep' = {
  name: 'packages'
  params: {
    name: 'stpkg${token}'
    identityName: 'id-${environmentLabel}-package'
    location: location
    isPrivate: privateNetwork
    tags: allTags
  }
}

module whatIf 'modules/whatif.bicep' = if (!empty(whatIfRepository)) {
  name: 'what-if'
  params: {
    name: 'id-${environmentLabel}-what-if'
    location: location
    repository: whatIfRepository
    tags: allTags
  }
}

module network 'modules/network.bicep' = if (privateNetwork) {
  name: 'network'
  params: {
    environmentName: environmentLabel
    location: location
    addressPrefix: networkAddressPrefix
    existingAppSubnetId: existingAppSubnetId
    existingEndpointSubnetId: existingEndpointSubnetId
    existingDnsZonesGroupId: existingDnsZonesGroupId
    storageAccountId: storage.outputs.id
    packageAccountId: packages.outputs.id
    vaultId: vault.outputs.id
    tags: allTags
  }
}

module app 'modules/app.bicep' = {
  name: 'app'
  params: {
    name: 'func-${environmentLabel}-${token}'
    planName: 'plan-${environmentLabel}'
    location: location
    mode: mode
    publicBaseUrl: publicBaseUrl
    customDomain: customDomain
    zoneRedundant: zoneRedundant
    workspaceId: monitoring.outputs.workspaceId
    instanceMemoryMB: instanceMemoryMB
    maximumInstanceCount: maximumInstanceCount
    alwaysReadyHttpInstances: alwaysReadyHttpInstances
    alwaysReadyDeliveryInstances: alwaysReadyDeliveryInstances
    identityId: identity.outputs.id
    identityClientId: identity.outputs.clientId
    storageAccountName: storage.outputs.name
    packageContainerUrl: packages.outputs.containerUrl
    packageIdentityId: packages.outputs.identityId
    vaultUri: vault.outputs.uri
    applicationInsightsConnectionString: monitoring.outputs.connectionString
    subnetId: privateNetwork ? network!.outputs.appSubnetId : ''
    maxAmountInCents: maxAmountInCents
    requestsPerMinute: requestsPerMinute
    clientAddressHeader: clientAddressHeader
    governmentMasthead: governmentMasthead
    webhookPostsPerMinute: webhookPostsPerMinute
    mailsPerRecipientAndDay: mailsPerRecipientAndDay
    managementAllowedNetworks: managementAllowedNetworks
    webhookAllowedNetworks: webhookAllowedNetworks
    tokenLifetimeSeconds: tokenLifetimeSeconds
    retentionDays: retentionDays
    paymentRetentionYears: paymentRetentionYears
    backupContainer: storage.outputs.backupContainer
    backupKeptDays: backupKeptDays
    dashboardTenantId: empty(dashboardClientId) ? '' : subscription().tenantId
    hasPreviousManagementKey: hasPreviousManagementKey
    hasPreviousSecretsKey: hasPreviousSecretsKey
    hasPreviousTokensKey: hasPreviousTokensKey
    usesStripe: usesStripe
    hasPreviousStripeWebhookSecret: hasPreviousStripeWebhookSecret
    smtpHost: smtpHost
    smtpPort: smtpPort
    smtpUser: smtpUser
    mailFrom: mailFrom
    mailFromName: mailFromName
    mailReminderDays: mailReminderDays
    tags: allTags
  }
}

module signIn 'modules/signin.bicep' = if (!empty(dashboardClientId)) {
  name: 'sign-in'
  params: {
    // The app's name as it is made above: its output would keep a prediction from looking into this module.
    appName: 'func-${environmentLabel}-${token}'
    tenantId: subscription().tenantId
    clientId: dashboardClientId
  }
  dependsOn: [
    app
  ]
}

module alerts 'modules/alerts.bicep' = {
  name: 'alerts'
  params: {
    environmentName: environmentLabel
    location: location
    applicationInsightsId: monitoring.outputs.applicationInsightsId
    workspaceId: monitoring.outputs.workspaceId
    readyUrl: '${app.outputs.url}/health/ready'
    email: alertEmail
    monthlyBudget: monthlyBudget
    budgetStart: budgetStart
    tags: allTags
  }
}

// azd keeps these in its environment.
output AZURE_LOCATION string = location
output AZURE_RESOURCE_GROUP string = resourceGroup().name
output AZURE_FUNCTION_APP_NAME string = app.outputs.name
output SERVICE_PAYSG_URL string = app.outputs.url
output STORAGE_ACCOUNT_NAME string = storage.outputs.name
output KEY_VAULT_NAME string = vault.outputs.name
output WHAT_IF_CLIENT_ID string = !empty(whatIfRepository) ? whatIf!.outputs.clientId : ''
@description('What the TXT record asuid.<customDomain> must hold, before customDomain is set.')
output CUSTOM_DOMAIN_VERIFICATION_ID string = app.outputs.customDomainVerificationId
@description('With privateNetwork and a network that was made: the address that webhooks and mails leave from.')
output OUTBOUND_IP_ADDRESS string = privateNetwork ? network!.outputs.outboundIpAddress : ''
