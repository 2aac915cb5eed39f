// The identity by which a workflow shows what a deployment would change. It reads, and may ask that question; it can change nothing.
param name string
param location string
param repository string
param tags object

var reader = 'acdd72a7-3385-48ef-bd42-f606fba981ae'

resource identity 'Microsoft.ManagedIdentity/userAssignedIdentities@2023-01-31' = {
  name: name
  location: location
  tags: tags
}

// Only jobs of this environment of the repository may sign in as it, without a secret.
resource signIn 'Microsoft.ManagedIdentity/userAssignedIdentities/federatedIdentityCredentials@2023-01-31' = {
  parent: identity
  name: 'what-if'
  properties: {
    issuer: 'https://token.actions.githubusercontent.com'
    subject: 'repo:${repository}:environment:what-if'
    audiences: [
      'api://AzureADTokenExchange'
    ]
  }
}

// To ask is an action of its own, which a reader does not have.
resource mayAsk 'Microsoft.Authorization/roleDefinitions@2022-04-01' = {
  name: guid(resourceGroup().id, 'what-if')
  properties: {
    roleName: 'Asks what a deployment would change (${resourceGroup().name})'
    description: 'To validate a deployment and to ask what it would change. Nothing is changed.'
    type: 'CustomRole'
    assignableScopes: [
      resourceGroup().id
    ]
    permissions: [
      {
        actions: [
          'Microsoft.Resources/deployments/whatIf/action'
          'Microsoft.Resources/deployments/validate/action'
          'Microsoft.Resources/deployments/read'
        ]
        notActions: []
      }
    ]
  }
}

resource asks 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.id, mayAsk.id)
  properties: {
    roleDefinitionId: mayAsk.id
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

resource reads 'Microsoft.Authorization/roleAssignments@2022-04-01' = {
  name: guid(resourceGroup().id, identity.id, reader)
  properties: {
    roleDefinitionId: subscriptionResourceId('Microsoft.Authorization/roleDefinitions', reader)
    principalId: identity.properties.principalId
    principalType: 'ServicePrincipal'
  }
}

output clientId string = identity.properties.clientId
