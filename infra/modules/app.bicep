// The function app on the Flex Consumption plan, and its settings.
param name string
param planName string
param location string
param mode string
param publicBaseUrl string
param customDomain string
param zoneRedundant bool
param workspaceId string
param instanceMemoryMB int
param maximumInstanceCount int
param alwaysReadyHttpInstances int
param alwaysReadyDeliveryInstances int
param identityId string
param identityClientId string
param storageAccountName string
param packageContainerUrl string
param packageIdentityId string
param vaultUri string
@secure()
param applicationInsightsConnectionString string
param subnetId string
param maxAmountInCents int
param requestsPerMinute int
param clientAddressHeader string
param governmentMasthead string
param webhookPostsPerMinute int
param mailsPerRecipientAndDay int
param managementAllowedNetworks string
param webhookAllowedNetworks string
param tokenLifetimeSeconds int
param retentionDays int
param paymentRetentionYears int
param backupContainer string
param backupKeptDays int
param dashboardTenantId string
param hasPreviousManagementKey bool
param hasPreviousSecretsKey bool
param hasPreviousTokensKey bool
param usesStripe bool
param hasPreviousStripeWebhookSecret bool
param smtpHost string
param smtpPort int
param smtpUser string
param mailFrom string
param mailFromName string
param mailReminderDays int
param tags object

// A slash at its end would double those of the links.
var url = !empty(publicBaseUrl)
  ? (endsWith(publicBaseUrl, '/') ? substring(publicBaseUrl, 0, max(length(publicBaseUrl) - 1, 0)) : publicBaseUrl)
  : 'https://${empty(customDomain) ? app.properties.defaultHostName : customDomain}'

resource plan 'Microsoft.Web/serverfarms@2025-03-01' = {
  name: planName
  location: location
  tags: tags
  kind: 'functionapp'
  sku: {
    tier: 'FlexConsumption'
    name: 'FC1'
  }
  properties: {
    // Linux, which is all that the plan offers.
    reserved: true
    zoneRedundant: zoneRedundant
  }
}

resource app 'Microsoft.Web/sites@2025-03-01' = {
  name: name
  location: location
  tags: union(tags, { 'azd-service-name': 'paysg' })
  kind: 'functionapp,linux'
  identity: {
    type: 'UserAssigned'
    userAssignedIdentities: {
      '${identityId}': {}
      // For the platform, which fetches the package as the app. The plan wants it attached here, so code in the app could ask for it too, if it named it.
      '${packageIdentityId}': {}
    }
  }
  properties: {
    serverFarmId: plan.id
    httpsOnly: true
    // Without it the app would ask for the secrets with a system-assigned identity that it does not have.
    keyVaultReferenceIdentity: identityId
    virtualNetworkSubnetId: empty(subnetId) ? null : subnetId
    siteConfig: {
      minTlsVersion: '1.2'
      ftpsState: 'Disabled'
    }
    functionAppConfig: {
      deployment: {
        storage: {
          type: 'blobContainer'
          value: packageContainerUrl
          authentication: {
            type: 'UserAssignedIdentity'
            userAssignedIdentityResourceId: packageIdentityId
          }
        }
      }
      runtime: {
        name: 'dotnet-isolated'
        version: '10.0'
      }
      scaleAndConcurrency: {
        instanceMemoryMB: instanceMemoryMB
        maximumInstanceCount: maximumInstanceCount
        // Every other group scales to nothing between its runs. "http" is the group of all HTTP functions.
        alwaysReady: concat(
          alwaysReadyHttpInstances > 0 ? [{ name: 'http', instanceCount: alwaysReadyHttpInstances }] : [],
          alwaysReadyDeliveryInstances > 0 ? [{ name: 'function:DeliverWebhook', instanceCount: alwaysReadyDeliveryInstances }] : []
        )
      }
    }
  }
}

// Nobody publishes with a password: releases are signed in to Azure.
resource noFtp 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'ftp'
  properties: {
    allow: false
  }
}

resource noPasswordForScm 'Microsoft.Web/sites/basicPublishingCredentialsPolicies@2025-03-01' = {
  parent: app
  name: 'scm'
  properties: {
    allow: false
  }
}

module domain 'domain.bicep' = if (!empty(customDomain)) {
  name: 'domain'
  params: {
    appName: app.name
    planId: plan.id
    location: location
    hostName: customDomain
    tags: tags
  }
}

// What the host says, above all where the app does not start and tells nothing itself.
resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: app
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'FunctionAppLogs'
        enabled: true
      }
    ]
    metrics: [
      {
        category: 'AllMetrics'
        enabled: true
      }
    ]
  }
}

// A child resource, so that the app's own host name is known. FUNCTIONS_WORKER_RUNTIME and FUNCTIONS_EXTENSION_VERSION
// must not be here: this plan refuses them, functionAppConfig.runtime says it.
resource settings 'Microsoft.Web/sites/config@2025-03-01' = {
  parent: app
  name: 'appsettings'
  properties: union(
    {
      AzureWebJobsStorage__accountName: storageAccountName
      // With a user-assigned identity the host wants to be told so, and which.
      AzureWebJobsStorage__credential: 'managedidentity'
      AzureWebJobsStorage__clientId: identityClientId
      APPLICATIONINSIGHTS_CONNECTION_STRING: applicationInsightsConnectionString
      APPLICATIONINSIGHTS_AUTHENTICATION_STRING: 'ClientId=${identityClientId};Authorization=AAD'
      // The Azure clients of the worker look here for the identity.
      AZURE_CLIENT_ID: identityClientId
      PaySg__Mode: mode
      PaySg__PublicBaseUrl: url
      PaySg__TablePrefix: 'paysg'
      PaySg__MaxAmountInCents: string(maxAmountInCents)
      PaySg__RateLimit__RequestsPerMinute: string(requestsPerMinute)
      PaySg__ClientAddressHeader: clientAddressHeader
      PaySg__GovernmentMasthead: governmentMasthead
      PaySg__Webhooks__PostsPerMinute: string(webhookPostsPerMinute)
      PaySg__RateLimit__MailsPerRecipientAndDay: string(mailsPerRecipientAndDay)
      PaySg__Retention__Days: string(retentionDays)
      PaySg__Retention__PaymentYears: string(paymentRetentionYears)
      PaySg__Backup__Container: backupContainer
      PaySg__Backup__KeptDays: string(backupKeptDays)
      PaySg__ManagementKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/management-key)'
      PaySg__Secrets__CurrentKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/secrets-current-key)'
      PaySg__Tokens__CurrentKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/tokens-current-key)'
      PaySg__Tokens__LifetimeSeconds: string(tokenLifetimeSeconds)
    },
    // A reference to a secret that is not in the vault would stop the app at its start.
    hasPreviousManagementKey ? {
      PaySg__PreviousManagementKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/previous-management-key)'
    } : {},
    hasPreviousSecretsKey ? {
      PaySg__Secrets__PreviousKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/secrets-previous-key)'
    } : {},
    hasPreviousTokensKey ? {
      PaySg__Tokens__PreviousKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/tokens-previous-key)'
    } : {},
    // PaySg__Stripe__ApiBase is for tests on one machine: nothing here sets it, and live mode refuses it.
    usesStripe ? {
      PaySg__Stripe__SecretKey: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/stripe-secret-key)'
      PaySg__Stripe__WebhookSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/stripe-webhook-secret)'
    } : {},
    usesStripe && hasPreviousStripeWebhookSecret ? {
      PaySg__Stripe__PreviousWebhookSecret: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/previous-stripe-webhook-secret)'
    } : {},
    empty(dashboardTenantId) ? {} : {
      PaySg__Dashboard__Enabled: 'true'
      PaySg__Dashboard__TenantId: dashboardTenantId
    },
    empty(managementAllowedNetworks) ? {} : {
      PaySg__Management__AllowedNetworks: managementAllowedNetworks
    },
    empty(webhookAllowedNetworks) ? {} : {
      PaySg__Webhooks__AllowedNetworks: webhookAllowedNetworks
    },
    empty(smtpHost) ? {} : {
      PaySg__Email__SmtpHost: smtpHost
      PaySg__Email__SmtpPort: string(smtpPort)
      PaySg__Email__UseTls: 'true'
      PaySg__Email__From: mailFrom
      PaySg__Email__FromName: mailFromName
    },
    empty(smtpHost) || mailReminderDays == 0 ? {} : {
      PaySg__Email__ReminderDays: string(mailReminderDays)
    },
    empty(smtpHost) || empty(smtpUser) ? {} : {
      PaySg__Email__SmtpUser: smtpUser
      PaySg__Email__SmtpPassword: '@Microsoft.KeyVault(SecretUri=${vaultUri}secrets/smtp-password)'
    }
  )
}

output name string = app.name
output url string = url
output customDomainVerificationId string = app.properties.customDomainVerificationId
