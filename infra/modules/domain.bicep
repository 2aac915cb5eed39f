// A host name of the agency's own. The name is bound without a certificate first, because Azure makes one only for a name that is bound.
param appName string
param planId string
param location string
param hostName string
param tags object

resource app 'Microsoft.Web/sites@2025-03-01' existing = {
  name: appName
}

resource certificate 'Microsoft.Web/certificates@2025-03-01' = {
  name: 'cert-${hostName}'
  location: location
  tags: tags
  properties: {
    serverFarmId: planId
    canonicalName: hostName
  }
  dependsOn: [
    name
  ]
}

resource name 'Microsoft.Web/sites/hostNameBindings@2025-03-01' = {
  parent: app
  name: hostName
  properties: {
    siteName: appName
    hostNameType: 'Verified'
    sslState: 'Disabled'
  }
}

// The same binding, now with the certificate: a module of its own, because one template names a resource once.
module secured 'domain-tls.bicep' = {
  name: 'domain-tls'
  params: {
    appName: appName
    hostName: hostName
    thumbprint: certificate.properties.thumbprint
  }
}
