// The vault with the secrets that settings refer to.
param name string
param location string
param isPrivate bool
param identityName string
param principalId string
param workspaceId string
param purgeProtection bool
param recover bool
param tags object
@secure()
param managementKey string
@secure()
param previousManagementKey string
@secure()
param secretsCurrentKey string
@secure()
param secretsPreviousKey string
@secure()
param tokensCurrentKey string
@secure()
param tokensPreviousKey string
@secure()
param smtpPassword string
@secure()
param stripeSecretKey string
@secure()
param stripeWebhookSecret string
@secure()
param previousStripeWebhookSecret string

var keyVaultSecretsUser = '4633458b-17de-408a-b874-0445c86b69e6'

resource vault 'Microsoft.KeyVault/vaults@2023-07-01' = {
  name: name
  location: location
  tags: tags
  properties: {
    tenantId: tenant().tenantId
    sku: {
      family: 'A'
      name: 'standard'
    }
    // Roles instead of access policies: one place says who may do what.
    enableRbacAuthorization: true
    // A deleted vault keeps its name and its secrets for 90 days; this brings it back.
    createMode: recover ? 'recover' : 'default'
    // A key that is gone makes every secret under it unreadable, so nothing is deleted for good before 90 days.
    enableSoftDelete: true
    softDeleteRetentionInDays: 90
    // Azure takes true or nothing: it cannot be turned off again.
    enablePurgeProtection: purgeProtection ? true : null
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

// One that is empty is left as it is in the vault.
resource managementKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(managementKey)) {
  parent: vault
  name: 'management-key'
  properties: {
    value: managementKey
  }
}

resource previousManagementKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(previousManagementKey)) {
  parent: vault
  name: 'previous-management-key'
  properties: {
    value: previousManagementKey
  }
}

resource secretsCurrentKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(secretsCurrentKey)) {
  parent: vault
  name: 'secrets-current-key'
  properties: {
    value: secretsCurrentKey
  }
}

resource secretsPreviousKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(secretsPreviousKey)) {
  parent: vault
  name: 'secrets-previous-key'
  properties: {
    value: secretsPreviousKey
  }
}

resource tokensCurrentKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(tokensCurrentKey)) {
  parent: vault
  name: 'tokens-current-key'
  properties: {
    value: tokensCurrentKey
  }
}

resource tokensPreviousKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(tokensPreviousKey)) {
  parent: vault
  name: 'tokens-previous-key'
  properties: {
    value: tokensPreviousKey
  }
}

resource smtpPasswordSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(smtpPassword)) {
  parent: vault
  name: 'smtp-password'
  properties: {
    value: smtpPassword
  }
}

resource stripeSecretKeySecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(stripeSecretKey)) {
  parent: vault
  name: 'stripe-secret-key'
  properties: {
    value: stripeSecretKey
  }
}

resource stripeWebhookSecretSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(stripeWebhookSecret)) {
  parent: vault
  name: 'stripe-webhook-secret'
  properties: {
    value: stripeWebhookSecret
  }
}

resource previousStripeWebhookSecretSecret 'Microsoft.KeyVault/vaults/secrets@2023-07-01' = if (!empty(previousStripeWebhookSecret)) {
  parent: vault
  name: 'previous-stripe-webhook-secret'
  properties: {
    value: previousStripeWebhookSecret
  }
}

resource mayRead 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(vault.id, identityName, keyVaultSecretsUser)
  scope: vault
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', keyVaultSecretsUser)
    principalId: principalId
    principalType: 'ServicePrincipal'
  }
}

resource logs 'Microsoft.Insights/diagnosticSettings@2021-05-01-preview' = {
  name: 'to-workspace'
  scope: vault
  properties: {
    workspaceId: workspaceId
    logs: [
      {
        category: 'AuditEvent'
        enabled: true
      }
    ]
  }
}

output id string = vault.id
output name string = vault.name
output uri string = vault.properties.vaultUri
