// Where the deployed package stands: an account, a container and an identity that are for nothing else. Whoever can write here decides what the app runs,
// so the app's own identity cannot, and neither can a caller who gets at the app's tables.
param name string
param identityName string
param location string
param isPrivate bool
param tags object

var container = 'deployments'

// The plan reads the package and, on a deployment, writes it, both as this identity.
var storageBlobDataContributor = 'ba92f5b4-2d11-453d-a403-e96b0029c9fe'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: identityName
  location: location
  tags: tags
}

resource account 'Microsoft.Storage/storageAccounts@2023-05-01' = {
  name: name
  location: location
  tags: tags
  kind: 'StorageV2'
  sku: {
    // The package can be deployed again at any time.
    name: 'Standard_LRS'
  }
  properties: {
    allowSharedKeyAccess: false
    allowBlobPublicAccess: false
    defaultToOAuthAuthentication: true
    minimumTlsVersion: 'TLS1_2'
    supportsHttpsTrafficOnly: true
    publicNetworkAccess: isPrivate ? 'Disabled' : 'Enabled'
    networkAcls: {
      defaultAction: isPrivate ? 'Deny' : 'Allow'
      bypass: 'AzureServices'
    }
  }
}

resource blobs 'Microsoft.Storage/storageAccounts/blobServices@2023-05-01' = {
  parent: account
  name: 'default'
}

resource deployments 'Microsoft.Storage/storageAccounts/blobServices/containers@2023-05-01' = {
  parent: blobs
  name: container
}

resource role 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(deployments.id, identity.id, storageBlobDataContributor)
  scope: deployments
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', storageBlobDataContributor)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

output id string = account.id
output containerUrl string = '${account.properties.primaryEndpoints.blob}${container}'
output identityId string = identity.id
